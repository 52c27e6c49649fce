"""A program's text for pages: its words coloured, each line an element, and what does not teach folded away. Pure."""

from __future__ import annotations

import ast
import io
import keyword
import re
import tokenize
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from xml.etree.ElementTree import Element

from socktrace.ladder.parsed import parsed
from socktrace.markup import append, element
from socktrace.visible import visible
from socktrace.wording import plural

_SHORT = 15
"""A program of at most so many lines keeps its imports, and what else is the same in most, in sight."""

_MOST = 17
"""So many lines the style sheet shows at once of a program whose run is not open."""
_SHALLOW = 4
"""Up to how many spaces a line is indented whose rest, where it does not fit, the style sheet indents by itself."""


def folded(source: str, aside: Collection[int] = ()) -> frozenset[int]:
    """Return the lines that teach nothing: docstrings below a module's first line, our comments, the guard, imports.

    So are the time limit that a program begins with, and its refusal to run on another system.
    Blank lines are among them at the beginning, at the end, and beside what is hidden or another blank line.

    Args:
        source: The program.
        aside: Further lines of it that shall not be in sight.
    """
    count = len(source.splitlines())
    lines = source.splitlines()
    hidden = {*aside, *(number for number, line in enumerate(lines, 1) if line.strip().startswith("# socktrace:"))}
    tree = parsed(source)
    if tree is None:
        return frozenset(hidden)
    for node in ast.walk(tree):
        if isinstance(node, (ast.Module, ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            hidden |= _documented(node)
        if count > _SHORT and isinstance(node, (ast.Expr, ast.If)) and _customary(node):
            hidden |= {*_span(node)}
    for node in tree.body:
        if (isinstance(node, ast.If) and "__name__" in ast.unparse(node.test)) or (
            count > _SHORT and isinstance(node, (ast.Import, ast.ImportFrom))
        ):
            hidden |= {*_span(node)}
    return frozenset(hidden | _blank(lines, hidden))


def _customary(node: ast.Expr | ast.If) -> bool:
    """Say whether a statement is the time limit for all sockets, or the refusal of another system."""
    if isinstance(node, ast.Expr):
        return ast.unparse(node) == "socket.setdefaulttimeout(5)"
    return "sys.platform" in ast.unparse(node.test) and all(isinstance(one, ast.Raise) for one in node.body)


def _documented(node: ast.Module | ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) -> set[int]:
    """Return the lines of a docstring; of a module's those below its first one."""
    if ast.get_docstring(node, clean=False) is None or (len(node.body) == 1 and not isinstance(node, ast.Module)):
        return set()
    lines = _span(node.body[0])
    return {*(lines[1:] if isinstance(node, ast.Module) else lines)}


def cut(source: str, number: int) -> bool:
    """Say whether a line begins a module's docstring, which goes on below it."""
    tree = parsed(source)
    if tree is None or ast.get_docstring(tree, clean=False) is None:
        return False
    return tree.body[0].lineno == number and (tree.body[0].end_lineno or number) > number


def _span(node: ast.stmt) -> range:
    return range(node.lineno, (node.end_lineno or node.lineno) + 1)


def _blank(lines: list[str], hidden: set[int]) -> set[int]:
    """Return the blank lines at the beginning, at the end, and beside what is hidden or another blank line."""
    away: set[int] = set(hidden)
    for order in (range(1, len(lines) + 1), range(len(lines), 0, -1)):
        gone = True
        for number in order:
            blank = not lines[number - 1].strip()
            if blank and gone:
                away.add(number)
            gone = number in away or (blank and order.step > 0)
    return away - hidden


def _indent(lines: Sequence[str], number: int) -> int:
    """Return how many spaces a line begins with; 0 if it is not there."""
    line = lines[number - 1] if number <= len(lines) else ""
    return len(line) - len(line.lstrip(" "))


def to_element(
    source: str,
    shown: Sequence[int],
    ids: Mapping[int, str],
    rows: Mapping[int, str],
    hidden: frozenset[int] = frozenset(),
) -> Element:
    """Return lines of a program as HTML.

    Args:
        source: The whole program, so that a part is coloured as it is in the whole.
        shown: The numbers of the lines to show, counted from 1.
        ids: The ids of the lines' elements; a line may have none.
        rows: For each line the id of the row that it first led to.
        hidden: The lines that are shown only when the reader asks for all.
    """
    lines, written = coloured(source), source.splitlines()
    box = element("code")
    last = 0
    seen = []
    for number in shown:
        if number not in hidden:
            seen.append(written[number - 1])
            if last and number > last + 1:
                append(box, _gap(written[last : number - 1]))
            last = number
        line = element(
            "span.sk-line sk-extra" if number in hidden else "span.sk-line",
            attributes={"id": ids[number]} if number in ids else None,
        )
        if (indent := _indent(written, number)) > _SHALLOW:
            line.set("style", f"--in:{indent}")
        if number in rows:
            label = f"Line {number}: to what it did"
            append(
                line,
                element("a.sk-no", attributes={"data-n": str(number), "href": f"#{rows[number]}", "aria-label": label}),
            )
        else:
            line.set("data-n", str(number))
        text = [_quiet(one) for one in lines[number - 1]] if number <= len(lines) else []
        if number not in hidden and number + 1 in hidden and cut(source, number):
            text = [element("span.sk-cut", *text)]  # the style sheet ends the docstring here while the rest is away
            seen[-1] += '"""'
        append(line, *text, "\n")
        append(box, line)
    pre = element("pre", box, attributes={"tabindex": "0", "role": "group", "aria-label": "The program"})
    code = element("div.sk-code", pre, attributes={"style": sized(seen)})
    count, extra = len(shown), len(hidden & set(shown))
    if extra or count > _MOST:
        kind = "label.sk-whole" if extra else "label.sk-whole sk-tall"
        append(code, element(kind, element("input", attributes={"type": "checkbox"}), f"All {count} lines"))
    return code


def sized(lines: Iterable[str]) -> str:
    """Return what tells the style sheet how long the lines in sight are: it sets them as large as there is room for.

    Args:
        lines: The lines.
    """
    return f"--cols:{max((len(line.partition('# socktrace:')[0].rstrip()) for line in lines), default=0)}"


def _gap(folded: Sequence[str]) -> Element:
    """Return the mark that says how many lines are away; of blank ones alone nothing need be said."""
    away = {"data-n": plural(len(folded), "line")} if any(line.strip() for line in folded) else {}
    return element("span.sk-gap", attributes={"aria-hidden": "true", **away})


def _quiet(piece: Element | str) -> Element | str:
    """Fold away what a line says to the recorder."""
    if isinstance(piece, Element) and (piece.text or "").startswith("# socktrace:"):
        piece.set("class", f"{piece.get('class')} sk-extra")
    return piece


def coloured(source: str) -> list[list[Element | str]]:
    """Return each line of a program, as pieces of text and coloured elements.

    Args:
        source: The whole program.
    """
    source = visible(source, keep="\n")
    lines = source.split("\n")
    marks: dict[int, list[tuple[int, int, str]]] = {}
    for begin, end, kind in _marks(source):
        for number in range(begin[0], end[0] + 1):
            first = begin[1] if number == begin[0] else 0
            last = end[1] if number == end[0] else len(lines[number - 1])
            if first < last:
                marks.setdefault(number, []).append((first, last, kind))
    return [[*_pieces(line, marks.get(number, []))] for number, line in enumerate(lines, 1)]


def _pieces(line: str, marks: list[tuple[int, int, str]]) -> Iterator[Element | str]:
    at = 0
    breaks = [*_breaks(line)]
    for first, last, kind in [*marks, (len(line), len(line), "")]:
        for end in [one for one in breaks if at < one <= first]:
            yield line[at:end]
            yield element("wbr")
            at = end
        if at < first:
            yield line[at:first]
        if kind:
            yield element(f"span.{kind}", line[first:last])
        at = last


_WORD = re.compile(r"\S+")
_BRACKET = re.compile(r"(?<=\w\()(?=\(|\w\S{3})")
_FIRST = re.compile(r"(?<=\w\()(?=[^)])")
_DOT = re.compile(r"(?<=\w)(?=\.\w{4})")
_ROOM = 31, 26
"""How many letters a narrow phone has room for in the first row of a line and in those that follow."""


def _breaks(line: str) -> Iterator[int]:
    """Yield where a narrow screen may break a word that has no room in a row: behind its brackets.

    The first word of a line may break before the dots of the name that it calls as well, since all that it could leave
    is an empty row.
    """
    row, further = _ROOM
    for word in _WORD.finditer(line):
        is_first = not line[: word.start()].strip()
        if word.end() > row if is_first else word.end() - word.start() > further:
            found = (
                [*_DOT.finditer(word[0].partition("(")[0]), *_FIRST.finditer(word[0])]
                if is_first
                else _BRACKET.finditer(word[0])
            )
            yield from (word.start() + place.start() for place in found)


@lru_cache(maxsize=512)  # a page shows a program whole, and in parts
def _marks(source: str) -> tuple[tuple[tuple[int, int], tuple[int, int], str], ...]:
    return tuple(_marked(source))


def _marked(source: str) -> Iterator[tuple[tuple[int, int], tuple[int, int], str]]:
    lines = source.split("\n")
    strings = {tokenize.STRING, *(number for name, number in vars(tokenize).items() if name.startswith("FSTRING"))}
    try:
        for token in tokenize.generate_tokens(io.StringIO(source).readline):
            if token.type == tokenize.COMMENT:
                yield (
                    token.start,
                    token.end,
                    "m" if lines[token.start[0] - 1][: token.start[1]].strip() else "m sk-solo",
                )
            elif token.type in strings:
                yield token.start, token.end, "t"
            elif token.type == tokenize.NAME and keyword.iskeyword(token.string):
                yield token.start, token.end, "k"
    except (tokenize.TokenError, SyntaxError):
        return
