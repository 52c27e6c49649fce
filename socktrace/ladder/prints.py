"""From which step of a run on its program can have printed all that it printed. Pure.

No recording says when a line was printed, so this goes by the program's text: a `print()` runs after the calls that
stand before it in its function.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass

from socktrace.ladder.run import Run

_JOINING = frozenset({"join", "result", "gather", "run", "communicate", "wait"})
_Block = ast.Module | ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda


@dataclass(frozen=True, slots=True)
class _Print:
    """Where a `print()` stands.

    Args:
        last: Its last line.
        own: The lines of its function.
        inner: Lines within these that belong to other functions.
        blocks: The first lines of the `with` statements around it: what they close they close after it.
        loops: The lines of the conditions of the loops around it: one that reads nothing ends its loop.
        joins: Whether its function waits for others before.
    """

    last: int
    own: frozenset[int]
    inner: frozenset[int]
    blocks: frozenset[int]
    loops: frozenset[int]
    joins: bool


def printed(run: Run, path: str, source: str) -> int:
    """Return the number of the row, counted from 1, from which on all output of a program may be shown.

    Args:
        run: The run.
        path: The program's file, as `Call.path` names it.
        source: The program's text.
    """
    rows = [(at, row) for at, row in enumerate(run.rows, 1) if row.kind == "call" and row.path == path and row.call]
    last = max((at for at, _ in rows), default=len(run.rows))
    needs = []
    for one in _prints(source):
        before = [
            at
            for at, row in rows
            if row.call
            and any(line <= one.last and line in one.own and line not in one.inner for line in row.lines)
            and not (row.call.name == "close" and one.blocks & {*row.lines})
            and not (row.call.size == 0 and one.loops & {*row.lines})
        ]
        needs.append(last if one.joins or not before else max(before))
    return max(needs, default=last)


def _prints(source: str) -> Iterator[_Print]:
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError):
        return
    yield from _within(tree, tree, frozenset(), frozenset())


def _within(node: ast.AST, function: _Block, blocks: frozenset[int], loops: frozenset[int]) -> Iterator[_Print]:
    if isinstance(node, _Block):
        function, blocks, loops = node, frozenset(), frozenset()
    if isinstance(node, (ast.With, ast.AsyncWith)):
        blocks |= {*range(node.lineno, node.body[0].lineno)}
    if isinstance(node, ast.While):
        loops |= _lines(node.test)
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print":
        last = node.end_lineno or node.lineno
        yield _Print(last, _lines(function), frozenset(_inner(function)), blocks, loops, _joins(function, last))
    for child in ast.iter_child_nodes(node):
        yield from _within(child, function, blocks, loops)


def _lines(node: ast.AST) -> frozenset[int]:
    if isinstance(node, ast.Module):
        return _lines(node.body[0]) | _lines(node.body[-1]) | {*range(1, node.body[-1].lineno)}
    first, last = getattr(node, "lineno", 0), getattr(node, "end_lineno", None)
    return frozenset(range(first, (last or first) + 1))


def _inner(function: _Block) -> Iterator[int]:
    for node in ast.walk(function):
        if node is not function and isinstance(node, _Block):
            yield from _lines(node)


def _joins(function: _Block, last: int) -> bool:
    return any(
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in _JOINING
        and not isinstance(node.func.value, ast.Constant)
        and node.lineno <= last
        for node in ast.walk(function)
    )
