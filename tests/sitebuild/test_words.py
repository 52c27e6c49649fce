"""What pages say of programs in words keeps step with them: the list of all of them, and each section "Break it".

The rule for code in backticks in a section "Break it":

- It is a piece of a program if it reads as Python and holds a call, an attribute, an assignment or a text in quotes, or
  opens a block. Names alone, error messages and the shell's commands are not.
- A piece right after the word "add", "by" or "to" is what the reader is to write. It may be new.
- Every other piece must stand in a program on that page, as Python reads it: white space does not matter.
- A section names one such piece at least.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator, Sequence

import pytest

from sitebuild import fences
from sitebuild.blocks import open_library, snippet
from sitebuild.store import SERVER
from socktrace.conversations import conversations
from socktrace.recording import Recording
from support import website

LIBRARY = open_library(website.ROOT)
LIST = "docs/reference/snippets*.md"
HEADING = re.compile(r"(?P<marks>#{1,6}) +(?P<title>.*?) *#* *$")
CODE = re.compile(r"(?<!`)(?P<ticks>`+)(?!`)(?P<text>.+?)(?<!`)(?P=ticks)(?!`)")
NEW = re.compile(r"\b(?:add|by|to) +$", re.IGNORECASE)
MEND = 'write it as the program does, or put the word "add", "by" or "to" right before what is new'
PIECES = (ast.Call, ast.Attribute, ast.Assign, ast.AugAssign, ast.NamedExpr)


# -- every program is in the list --------------------------------------------------------------------------------------


def unlisted(text: str, names: Iterable[str]) -> list[str]:
    """Return what the page that lists the programs lacks, each with its cure."""
    modules = {name: name.removesuffix(f"/{SERVER}").removesuffix(".py") for name in names}
    wanted = {name: "::: snippets." + module.replace("/", ".") for name, module in modules.items()}
    lines = {line.rstrip() for line in text.splitlines()}
    return [
        f"{LIST}: snippets/{name} is not in the list; add the line: {line}"
        for name, line in wanted.items()
        if line not in lines
    ]


def test_every_snippet_is_in_the_list() -> None:
    text = "\n".join(page.read_text(encoding="utf-8") for page in website.ROOT.glob(LIST))
    found = unlisted(text, LIBRARY.store.names())
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "::: snippets.sockets.echoes\n",
        "::: snippets.sockets\n",
        "Text ::: snippets.sockets.echo\n",
        "    ::: snippets.sockets.echo\n",
    ],
)
def test_a_snippet_that_is_not_in_the_list_is_found(text: str) -> None:
    message = f"{LIST}: snippets/sockets/echo.py is not in the list; add the line: ::: snippets.sockets.echo"
    assert unlisted(text, ["sockets/echo.py"]) == [message]
    assert not unlisted(f"{text}\n::: snippets.sockets.echo\n", ["sockets/echo.py"])


# -- what a reader is told to break is there ---------------------------------------------------------------------------


def read(code: str) -> ast.stmt | None:
    """Return the one statement that a piece of text is; the head of a block is one too."""
    for text in (code, f"{code} pass") if code.endswith(":") else (code,):
        try:
            body = ast.parse(text).body
        except (SyntaxError, ValueError):
            continue
        if len(body) == 1:
            return body[0]
    return None


def normal(node: ast.AST) -> str:
    """Return the text of a statement or expression, of a block only its head, as Python itself would write it."""
    return ast.unparse(node).partition("\n")[0]


def piece(code: str) -> str | None:
    """Return what stands in backticks as Python would write it, `None` if it is no piece of a program."""
    statement = read(code)
    if statement is None or isinstance(statement, ast.AnnAssign):  # "TimeoutError: late" is a message
        return None
    nodes = list(ast.walk(statement))
    holds = any(isinstance(node, PIECES) for node in nodes)
    quotes = any(isinstance(node, ast.Constant) and isinstance(node.value, str | bytes) for node in nodes)
    if not (holds or quotes or code.endswith(":")):
        return None
    return normal(statement.value if isinstance(statement, ast.Expr) else statement)


def pieces(program: str, lines: range | None = None) -> set[str]:
    """Return every statement and expression of a program, or of the lines of it that a page shows."""
    return {
        normal(node)
        for node in ast.walk(ast.parse(program))
        if isinstance(node, ast.stmt | ast.expr) and (lines is None or node.lineno in lines)
    }


def sections(lines: Sequence[str]) -> Iterator[list[tuple[int, str]]]:
    """Yield each section "Break it" without its fences: the number and text of each line, the heading first."""
    fenced = {index for fence in fences.find(lines) for index in range(fence.begin, fence.end)}
    section: list[tuple[int, str]] = []
    depth = 0
    for index, line in enumerate(lines):
        heading = None if index in fenced else HEADING.match(line)
        if heading and section and len(heading["marks"]) <= depth:
            yield section
            section = []
        if heading and heading["title"] == "Break it":
            depth = len(heading["marks"])
            section = [(index + 1, line)]
        elif section and index not in fenced:
            section.append((index + 1, line))
    if section:
        yield section


def drifted(lines: Sequence[str], shown: set[str]) -> Iterator[tuple[int, str]]:
    """Yield where a section "Break it" speaks of what is not there, each place with what to do about it.

    Args:
        lines: The lines of the page.
        shown: The pieces of the programs on it.
    """
    for section in sections(lines):
        before, named = "", 0
        for number, line in section:
            for code in CODE.finditer(line):
                found = piece(code["text"].strip())
                if found is None or NEW.search(f"{before} {line[: code.start()]}"):
                    continue
                named += 1
                if found not in shown:
                    yield number, f"no program on this page has {code['text'].strip()}; {MEND}"
            before = line
        if not named:
            yield section[0][0], "name the piece of the program to change, in backticks"


def shown_on(lines: Sequence[str]) -> set[str]:
    """Return the pieces of the programs, or parts of programs, whose code a page shows."""
    blocks = [snippet.read(fence.body, LIBRARY) for fence in fences.find(lines) if fence.name == "snippet"]
    texts = [(block.evidence.text, block.lines) for block in blocks]
    texts += [(text, range(1, len(text) + 1)) for block in blocks for text in block.evidence.beside]
    return {one for text, lines in texts for one in pieces(text, lines)}


@pytest.mark.parametrize("page", website.pages(), ids=lambda page: page.source)
def test_what_to_break_is_on_the_page(page: website.Page) -> None:
    lines = (website.ROOT / "docs" / page.source).read_text(encoding="utf-8").splitlines()
    found = [f"docs/{page.source}:{number}: {message}" for number, message in drifted(lines, shown_on(lines))]
    assert not found, "\n".join(found)


def test_there_is_something_to_break() -> None:
    texts = [(website.ROOT / "docs" / page.source).read_text(encoding="utf-8") for page in website.pages()]
    assert sum(1 for text in texts for _ in sections(text.splitlines())) >= 1


PROGRAM = """
def main():
    with open("words") as words:
        count = len(words.readlines())
        print("lines:", count)
"""

PAGE = """
# A page

Elsewhere `nobody.checks()` is no matter.

## Break it

Delete the line `count = len( words.readlines() )`, replace `open("words")` by `open("none")` and `count` by
`count.real`, and add `print()`. It ends with `OSError: bad` and `TypeError: words: none`.

```sh
nobody checks `this.either()`
```

### Further

Change `print("lines:", count)` to `print(0)`, below `with open("words") as words:`, as `ls -l` and `"lines:"` say.

## After

Nor `this.one()`.
"""


def test_a_page_that_keeps_step_is_not_blamed() -> None:
    assert list(drifted(PAGE.splitlines(), pieces(PROGRAM))) == []


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ("count = len( words.readlines() )", "size = len(words.readlines())", 8, None),
        ("count = len( words.readlines() )", "words.readline", 8, None),
        ('open("words")` by', "open('word')` by", 8, None),
        ("by `open", "and `open", 8, 'open("none")'),
        ("add `print()", "then `print()", 9, "print()"),
        ('print("lines:", count)', 'print("line:", count)', 17, None),
        ('with open("words") as words:', "with words:", 17, None),
        ('`"lines:"`', '`b"lines:"`', 17, 'b"lines:"'),
    ],
)
def test_a_piece_that_is_not_on_the_page_is_found(old: str, new: str, line: int, said: str | None) -> None:
    assert old in PAGE
    ((number, message),) = drifted(PAGE.replace(old, new, 1).splitlines(), pieces(PROGRAM))
    piece = said or new.partition("`")[0]
    assert number == line
    assert message.startswith(f"no program on this page has {piece}; write it as the program does")


def test_a_program_that_changed_is_found() -> None:
    changed = PROGRAM.replace("count", "number")
    assert [number for number, _ in drifted(PAGE.splitlines(), pieces(changed))] == [8, 17]


def test_a_part_that_is_not_shown_does_not_count() -> None:
    assert "count" in pieces(PROGRAM, range(4, 5))
    assert "print('lines:', count)" not in pieces(PROGRAM, range(4, 5))


def test_a_section_that_names_nothing_is_found() -> None:
    page = "# A page\n\n## Break it\n\nChange `it` to `other()`.\n"
    assert list(drifted(page.splitlines(), {"it"})) == [(3, "name the piece of the program to change, in backticks")]


# -- a table of calls is what was recorded -----------------------------------------------------------------------------

CLOTHES = ("many/many_by_threads.py", "many/many_by_selectors.py", "many/many_by_asyncio.py")


def counted(recording: Recording, what: str) -> int:
    """Return how often a server's accepted sockets made a call or what crossed the wire, by its name in the table."""
    accepted = {socket.id for socket in recording.sockets if socket.role == "accepted"}
    calls = [call for call in recording.calls if call.error is None]
    talks = conversations(recording)
    wire = {
        "bytes received": sum(call.size or 0 for call in calls if call.name == "recv" and call.socket in accepted),
        "bytes sent": sum(call.size or 0 for call in calls if call.name == "send" and call.socket in accepted),
        "SYN from clients": sum(packet.flags == "SYN" for talk in talks for packet in talk.sent(talk.client)),
        "FIN, both ways": sum(packet.has("FIN") for talk in talks for packet in talk.packets),
    }
    if what == "`accept`":  # the call of the listening socket that made an accepted one
        return sum(call.made in accepted for call in calls if call.name == "accept")
    return (
        wire[what] if what in wire else sum(f"`{call.function}`" == what for call in calls if call.socket in accepted)
    )


def miscounted(text: str, recordings: Sequence[Recording]) -> list[str]:
    """Return each row of the table of calls that says something else than the recordings."""
    rows = re.findall(r"^\| (`\w+`|[\w, ]+) \| (\d+) \| (\d+) \| (\d+) \|$", text, re.MULTILINE)
    assert len(rows) >= 10, "the table is gone"
    return [
        f"{what}: {said}, but recorded: {found}"
        for what, *numbers in rows
        if (said := [int(number) for number in numbers]) != (found := [counted(one, what) for one in recordings])
    ]


def test_the_table_of_calls_is_what_was_recorded() -> None:
    recordings = [recording for name in CLOTHES if (recording := LIBRARY.store.load(name))]
    text = (website.ROOT / "docs/many/asyncio-streams.md").read_text(encoding="utf-8")
    assert miscounted(text, recordings) == []
    bytes_sent = "| bytes sent | 67 | 67 | 67 |"
    assert miscounted(text.replace(bytes_sent, "| bytes sent | 67 | 67 | 66 |"), recordings) == [
        "bytes sent: [67, 67, 66], but recorded: [67, 67, 67]"
    ]


def test_the_three_chats_cross_the_wire_alike() -> None:
    recordings = [recording for name in CLOTHES if (recording := LIBRARY.store.load(name))]
    talks = [[talk for talk in conversations(one) if talk.protocol == "TCP"] for one in recordings]
    stories = [[(talk.payload(talk.client), talk.payload(talk.server)) for talk in one] for one in talks]
    assert stories[0] == stories[1] == stories[2] != []
    assert len({recording.stdout for recording in recordings}) == 1
