"""What every mistake in a block says: on the page, in the log and in the suite, with its place and its cure."""

from __future__ import annotations

import logging
from types import ModuleType

import pytest

from sitebuild import blocks
from sitebuild.checks import site
from sitebuild.checks.site import problems
from sitebuild.kit.block import Block, Spot
from sitebuild.kit.library import Library
from sitebuild.pages import extension, log
from sitebuild.reading.files import states
from support.checkout import GLOSSARY, PREDICT, PROGRAM, SNIPPET, SOURCES, Checkout, fence, text_of

SHOWS = (
    '; it showed "echo: b\'hello\'"; "sockets: 3"; "packets: 10"; "SYN: 2"; "FIN: 2"; "RST: 0"; '
    '"order: hello, hello, FIN, FIN"'
)
REPLIED = (*PREDICT, "replies:", "  No: It is not.")
OPTIONS = "snippet, file, part, lines, lit, moment, ask, choices, replies, why"
PREDICTS = [
    ("snippet", "the option snippet is missing", PREDICT[1:]),
    ("why", "the option why is missing", PREDICT[:-1]),
    ("what", f"unknown option what; known: {OPTIONS}", (*PREDICT, "what: x")),
    (
        "one choice",
        'the option choices must hold two or more lines of the form Choice: "what the run would show"',
        (*PREDICT[:3], PREDICT[3], PREDICT[5]),
    ),
    (
        "none printed",
        "0 of the 2 choices name what sockets/echo.py showed, and exactly one must" + SHOWS,
        (*PREDICT[:4], "  Other: \"echo: b'hell'\"", PREDICT[5]),
    ),
    (
        "two printed",
        "2 of the 3 choices name what sockets/echo.py showed, and exactly one must" + SHOWS,
        (*PREDICT[:5], "  Also: \"echo: b'hello'\"", PREDICT[5]),
    ),
    ("a reply to nothing", "a reply to No, which is no choice; known: Nothing of [[connection]]s, Yes", REPLIED),
    ("lit alone", "the options lit, file and moment need lines or part, which say what is shown", (*PREDICT, "lit: x")),
    (
        "both",
        "one of the options lines and part says what is shown, not both",
        (*PREDICT, "lines: 4-6", "part: serve"),
    ),
    (
        "nothing lit",
        "none of the lines 4 to 6 of sockets/echo.py holds sendall",
        (*PREDICT, "lines: 4-6", "lit: sendall"),
    ),
    (
        "no such moment",
        "none of the lines 1 to 19 of sockets/echo.py holds listen()",
        (*PREDICT, "lines: 4-6", "moment: listen()"),
    ),
    (
        "no such lines",
        "the option lines is such as 8-14, within the 19 lines of sockets/echo.py, not 18-20",
        (*PREDICT, "lines: 18-20"),
    ),
    ("twice", '"Yes" stands there twice; remove one', (*PREDICT[:5], PREDICT[4], PREDICT[5])),
    ("no text", "the option ask must be text", (PREDICT[0], "ask: [a, b]", *PREDICT[2:])),
    (
        "no options",
        f"a predict fence holds the options {OPTIONS}",
        ("sockets/echo.py",),
    ),
]
SYSTEMS = [
    ("unknown system OSX; known: Linux, macOS, Windows, BSD, Android", "Linux: a", "OSX: b"),
    (
        "a systems fence says something of two or more systems, each as `Linux: >` with a text below",
        "Linux: a",
    ),
    ("the option macOS is empty", "Linux: a", "macOS:"),
]
NEXTS = [
    ("a next fence holds a question and, on a line of its own, a page such as sockets/resets.md", "Why?"),
    ("a next fence holds a question and, on a line of its own, a page such as sockets/resets.md", "Why?", "a.html"),
    ("there is no page docs/nowhere.md", "Why?", "nowhere.md"),
]
MISTAKES = [
    pytest.param(
        fence("snippet", "sockets/eccho.py"),
        "unknown snippet sockets/eccho.py; did you mean sockets/echo.py?",
        id="unknown snippet",
    ),
    pytest.param(
        fence("predict", "snippet: sockets/echo.py", "part: serv", *PREDICT[1:]),
        "unknown part serv; did you mean serve?",
        id="unknown part",
    ),
    pytest.param(
        fence("snippet", "file: sockets/echo.py", "show: [code, outputs]"),
        "unknown name outputs in show; did you mean output?",
        id="unknown evidence",
    ),
    pytest.param(
        fence("snippet", "file: sockets/echo.py", "show: code"),
        "the option show must be a list of code, output, ladder, sockets, such as [code, output]",
        id="show is no list",
    ),
    pytest.param(
        fence("snippet", "file: sockets/echo.py", "teaches: [serv]"),
        "unknown name serv in teaches; did you mean serve?",
        id="unknown name that teaches",
    ),
    pytest.param(
        fence("snippet", "file: sockets/echo.py", "teaches: serve"),
        "the option teaches must be a list of names in the program, such as [serve, main]",
        id="teaches is no list",
    ),
    pytest.param(
        fence("snippet", "file: sockets/echo.py", "shw: [code]"),
        "unknown option shw; did you mean show?",
        id="unknown option",
    ),
    pytest.param(fence("snippet", "show: [code]"), "the option file is missing", id="no file"),
    pytest.param(fence("snippet", ""), "the option file is empty", id="empty"),
    pytest.param(
        fence("snippet", "- sockets/echo.py"),
        "a snippet fence holds a file, such as sockets/echo.py, or the options file, show and teaches",
        id="a list",
    ),
    pytest.param(
        fence("snippet", "file: sockets/echo.py", "show: [code"),
        "malformed YAML: expected ',' or ']', but got '<stream end>'; put text with a colon or quotes in quotes",
        id="malformed",
    ),
    pytest.param(
        fence("snippet", "file: a: b"),
        "malformed YAML: mapping values are not allowed here; put text with a colon or quotes in quotes",
        id="a colon",
    ),
    pytest.param(
        fence("snippet", "file: sockets/echo.py", "shw:\tcode"), "unknown option shw; did you mean show?", id="a tab"
    ),
    pytest.param(fence("snipet", "sockets/echo.py"), "no block snipet; did you mean snippet?", id="misspelt fence"),
    pytest.param(fence("Snippet", "x"), "no block Snippet; did you mean snippet?", id="a fence in capitals"),
    pytest.param(
        fence("your_turn", "x"), "no block your_turn; did you mean your-turn?", id="a fence with the wrong dash"
    ),
    pytest.param(fence("glossary", "a"), "a glossary fence is empty; it prints everything", id="full glossary fence"),
    pytest.param(
        fence("sources", "s-a"),
        "a sources fence holds a part of the alphabet, such as a-k, or nothing, not s-a",
        id="wrong sources fence",
    ),
    pytest.param("See [@rfc2].\n", "unknown source rfc2; did you mean rfc1?", id="unknown source"),
    pytest.param("A [[conection]].\n", "unknown term conection; did you mean connection?", id="unknown term"),
    pytest.param(
        "| [[a|conection]] | b |\n|--|--|\n", "unknown term conection; did you mean connection?", id="in a table"
    ),
    *(pytest.param(fence("predict", *lines), message, id=f"predict, {name}") for name, message, lines in PREDICTS),
    *(pytest.param(fence("systems", *lines), message, id=f"systems {lines}") for message, *lines in SYSTEMS),
    *(pytest.param(fence("next", *lines), message, id=f"next {lines}") for message, *lines in NEXTS),
]


WITHIN = {
    "the option show must": 2,
    "the option teaches must": 2,
    "unknown option shw": 2,
    "unknown option what": 7,
    "the option choices must": 3,
    "the option lines is": 7,
    "the option ask must": 2,
    "the option macOS is empty": 2,
    "malformed YAML: expected": 2,
    "malformed YAML: mapping": 1,
}
"""In which line of its fence a mistake is, counted from 1, by how its words begin; any other is told at the fence."""


def placed(message: str) -> str:
    """Return a mistake with its place on a page on which its fence begins in line 5."""
    return (
        f"docs/deep/page.md:{5 + next((WITHIN[words] for words in WITHIN if message.startswith(words)), 0)}: {message}"
    )


@pytest.mark.parametrize(("text", "message"), MISTAKES)
def test_a_mistake_shows_on_the_page_and_is_logged_with_its_place(
    checkout: Checkout, caplog: pytest.LogCaptureFixture, text: str, message: str
) -> None:
    page = checkout.page("# Title\n\nText.\n\n" + text)
    assert text_of(page, ".socktrace-error") == placed(message)
    assert [(entry.name, entry.levelno, entry.getMessage()) for entry in caplog.records] == [
        ("mkdocs.socktrace", logging.WARNING, placed(message))
    ]


@pytest.mark.parametrize(("text", "message"), MISTAKES)
def test_the_suite_finds_the_same_mistake_without_a_builder(checkout: Checkout, text: str, message: str) -> None:
    checkout.write("docs/deep/page.md", "# Title\n\nText.\n\n" + text)
    assert placed(message) in problems(checkout.root)


def test_a_missing_recording_says_which_command_makes_it(checkout: Checkout) -> None:
    (checkout.root / "docs/recordings/sockets/echo.json").unlink()
    shown = text_of(checkout.page(SNIPPET), ".socktrace-error")
    assert shown == (
        "docs/deep/page.md:1: sockets/echo.py has no recording; run: uv run python -m sitebuild record sockets/echo.py"
    )


def test_a_stale_recording_says_which_command_mends_it(checkout: Checkout) -> None:
    checkout.write("snippets/sockets/echo.py", PROGRAM + "\n# changed\n")
    shown = text_of(checkout.page(SNIPPET), ".socktrace-error")
    assert shown == (
        "docs/deep/page.md:1: the recording of sockets/echo.py is stale, the program has changed since; "
        "run: uv run python -m sitebuild record sockets/echo.py"
    )


CASES = (
    "ask: What?",
    "cases:",
    "  said:",
    "    big: echo",
    "    why: a",
    "  silent:",
    "    edit: silent",
    "    big: echo",
    "    why: b",
)
NO_PROGRAM = PROGRAM.replace("def main():", "def main()")
NO_COLON = f"snippets/sockets/echo.py:{PROGRAM.splitlines().index('def main():') + 1}: SyntaxError: expected ':'"
EDIT = "[silent]\nedit = '''-            connection.sendall(data)'''\n"


@pytest.mark.parametrize(
    "text",
    [SNIPPET, fence("what-if", "snippet: sockets/echo.py", *CASES)],
    ids=["snippet", "what-if"],
)
def test_what_is_no_program_is_told_by_its_line(checkout: Checkout, text: str) -> None:
    checkout.write("snippets/sockets/echo.what-ifs.toml", EDIT)
    checkout.write("snippets/sockets/echo.py", NO_PROGRAM)
    assert NO_COLON in text_of(checkout.page(text), ".socktrace-error")
    assert f"docs/deep/page.md:1: {NO_COLON}" in problems(checkout.root)


def test_the_reference_of_what_is_no_program_stands_in_red(checkout: Checkout) -> None:
    text = "# Reference\n\n::: snippets.sockets.echo\n\n::: snippets.sockets.none\n"
    assert "::: snippets.sockets.echo" in checkout.page(text).get_text()
    checkout.write("snippets/sockets/echo.py", NO_PROGRAM)
    page = checkout.page(text)
    assert text_of(page, ".socktrace-error") == NO_COLON
    assert "sockets.echo" not in page.get_text()
    assert "::: snippets.sockets.none" in page.get_text()


@pytest.mark.parametrize("name", ["text", "python", "console", "toml", "mermaid", "", "log"])
def test_a_language_is_no_misspelt_block(checkout: Checkout, name: str) -> None:
    page = checkout.page(fence(name, "words"))
    assert not page.select(".socktrace-error")
    assert "words" in page.get_text()


def test_a_damaged_recording_says_so(checkout: Checkout) -> None:
    checkout.write("docs/recordings/sockets/echo.json", "{}")
    shown = text_of(checkout.page(SNIPPET), ".socktrace-error")
    assert shown == (
        "docs/deep/page.md:1: the recording of sockets/echo.py cannot be read (not a recording: 'stuck'); "
        "run: uv run python -m sitebuild record sockets/echo.py"
    )


def test_of_equal_fences_each_is_named_by_its_own_line(checkout: Checkout, caplog: pytest.LogCaptureFixture) -> None:
    wrong = fence("snippet", "x.py")
    checkout.page(f"---\ntitle: T\n---\n\n{wrong}\n- a\n\n" + fence("snippet", "x.py", indent="    "))
    places = [entry.getMessage().partition(": ")[0] for entry in caplog.records]
    assert places == ["docs/deep/page.md:5", "docs/deep/page.md:11"]


@pytest.mark.parametrize("inside", [("  ```snippet", "  sockets/echo.py", "  ```"), ("```snippet", "sockets/echo.py")])
def test_a_block_inside_a_block_is_refused(checkout: Checkout, inside: tuple[str, ...]) -> None:
    page = checkout.page(SNIPPET + fence("predict", "ask: What?", "why: >", *inside))
    wrong = "a snippet fence inside a predict fence would be shown as code; end the predict fence before it"
    assert text_of(page, ".socktrace-error p") == f"docs/deep/page.md:4: {wrong}"
    assert problems(checkout.root) == [f"docs/deep/page.md:4: {wrong}"]


class _Half(Block[str]):
    name = "half"
    guide = "## A half"


class _Text(_Half):
    def read(self, body: str, library: Library) -> str:  # noqa: ARG002
        return body

    def markdown(self, asked: str, spot: Spot) -> str:  # noqa: ARG002
        return f"**{asked}**"


@pytest.mark.parametrize(
    ("block", "said"),
    [(_Half, "def read(self, body: str, library: Library)"), (_Text, "")],
)
def test_a_block_that_lacks_a_method_says_so(
    checkout: Checkout, monkeypatch: pytest.MonkeyPatch, block: type[_Half], said: str
) -> None:
    known = {**blocks.registry(), "half": block()}
    for module in (blocks, extension, site):
        monkeypatch.setattr(module, "registry", lambda: known)
    page = checkout.page(fence("half", "words"))
    if not said:
        assert text_of(page, "p > strong") == "words"
        return
    where = f"the block half lacks a method; write it in {__name__.replace('.', '/')}.py: {said}"
    assert text_of(page, ".socktrace-error p") == f"docs/deep/page.md:1: {where}"


def test_a_module_without_a_block_says_what_it_lacks() -> None:
    module = ModuleType("sitebuild.blocks.count")
    with pytest.raises(TypeError, match=r"^sitebuild/blocks/count.py:1: a block needs an instance; end with BLOCK ="):
        blocks._block(module)
    module.BLOCK = Block()  # type: ignore[attr-defined]
    with pytest.raises(TypeError, match=r"^sitebuild/blocks/count.py:1: the block Block needs a name; write name ="):
        blocks._block(module)


def test_a_mistake_leaves_the_rest_of_the_page_alone(checkout: Checkout) -> None:
    page = checkout.page(fence("snippet", "x.py") + "\n" + SNIPPET + "\n[[connection]]")
    assert len(page.select(".socktrace-error")) == len(page.select(".sk-run")) == len(page.select("a.sk-term")) == 1


@pytest.mark.parametrize(
    ("file", "text", "message"),
    [
        ("glossary", "[x]\nsays = 'a'", "1: term x: lacks source"),
        ("glossary", "x = 1", '1: "x" is not an entry; an entry begins with ["x"]'),
        ("glossary", "[x]\nsays = 1\nsource = 'rfc1'", "2: term x: says is text in quotes"),
        (
            "glossary",
            GLOSSARY + "['Time wait']\nsays='a'\nsource='rfc1'",
            "12: term Time wait: there is another of that name, time-wait, in line 9",
        ),
        ("glossary", "[x]\nsays = 'a'\nsource = 'rfc9'", "1: term x: unknown source rfc9; did you mean rfc1?"),
        (
            "glossary",
            "[x]\nsays = 'a'\nsource = 'rfc1'\nsign = 'sokcet'",
            "1: term x: unknown sign :sokcet:; did you mean socket?",
        ),
        ("sources", "[x", "1: not TOML: Expected ']' at the end of a table declaration; text stands in quotes"),
        ("sources", "x = 1", '1: "x" is not an entry; an entry begins with ["x"]'),
        ("sources", SOURCES.replace("read", "red"), "5: source rfc1: unknown key red; did you mean read?"),
        ("sources", SOURCES.replace('how = "', 'how = "a"\nzzz = "'), "7: source rfc1: unknown key zzz; known: label"),
        ("sources", SOURCES.replace('how = "stored copy"', "how = 7"), "6: source rfc1: how is text in quotes"),
        ("sources", SOURCES.replace("https:", "ftp:"), "4: source rfc1: url must begin with https://"),
    ],
)
def test_a_mistake_in_the_glossary_or_the_bibliography_is_told(
    checkout: Checkout, file: str, text: str, message: str
) -> None:
    checkout.write(f"docs/data/{file}.toml", text)
    shown = text_of(checkout.page(fence("glossary")), ".socktrace-error")
    assert shown.startswith(f"docs/data/{file}.toml:{message}")
    assert shown.split("\n")[0] in problems(checkout.root)


def test_a_data_file_that_cannot_be_read_is_logged_once_a_build(
    checkout: Checkout, caplog: pytest.LogCaptureFixture
) -> None:
    checkout.write("docs/data/sources.toml", SOURCES.replace("title", "titel").replace("read", "red"))
    words = "docs/data/sources.toml:{}: source {}: unknown key {}"
    told = [
        words.format(3, "rfc1", "titel; did you mean title?"),
        words.format(5, "rfc1", "red; did you mean read?"),
        words.format(10, "man2", "titel; did you mean title?"),
        words.format(12, "man2", "red; did you mean read?"),
    ]
    for _ in range(2):
        caplog.clear()
        checkout.page("[@rfc1] [@rfc1]\n\n" + fence("glossary"))
        checkout.page("[@man2]", path="deep/other.md")
        assert [entry.getMessage() for entry in caplog.records] == told


@pytest.mark.parametrize(
    ("text", "hears"),
    [
        (fence("snippet", "x.py"), False),
        ("[[conection]]", False),
        ("Text.", True),
    ],
)
def test_an_anchor_is_not_missed_where_a_part_of_the_page_is_missing(
    checkout: Checkout, caplog: pytest.LogCaptureFixture, text: str, hears: bool
) -> None:
    checkout.page(text)
    caplog.clear()
    theirs = logging.getLogger("mkdocs.structure.pages")
    theirs.warning("Doc file 'a.md' contains a link 'x#b', but the doc 'deep/page.md' does not contain an anchor '#b'.")
    theirs.warning("Doc file 'deep/page.md' contains a link '#b', but there is no such anchor on this page.")
    theirs.warning("Doc file 'deep/page.md' contains a link 'x#b', but the doc 'a.md' does not contain an anchor '#b'.")
    assert len(caplog.records) == (3 if hears else 1)


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (
            "contains a link 'pag.md', but the target 'deep/pag.md' is not found among documentation files.",
            "docs/deep/page.md:3: the link pag.md leads to no page; did you mean page.md?",
        ),
        (
            "contains an unrecognized relative link 'page', it was left as is. Did you mean 'page.md'?",
            "docs/deep/page.md:5: the link page leads to no file in docs; did you mean page.md?",
        ),
        (
            "contains an absolute link '/', it was left as is.",
            "docs/deep/page.md: the link / leads to no file in docs; known: page.md",
        ),
        (
            "contains a link '#what-is-i', but there is no such anchor on this page.",
            "docs/deep/page.md:5: the link #what-is-i leads to no heading or id of this page; did you mean what-is-it?",
        ),
        (
            "contains a link '../a.md#x', but the target 'a.md' is not found among documentation files.",
            "docs/data/glossary.toml:{}: the link ../a.md#x leads to no page; known: page.md",
        ),
        ("has no link.", "Doc file 'deep/page.md' has no link."),
    ],
)
def test_what_mkdocs_says_of_a_link_gets_its_line_and_its_cure(
    checkout: Checkout, caplog: pytest.LogCaptureFixture, said: str, told: str
) -> None:
    checkout.write("docs/data/glossary.toml", GLOSSARY + "# [words](a.md#x)\n")
    checkout.page("# Title { #title }\n\n[a](pag.md)\n\n[b](page) [c](#what-is-i)\n\n## What is it?\n")
    caplog.clear()
    logging.getLogger("mkdocs.structure.pages").warning("Doc file 'deep/page.md' %s", said)
    assert [entry.getMessage() for entry in caplog.records] == [told.format(GLOSSARY.count("\n") + 1)]


def test_a_preview_tells_that_it_goes_on_with_old_modules(
    checkout: Checkout, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    checkout.write("sitebuild/blocks/count.py", "")
    monkeypatch.setattr(log, "_PACKAGE", checkout.root / "sitebuild")
    monkeypatch.setattr(log, "_BEGAN", states(checkout.root / "sitebuild", ".py"))
    checkout.page("Text.", path="index.md")
    assert not caplog.records
    checkout.write("sitebuild/blocks/aside.py", "")
    checkout.page("Text.", path="index.md")
    checkout.page("Text.", path="other.md")
    (told,) = caplog.records
    assert told.getMessage().startswith("sitebuild/blocks/aside.py has changed since this preview began")


@pytest.mark.parametrize("indent", ["", "    ", "\t"])
def test_a_line_that_begins_with_a_tab_is_named(checkout: Checkout, indent: str) -> None:
    lines = ("```predict", "snippet: sockets/echo.py", "\task: What?", "```")
    text = "!!! note\n\n" + "".join(f"{indent}{line}\n" for line in lines)
    message = "docs/deep/page.md:5: line 5 begins with a tab; indent with blanks"
    assert text_of(checkout.page(text), ".socktrace-error") == message
    assert message in problems(checkout.root)


def test_a_tab_that_is_no_mistake_is_not_blamed(checkout: Checkout) -> None:
    text = "".join(f"\t{line}\n" for line in ("```snippet", "file: a: b", "```"))
    checkout.write("docs/deep/page.md", text)
    wrong = "malformed YAML: mapping values are not allowed here; put text with a colon or quotes in quotes"
    assert f"docs/deep/page.md:2: {wrong}" in problems(checkout.root)
