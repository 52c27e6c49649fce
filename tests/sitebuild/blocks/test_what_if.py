"""A program as it is and edits of it: each case shows what its own run did, and the pages say what is missing."""

from __future__ import annotations

import json
import logging
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from bs4 import Tag

from sitebuild.blocks import open_library
from sitebuild.checks.site import problems
from socktrace.recording import digest, to_json
from support.checkout import PROGRAM, SNIPPET, Checkout, fence, one, text_of
from support.handmade import call, echo
from support.visits import Visit, visit

if TYPE_CHECKING:
    from support.browser import Chromium

FILE = "snippets/sockets/echo.what-ifs.toml"
EDITS = """\
[silent]
edit = '''
         while data := connection.recv(1024):
-            connection.sendall(data)
+            print("<b>")
'''
breaks = ["failure"]
"""
BODY = (
    "snippet: sockets/echo.py",
    "ask: Who `waits` for a [[connection]]?",
    "cases:",
    "  as it is:",
    '    big: "echo:"',
    "    why: Because of [@rfc1].",
    "  the server is *silent*:",
    "    edit: silent",
    "    big: time",
)


@pytest.fixture
def checkout(checkout: Checkout) -> Checkout:
    checkout.write(FILE, EDITS)
    edited = PROGRAM.replace("connection.sendall(data)", 'print("<b>")')
    did = echo()
    calls = [one for one in did.calls if one.line != 5]
    calls.insert(-1, call(4.15, 1004.9, 2, "recv", 14, error="TimeoutError"))
    packets = (*did.packets[:-1], replace(did.packets[-1], at=1005.04))
    did = replace(
        did,
        program="snippets/sockets/echo.py",
        source=digest(edited),
        exit_code=1,
        stdout="<b>\n",
        stderr="Traceback\nTimeoutError: timed out\n",
        calls=tuple(calls),
        packets=packets,
    )
    checkout.write("docs/recordings/sockets/echo.silent.json", to_json(did))
    return checkout


def cases(checkout: Checkout, *body: str) -> tuple[Tag, list[Tag]]:
    block = one(checkout.page(fence("what-if", *body)), ".sk-what-if")
    return block, block.select(".sk-case")


def test_it_asks_and_each_position_of_the_switch_has_its_case(checkout: Checkout) -> None:
    block, (as_it_is, edited) = cases(checkout, *BODY)
    question = one(block, ".sk-ask")
    assert (question.get_text(), block["aria-labelledby"]) == ("Who waits for a connection?", question["id"])
    labels = block.select(".sk-switch label")
    assert [label.get_text() for label in labels] == ["as it is", "the server is silent"]
    assert [text_of(case, ".sk-case-name") for case in (as_it_is, edited)] == ["as it is", "the server is silent"]
    radios = [one(label, "input") for label in labels]
    assert (radios[0]["name"], "checked" in radios[0].attrs) == (radios[1]["name"], True)
    assert "checked" not in radios[1].attrs, "a what-if does not answer itself"
    assert one(as_it_is, ".sk-said > p a")["href"] == "#source-1"
    assert edited["id"] == "sockets-echo-py-silent"


def test_a_case_shows_its_lines_its_output_and_the_rows_that_differ(checkout: Checkout) -> None:
    _, (as_it_is, edited) = cases(checkout, *BODY)
    assert [line["data-n"] for line in as_it_is.select(".sk-line")] == ["7", "8"]
    assert [line["data-n"] for line in edited.select(".sk-line")] == ["7", "\u2212", "8"], "as its own run counts them"
    assert text_of(edited, "del") == "connection.sendall(data)"
    assert text_of(edited, "ins") == 'print("<b>")'
    assert not as_it_is.select("del, ins")
    assert [pre.get_text() for pre in edited.select(".sk-out")] == ["<b>", "TimeoutError: timed out"]
    mine, theirs = ([row.get_text(" ") for row in case.select(".sk-ladder tbody tr")] for case in (as_it_is, edited))
    assert any("sendall" in row for row in mine)
    assert not any("sendall" in row for row in theirs)
    assert any("TimeoutError" in row for row in theirs)
    assert not any("SYN" in row for row in (*mine, *theirs)), "what is the same is not shown"
    assert not any("not one packet" in row for row in mine)
    assert "1,001 ms, and not one packet" in theirs, theirs


def test_a_case_says_what_the_lab_is_to_run(checkout: Checkout) -> None:
    _, (as_it_is, edited) = cases(checkout, *BODY)
    tried = json.loads(str(edited["data-live"]))
    changed = [[8, 1, '            print("<b>")']]
    assert tried == {
        "files": [["echo.py", PROGRAM]],
        "programs": [["echo.py"]],
        "edit": changed,
    }, "no page shows it"
    as_it_is, edited = checkout.page(f"{SNIPPET}\n{fence('what-if', *BODY)}").select(".sk-case")
    assert json.loads(str(as_it_is["data-live"])) == {"of": "sockets-echo"}
    assert json.loads(str(edited["data-live"])) == {"of": "sockets-echo", "edit": changed}


def test_what_is_large_is_taken_from_the_recording(checkout: Checkout) -> None:
    _, (as_it_is, edited) = cases(checkout, *BODY)
    assert text_of(as_it_is, ".sk-big") == "b'hello'"
    assert (text_of(edited, ".sk-big"), text_of(edited, ".sk-note")) == (
        "1,004 ms",
        "from the first packet to the last",
    )
    _, (as_it_is, edited) = cases(checkout, *BODY[:4], "    big: time", *BODY[6:8], "    big: error")
    assert text_of(as_it_is, ".sk-big") == "2.7 ms"
    assert (text_of(edited, ".sk-big"), text_of(edited, ".sk-note")) == (
        "TimeoutError",
        "timed out",
    )


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (("sockets/echo.py",), "a what-if fence holds the options snippet, ask, cases"),
        (BODY[:2], "the option cases is missing"),
        (BODY[:6], "the option cases holds the program as it is and one to four edits, each with its label"),
        ((*BODY[:4], "    edit: silent", *BODY[6:8]), "exactly one of the cases has no edit: the program as it is"),
        ((*BODY[:3], "  a: {}", "  b: {}"), "exactly one of the cases has no edit: the program as it is"),
        ((*BODY[:7], "    edit: silnt"), "unknown what-if silnt of sockets/echo.py; did you mean silent?"),
        ((*BODY[:7], "    edt: silent"), "unknown option edt; did you mean edit?"),
        ((*BODY[:4], "    big: error", *BODY[6:]), "sockets/echo.py did not end with an exception"),
        (
            (*BODY[:4], "    big: e c", *BODY[6:]),
            "0 of the lines that sockets/echo.py printed begin with e c, and one must",
        ),
    ],
)
def test_a_mistake_is_told_with_its_place(
    checkout: Checkout, caplog: pytest.LogCaptureFixture, body: tuple[str, ...], said: str
) -> None:
    with caplog.at_level(logging.WARNING):
        page = checkout.page(fence("what-if", *body))
    line = {"the option cases holds": 4, "unknown option edt; di": 9}.get(said[:22], 1)
    assert text_of(page, ".socktrace-error p") == f"docs/deep/page.md:{line}: {said}"


def test_an_edit_or_a_recording_that_is_stale_is_told(checkout: Checkout) -> None:
    checkout.page(fence("what-if", *BODY) + SNIPPET)
    assert problems(checkout.root) == []
    checkout.snippet("sockets/echo.py", PROGRAM.replace("Hello", "Hullo"), echo())
    mend = "run: uv run python -m sitebuild record sockets/echo.py:silent"
    stale = "the recording of sockets/echo.py:silent is stale, the program or its edit has changed since"
    assert f"docs/deep/page.md:1: {stale}; {mend}" in problems(checkout.root)
    checkout.snippet("sockets/echo.py", PROGRAM.replace("sendall", "send"), echo())
    gone = (
        f"{FILE}:4: silent: it no longer applies: snippets/sockets/echo.py has no such line: connection.sendall(data); "
        f"the nearest is line 8: connection.send(data); mend it, then {mend}"
    )
    assert problems(checkout.root) == [f"docs/deep/page.md:1: {gone}"]
    checkout.write("snippets/sockets/echo.py", PROGRAM.replace("sendall", "send"))  # its recording is stale as well
    assert f"docs/deep/page.md:1: {gone}" in problems(checkout.root), "not only when the program is recorded again"


def test_a_what_if_that_a_wrong_fence_names_is_not_said_to_be_shown_nowhere(checkout: Checkout) -> None:
    checkout.page(fence("what-if", *BODY[:4], "    bgi: time", *BODY[6:]) + SNIPPET)
    assert problems(checkout.root) == ["docs/deep/page.md:6: unknown option bgi; did you mean big?"]


def test_a_wrong_file_of_what_ifs_is_told_on_the_page_and_stops_nothing_else(checkout: Checkout) -> None:
    checkout.write(FILE, "[silent]\n")
    page = checkout.page(fence("what-if", *BODY) + SNIPPET)
    said = f"{FILE}:1: silent: a what-if has an edit, written as git diff shows it"
    assert text_of(page, ".socktrace-error p") == f"docs/deep/page.md:1: {said}"
    assert open_library(checkout.root).places["sockets/echo.py"].page == "deep/page.md"
    assert problems(checkout.root) == [f"docs/deep/page.md:1: {said}", said]


def test_a_what_if_that_no_page_shows_is_told(checkout: Checkout) -> None:
    checkout.page(fence("snippet", "sockets/echo.py"))
    checkout.write(FILE, f"\n{EDITS}")
    said = f"{FILE}:2: no page shows the what-if silent; show it with a what-if fence or remove it"
    assert said in problems(checkout.root)


def test_the_switch_goes_by_the_keyboard_and_needs_no_script(chromium: Chromium, served: str) -> None:
    def job(at: Visit) -> None:
        at.go("ports/sixteen-bits/#what-if-i-connect-to-port-65536")
        shown = at.page.locator(".sk-what-if .sk-case:visible .sk-big")
        assert shown.all_inner_texts() == ["OverflowError: bind(): port must be 0-65535."]
        at.page.get_by_role("radio", name="bind to 65536").focus()
        at.page.keyboard.press("ArrowRight")
        assert shown.all_inner_texts() == ["ConnectionRefusedError"]
        at.show_as("print")
        assert shown.count() == 3

    visit(chromium, served, job, scripts=False)


def test_its_packets_open(chromium: Chromium, served: str) -> None:
    def job(at: Visit) -> None:
        at.go("ports/sixteen-bits/#what-if-i-connect-to-port-65536")
        at.page.get_by_role("radio", name="connect to 65616").check()
        at.page.get_by_role("button", name="from client to nobody").click()
        assert "to port 80" in at.page.locator(".sk-what-if .sk-letter-row").inner_text()
        at.page.keyboard.press("Escape")
        assert at.page.locator(".sk-letter-row").count() == 0

    visit(chromium, served, job)
