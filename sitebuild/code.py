"""The parts of a program that a page may show by themselves. Pure."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from sitebuild.options import PageError, guess


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
