"""What to type on each system, with the reader's own port in it."""

from __future__ import annotations

import re

import pytest

from support.checkout import Checkout, fence, one, text_of
from support.website import ROOT

LINUX = ("Linux:", "  run: ss -tan 'sport = :8080' | grep 8080", "  say: All of *them* [@rfc1].")
WINDOWS = ("Windows:", "  run: netstat -p 8080")


def test_each_system_has_its_command_and_what_is_said_of_it(checkout: Checkout) -> None:
    block = one(checkout.page(fence("command", "port: 8080", *LINUX, *WINDOWS)), ".sk-command")
    assert [label.get_text() for label in block.select(".sk-pick label")] == ["Linux", "Windows"]
    linux, windows = block.select(".sk-pane")
    assert text_of(linux, "pre > code") == "ss -tan 'sport = :8080' | grep 8080"
    assert text_of(windows, "pre > code") == "netstat -p 8080"
    assert linux.select("p")[-1].get_text() == "All of them.1"


def test_the_port_in_a_command_is_what_the_reader_enters(checkout: Checkout) -> None:
    block = one(checkout.page(fence("command", "port: 8080", *LINUX, *WINDOWS)), ".sk-command")
    field = one(block, ".sk-own-port")
    assert (one(field, "input")["value"], one(field, "input")["max"]) == ("8080", "65535")
    assert "hidden" in field.attrs  # until the script that it is for has come
    assert [part.get_text() for part in block.select(".sk-your-port")] == ["8080"] * 3


def test_commands_without_a_port_have_no_field(checkout: Checkout) -> None:
    block = one(checkout.page(fence("command", *LINUX, *WINDOWS)), ".sk-command")
    assert not block.select(".sk-own-port, .sk-your-port")


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        (("a",), "a command fence holds the option port, and for each system what to run"),
        (LINUX, "a command fence has a command for two or more systems; for one write a console fence"),
        ((*LINUX, "Beos:", "  run: x"), "unknown system Beos"),
        ((*LINUX, "Windows: x"), "Windows holds the options run, say and prints"),
        (
            ("port: 8080", *LINUX, "Windows:", "  run: netstat"),
            "the command of Windows has no port 8080; write it there, or leave out port",
        ),
    ],
)
def test_a_mistake_is_told_with_its_cure(lines: tuple[str, ...], message: str, checkout: Checkout) -> None:
    assert message in text_of(checkout.page(fence("command", *lines)), ".socktrace-error")


STEPS = (
    "steps:",
    "  Who?:",
    "    Linux: {run: ss 8080, say: The *last* column.}",
    "    Windows: {run: netstat 8080}",
    '    then: ["**A row:** go on.", None.]',
    "  Stop it:",
    "    Linux: {run: kill PID}",
    "    Windows: {run: taskkill PID}",
)


def test_steps_share_their_tabs_and_each_says_what_comes_next(checkout: Checkout) -> None:
    block = one(checkout.page(fence("command", "port: 8080", "number: PID", *STEPS)), ".sk-command")
    who, stop = block.select(".sk-steps > li")
    assert len(block.select(".sk-pick")) == 1
    assert [part.get_text() for part in who.select("p")] == [
        "Who?",
        "Linux",
        "The last column.",
        "Windows",
        "A row: go on.",
        "None.",
    ]
    assert [text_of(pane, "code") for pane in stop.select(".sk-pane")] == ["kill PID", "taskkill PID"]


def test_the_number_of_a_process_is_asked_for_once_where_it_is_first_needed(checkout: Checkout) -> None:
    again = ("  Use force:", "    Linux: {run: kill -9 PID}", "    Windows: {run: taskkill /f PID}")
    block = one(checkout.page(fence("command", "port: 8080", "number: PID", *STEPS, *again)), ".sk-command")
    fields = [[field["placeholder"] for field in step.select("input")] for step in block.select(".sk-steps > li")]
    assert fields == [[], ["PID"], []]
    assert [part.get_text() for part in block.select(".sk-your-number")] == ["PID"] * 4


def test_a_number_that_is_lit_in_a_sample_follows_what_the_reader_enters(checkout: Checkout) -> None:
    lines = ("number: PID", "Linux: {run: ps PID, prints: '**18213** **python3**'}", "Windows: {run: tasklist PID}")
    block = one(checkout.page(fence("command", *lines)), ".sk-command")
    assert [mark.get("class") for mark in block.select(".sk-sample mark")] == [["sk-your-number"], None]


def test_the_name_of_a_server_in_a_command_is_what_the_reader_enters(checkout: Checkout) -> None:
    lines = ("host: example.org", "Linux: {run: a example.org:443 b example.org}", "Windows: {run: b example.org}")
    block = one(checkout.page(fence("command", *lines)), ".sk-command")
    field = one(block, ".sk-own-host input")
    assert (field["type"], field["value"]) == ("text", "example.org")
    assert [part.get_text() for part in block.select(".sk-your-host")] == ["example.org"] * 3


def test_no_rule_for_a_command_is_also_one_for_a_run() -> None:
    named = [
        set(re.findall(r"\.(sk-[\w-]+)", (ROOT / "docs" / "assets" / sheet).read_text(encoding="utf-8")))
        for sheet in ("command.css", "run.css")
    ]
    assert named[0] & named[1] == set(), "a page may have both"


def test_a_sample_of_what_is_printed_lights_what_to_look_at(checkout: Checkout) -> None:
    lines = ("Linux: {run: ss, prints: 'pid=**18213**,fd=3'}", "Windows: {run: netstat}")
    linux, windows = one(checkout.page(fence("command", *lines)), ".sk-command").select(".sk-pane")
    assert text_of(linux, ".sk-sample") == "pid=18213,fd=3"
    assert text_of(linux, ".sk-sample mark") == "18213"
    assert not windows.select(".sk-sample")
    assert text_of(linux, ".sk-title") == "It prints something like:", "nobody has looked at the reader's machine"
    own = ("port: 80", "Linux: {run: 'ss :80', prints: '*:80 pid=**80**'}", "Windows: {run: netstat 80}")
    sample = one(checkout.page(fence("command", *own)), ".sk-sample")
    assert [part["class"] for part in sample.select("span")] == [["sk-your-port"]], (
        "the row is not of the reader's port"
    )


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        (("Linux: {run: x, prints: 'a **b'}",), "what the command of Linux prints has a pair of stars"),
        (("steps: x",), "the option steps holds questions, and for each what to run on each system"),
        (("steps:", "  Who?: x"), "Who? holds for each system what to run, and the option then"),
        ((*STEPS[:4], "    then: x"), "the option then is a list of paragraphs"),
        (("port: 8080", *STEPS), "the command of Linux has no port 8080"),
        (
            (*STEPS[:6], "    Windows: {run: x}", "    Linux: {run: y}"),
            "every step of a command fence has the same systems",
        ),
    ],
)
def test_a_mistake_in_a_step_is_told_with_its_cure(lines: tuple[str, ...], message: str, checkout: Checkout) -> None:
    assert message in text_of(checkout.page(fence("command", *lines)), ".socktrace-error")
