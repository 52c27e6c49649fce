"""A program as HTML: highlighted, each line an element of its own that can be linked to and lit up. Pure."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from xml.etree.ElementTree import Element

from pygments.lexers.python import PythonLexer
from pygments.token import STANDARD_TYPES, Name, Operator, Punctuation, Text, _TokenType

from sitebuild.options import PageError, guess
from socktrace.markup import append, element
from socktrace.visible import visible

_PLAIN = (Name, Operator, Punctuation, Text, Text.Whitespace)
"""Tokens that have the colour of the text around them; left unmarked, the page is half as long."""


def lines_of(source: str, part: str | None) -> range:
    """Return the numbers of the lines to show, counted from 1.

    Args:
        source: The program.
        part: A function or class at its top level, or `Class.method`; `None` for the whole program.

    Raises:
        PageError: The program has no such part.
    """
    if part is None:
        return range(1, len(source.splitlines()) + 1)
    known = dict(_parts(ast.parse(source), ""))
    if part not in known:
        raise PageError(f"unknown part {part}{guess(part, known) or '; the program has no function or class'}")
    node = known[part]
    first = min([node.lineno, *(decorator.lineno for decorator in node.decorator_list)])
    return range(first, (node.end_lineno or node.lineno) + 1)


_Part = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


def _parts(node: ast.AST, prefix: str) -> Iterator[tuple[str, _Part]]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, _Part):
            yield prefix + child.name, child
            if isinstance(child, ast.ClassDef):
                yield from _parts(child, f"{prefix}{child.name}.")


def to_element(source: str, shown: range, ids: Mapping[int, str], rows: Mapping[int, str]) -> Element:
    """Return lines of a program as HTML.

    Args:
        source: The whole program, so that a part is coloured as it is in the whole.
        shown: The numbers of the lines to show, counted from 1.
        ids: The ids of the lines' elements; a line may have none.
        rows: For each line the id of the figure's row that it first led to.
    """
    lines = highlighted(source)
    box = element("code")
    for number in shown:
        line = element("span.sk-line", attributes={"id": ids[number]} if number in ids else None)
        if number in rows:
            label = f"Line {number}: to what it did"
            link = {"data-n": str(number), "href": f"#{rows[number]}", "aria-label": label}
            append(line, element("a.sk-no", attributes=link))
        else:
            line.set("data-n", str(number))
        append(line, *lines[number - 1])
        append(box, line, "\n")
    return element("div.highlight sk-code", element("pre", box))


def highlighted(source: str) -> list[list[Element | str]]:
    """Return each line of a program, as pieces of text and coloured elements.

    Args:
        source: The whole program.
    """
    lines: list[list[Element | str]] = [[]]
    for token, text in PythonLexer(stripnl=False).get_tokens(visible(source, keep="\n")):
        style = _style(token)
        for number, piece in enumerate(text.split("\n")):
            if number:
                lines.append([])
            if piece:
                lines[-1].append(element(f"span.{style}", piece) if style else piece)
    return lines


def _style(token: _TokenType) -> str:
    while token not in STANDARD_TYPES:
        token = token.parent or Text
    return "" if token in _PLAIN else STANDARD_TYPES[token]
