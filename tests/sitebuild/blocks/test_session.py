"""A session on a page: each command with its host and what it printed, and every mistake with its place."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote

import pytest
from bs4 import BeautifulSoup, Tag
from markdown import Markdown

from sitebuild.checks.site import problems
from sitebuild.programs.store import Store
from socktrace.recording import digest
from socktrace.session.model import Act, Crossing, Transcript, read_session, to_json
from socktrace.session.script import to_script
from support.sessions import one_host

ROOT = Path(__file__).parents[3]


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    (tmp_path / "snippets/ports").mkdir(parents=True)
    (tmp_path / "docs/data").mkdir(parents=True)
    (tmp_path / "docs/data/sources.toml").touch()
    (tmp_path / "docs/data/glossary.toml").touch()
    (tmp_path / "docs/page.md").write_text("```session\nports/x.toml\n```\n", encoding="utf-8")
    (tmp_path / "snippets/ports/x.toml").write_text(one_host("run = 'echo $$; cat b'\nexit = 1"), encoding="utf-8")
    return tmp_path


SHOWN = """\
claim = "It *shows* [[box]]."
hosts = ["box", "bax"]
setup = "ip link add a type veth"
[[step]]
host = "box"
start = "serve <all>"
ready = "tcp 80"
[[step]]
host = "bax"
run = "ask &amp;"
say = "Look at `ask`, as told [@rfc1]."
exit = 2
"""
ANSWER = "a & &lt; <b>  `c` [[box]] *d* \u202e and so on to the end of a long line\n{ .x }"


@pytest.fixture
def page(checkout: Path) -> Callable[[str], Tag]:
    """Give a function that renders a page of a checkout with one session."""
    (checkout / "docs/data/sources.toml").write_text(
        '[rfc1]\nlabel = "RFC 1"\ntitle = "One"\nurl = "https://example.org"\nread = "2026-11-22"\nhow = "copy"\n',
        encoding="utf-8",
    )
    (checkout / "docs/data/glossary.toml").write_text('[box]\nsays = "A box."\nsource = "rfc1"\n', encoding="utf-8")
    (checkout / "snippets/ports/x.toml").write_text(SHOWN, encoding="utf-8")
    (checkout / "docs/recordings/ports").mkdir(parents=True)
    session = read_session("ports/x.toml", SHOWN)
    acts = tuple(
        Act(step.host, step.command, step.say, step.background, step.exit, "" if step.background else ANSWER)
        for step in session.steps
    )
    kept = Transcript(
        "snippets/ports/x.toml", digest(SHOWN), "Linux 6.1", session.claim, session.hosts, session.setup, acts
    )
    (checkout / "docs/recordings/ports/x.json").write_text(to_json(kept), encoding="utf-8")

    def render(text: str) -> Tag:
        extensions = ["attr_list", "md_in_html", "pymdownx.superfences", "sitebuild.pages.extension"]
        settings = {"sitebuild.pages.extension": {"root": str(checkout)}}
        html = Markdown(extensions=extensions, extension_configs=settings).convert(text)
        return BeautifulSoup(f"<main>{html}</main>", "lxml").main or Tag(name="main")

    return render


FENCE = "```session\nports/x.toml\n```\n"


def words(within: Tag, selector: str) -> list[str]:
    return [" ".join(tag.get_text().split()) for tag in within.select(selector)]


def test_the_block_shows_each_command_with_its_host_and_what_it_printed(page: Callable[[str], Tag]) -> None:
    block = page(FENCE)
    assert words(block, ".sk-claim") == ["It shows box."]
    assert words(block, ".sk-claim em, .sk-claim a") == ["shows", "box"]
    assert words(block, ".sk-hosts li") == ["box", "bax"]
    assert words(block, ".sk-recorded > p") == ["ports/x.toml, on Linux 6.1. How the 2 hosts were made:"]
    assert words(block, ".sk-cmd") == ["On box$ serve <all>", "On bax$ ask &amp;"]
    assert [item["class"][-1] for item in block.select("li[class]")] == ["sk-at-1", "sk-at-2"] * 2
    assert words(block, ".sk-note") == ["It runs on in the background.", "It ended with exit status 2."]
    assert words(block, ".sk-sentence") == ["On box.", "Look at ask, as told.1"]
    assert words(block, ".sk-sentence a, .sk-sentence code") == ["ask", "1"]
    assert [box.get_text() for box in block.select(".sk-out")] == [ANSWER.replace("\u202e", "\u27e8U+202E\u27e9")]
    assert words(block, "summary") == ["How it was recorded"]
    assert block.select("details[data-search-exclude] .sk-setup")
    assert block.select(".sk-setup")[0].get_text().splitlines() == [
        "ip netns add box",
        "ip -n box link set lo up",
        "ip netns add bax",
        "ip -n bax link set lo up",
        "ip link add a type veth",
    ]


def test_the_block_can_be_read_aloud_and_reached_with_the_keyboard(page: Callable[[str], Tag]) -> None:
    block = page(FENCE + "\n" + FENCE)
    groups = block.select(".sk-session[role=group]")
    assert len({str(group["aria-labelledby"]) for group in groups}) == len(groups) == 2
    for group in groups:
        assert block.select(f"#{group['aria-labelledby']}")[0].get_text() == "It shows box."
    long, short = block.select(".sk-out")[0], block.select(".sk-setup")[0]
    label = "What step 2 of x printed"
    assert (long.get("tabindex"), long.get("role"), long.get("aria-label")) == ("0", "group", label)
    assert short.get("tabindex") is None, "what fits needs no stop"


def test_the_packets_stand_side_by_side(checkout: Path, page: Callable[[str], Tag]) -> None:
    watch = 'watch = ["box:in", "box:out"]'
    (checkout / "snippets/ports/x.toml").write_text(f"{watch}\n{SHOWN}", encoding="utf-8")
    kept = Store(checkout).transcript("ports/x.toml")
    assert kept
    crossings = (
        Crossing(1, "box:in", "10.0.0.2:5", "192.0.2.80:80", "SYN"),
        Crossing(1, "box:out", "192.0.2.1:5", "192.0.2.80:80", "SYN"),
        Crossing(2, "box:out", "192.0.2.80:80", "192.0.2.1:5", "ACK"),
        Crossing(3, "box:out", "192.0.2.80:80", "192.0.2.1:5", "RST"),
    )
    kept = replace(kept, source=digest(f"{watch}\n{SHOWN}"), watch=("box:in", "box:out"), crossings=crossings)
    (checkout / "docs/recordings/ports/x.json").write_text(to_json(kept), encoding="utf-8")
    block = page(FENCE)
    assert [words(row, "th, td") for row in block.select(".sk-cross tr")] == [
        ["packet", "at box:in", "at box:out"],
        ["SYN", "10.0.0.2:5 \u2192 192.0.2.80:80", "192.0.2.1:5 \u2192 192.0.2.80:80"],
        ["RST", "not seen", "192.0.2.80:80 \u2192 192.0.2.1:5"],
    ]
    assert words(block, ".sk-cross strong") == ["10.0.0.2", "192.0.2.1"], "the port is the same at both"


def test_the_script_is_there_to_download(page: Callable[[str], Tag]) -> None:
    link = page(FENCE).select("a[download]")[0]
    assert (link["download"], link.get_text(), link["aria-label"]) == ("x.sh", "Download", "Download x.sh")
    head, _, script = str(link["href"]).partition(",")
    assert head == "data:text/x-sh;charset=utf-8"
    assert unquote(script) == to_script(read_session("ports/x.toml", SHOWN))


def spoil(root: Path, path: str, old: str = "", new: str = "") -> None:
    """Replace words in a file of a checkout; without words, remove it."""
    file = root / path
    if not old:
        file.unlink()
        return
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


MISTAKES = {
    "```session\nports/y.toml\n```": "unknown session ports/y.toml; did you mean ports/x.toml?",
    "```session\na\nb\n```": "a session fence holds the name of one session, such as ports/two_port_spaces.toml",
    "```snippet\nports/x.toml\n```": "ports/x.toml is a session; show it with a session fence",
    "```session\nports/p.py\n```": "ports/p.py is a program; show it with a snippet fence",
}
_MEND = "run: uv run python -m sitebuild record ports/x.toml"
SPOILT = {
    f"the recording of ports/x.toml is stale, the session has changed since; {_MEND}": (
        "snippets/ports/x.toml",
        "serve",
        "served",
    ),
    f"ports/x.toml has no recording; {_MEND}": ("docs/recordings/ports/x.json",),
    f"the recording of ports/x.toml cannot be read (not a transcript: 'acts'); {_MEND}": (
        "docs/recordings/ports/x.json",
        '"acts"',
        '"arts"',
    ),
    "snippets/ports/x.toml:8: step 2: unknown key ron; did you mean run?": ("snippets/ports/x.toml", "run", "ron"),
    "unknown source rfc1; known: other": ("docs/data/sources.toml", "[rfc1]", "[other]"),
}


def tell(page: Callable[[str], Tag], text: str, caplog: pytest.LogCaptureFixture) -> tuple[list[str], list[str]]:
    caplog.set_level(logging.WARNING, "mkdocs")
    red = words(page(text), ".socktrace-error")
    return red, [record.getMessage() for record in caplog.records]


@pytest.mark.parametrize(("fence", "message"), MISTAKES.items(), ids=MISTAKES.values())
def test_a_mistake_in_a_fence_is_red_logged_and_found(
    checkout: Path, page: Callable[[str], Tag], caplog: pytest.LogCaptureFixture, fence: str, message: str
) -> None:
    (checkout / "snippets/ports/p.py").touch()
    (checkout / "docs/page.md").write_text(fence, encoding="utf-8")
    assert tell(page, fence, caplog) == ([f"page: {message}"], [f"page: {message}"])
    assert f"docs/page.md:1: {message}" in problems(checkout)


@pytest.mark.parametrize(("message", "edit"), SPOILT.items(), ids=SPOILT)
def test_a_mistake_in_what_it_shows_is_red_logged_and_found(
    checkout: Path,
    page: Callable[[str], Tag],
    caplog: pytest.LogCaptureFixture,
    message: str,
    edit: tuple[str, ...],
) -> None:
    assert problems(checkout) == []
    spoil(checkout, *edit)
    assert tell(page, FENCE, caplog) == ([f"page: {message}"], [f"page: {message}"])
    assert any(line.endswith(f": {message}") for line in problems(checkout))


def test_a_session_that_no_page_shows_is_found(checkout: Path, page: Callable[[str], Tag]) -> None:
    assert page(FENCE)
    (checkout / "docs/page.md").write_text("[@rfc1]", encoding="utf-8")
    assert problems(checkout) == [
        "snippets/ports/x.toml:1: no page shows this session; show it with a session fence or remove it"
    ]
