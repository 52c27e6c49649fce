"""The parts of a program that a page may show by themselves. Pure."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator

from sitebuild.reading.options import PageError, guess


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
    return _span(known[part])


def aside(source: str, names: Iterable[str]) -> frozenset[int]:
    """Return the numbers of the lines that are neither the claim nor one of the named things.

    Args:
        source: The program.
        names: Functions, classes and constants at its top level.

    Raises:
        PageError: The program has no such thing.
    """
    tree = ast.parse(source)
    known: dict[str, range] = {name: _span(node) for name, node in _parts(tree, "")}
    for node in tree.body:
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            known[node.targets[0].id] = _span(node)
    away = {*range(2, len(source.splitlines()) + 1)}
    for name in names:
        if name not in known:
            raise PageError(f"unknown name {name} in teaches{guess(name, known)}")
        away -= {*known[name]}
    return frozenset(away)


_Part = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


def _span(node: _Part | ast.Assign) -> range:
    above = [] if isinstance(node, ast.Assign) else node.decorator_list
    return range(min(one.lineno for one in [node, *above]), (node.end_lineno or node.lineno) + 1)


def _parts(node: ast.AST, prefix: str) -> Iterator[tuple[str, _Part]]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, _Part):
            yield prefix + child.name, child
            if isinstance(child, ast.ClassDef):
                yield from _parts(child, f"{prefix}{child.name}.")
