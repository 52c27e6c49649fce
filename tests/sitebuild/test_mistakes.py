"""What every mistake in a block says: on the page, in the log and in the suite, with its place and its cure."""

from __future__ import annotations

import logging
from types import ModuleType

import pytest

from sitebuild import blocks, check, extension
from sitebuild.block import Block, Spot
from sitebuild.check import problems
from sitebuild.library import Library
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
        "malformed YAML in line 2 of the fence: expected ',' or ']', but got '<stream end>'; "
        "put text with a colon or quotes in quotes",
        id="malformed",
    ),
    pytest.param(
        fence("snippet", "file: a: b"),
        "malformed YAML in line 1 of the fence: mapping values are not allowed here; "
        "put text with a colon or quotes in quotes",
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


@pytest.mark.parametrize(("text", "message"), MISTAKES)
def test_a_mistake_shows_on_the_page_and_is_logged_with_its_place(
    checkout: Checkout, caplog: pytest.LogCaptureFixture, text: str, message: str
) -> None:
    page = checkout.page("# Title\n\nText.\n\n" + text)
    assert text_of(page, ".socktrace-error") == f"docs/deep/page.md:5: {message}"
    assert [(entry.name, entry.levelno, entry.getMessage()) for entry in caplog.records] == [
        ("mkdocs.socktrace", logging.WARNING, f"docs/deep/page.md:5: {message}")
    ]


@pytest.mark.parametrize(("text", "message"), MISTAKES)
def test_the_suite_finds_the_same_mistake_without_a_builder(checkout: Checkout, text: str, message: str) -> None:
    checkout.write("docs/deep/page.md", "# Title\n\nText.\n\n" + text)
    assert f"docs/deep/page.md:5: {message}" in problems(checkout.root)


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
    for module in (blocks, extension, check):
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
        ("glossary", "[x]\nsays = 'a'", 'docs/data/glossary.toml: term x: an entry is ["x"] with "says", "source"'),
        ("glossary", "x = 1", 'docs/data/glossary.toml: term x: an entry is ["x"] with "says", "source"'),
        ("glossary", "[x]\nsays = 1\nsource = 'rfc1'", "docs/data/glossary.toml: term x: says is text in quotes"),
        (
            "glossary",
            GLOSSARY + "['Time wait']\nsays='a'\nsource='rfc1'",
            "docs/data/glossary.toml: term Time wait: there is",
        ),
        ("glossary", "[x]\nsays = 'a'\nsource = 'rfc9'", "unknown source rfc9; did you mean rfc1?"),
        ("sources", "[x", "docs/data/sources.toml: Expected"),
        ("sources", "x = 1", 'docs/data/sources.toml: "x" is not an entry; an entry begins with ["x"]'),
        ("sources", SOURCES.replace("read", "red"), "docs/data/sources.toml: source rfc1: lacks read"),
        (
            "sources",
            SOURCES.replace('how = "', 'how = "a"\nzzz = "'),
            "docs/data/sources.toml: source rfc1: has the unknown",
        ),
        (
            "sources",
            SOURCES.replace('how = "stored copy"', "how = 7"),
            "docs/data/sources.toml: source rfc1: each field is",
        ),
        (
            "sources",
            SOURCES.replace("https:", "ftp:"),
            "docs/data/sources.toml: source rfc1: url must begin with https://",
        ),
    ],
)
def test_a_mistake_in_the_glossary_or_the_bibliography_is_told(
    checkout: Checkout, file: str, text: str, message: str
) -> None:
    checkout.write(f"docs/data/{file}.toml", text)
    shown = text_of(checkout.page(fence("glossary")), ".socktrace-error")
    assert shown.startswith(f"docs/deep/page.md:1: {message}")
