"""From which step of a run on its program can have printed all that it printed. Pure.

No recording says when a line was printed, so this goes by the program's text: a `print()` runs after the calls that
stand before it in its function.
"""

from __future__ import annotations

import ast
import math
from collections.abc import Iterator
from dataclasses import dataclass

from socktrace.ladder.parsed import parsed
from socktrace.ladder.run import Run

_JOINING = frozenset({"join", "result", "gather", "run", "communicate", "wait"})
_Block = ast.Module | ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda


@dataclass(frozen=True, slots=True)
class _Function:
    """What all that a function prints has in common.

    Args:
        lines: Its lines, without those that belong to other functions within it.
        joins: The first line on which it waits for others.
    """

    lines: frozenset[int]
    joins: float


@dataclass(frozen=True, slots=True)
class _Print:
    """Where a `print()` stands.

    Args:
        last: Its last line.
        function: Its function.
        blocks: The first lines of the `with` statements around it: what they close they close after it.
        loops: The lines of the conditions of the loops around it: one that reads nothing ends its loop.
    """

    last: int
    function: _Function
    blocks: frozenset[int]
    loops: frozenset[int]


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
            and any(line <= one.last and line in one.function.lines for line in row.lines)
            and not (row.call.name == "close" and one.blocks & {*row.lines})
            and not (row.call.size == 0 and one.loops & {*row.lines})
        ]
        needs.append(last if one.function.joins <= one.last or not before else max(before))
    return max(needs, default=last)


def _prints(source: str) -> Iterator[_Print]:
    if (tree := parsed(source)) and tree.body:
        yield from _of(tree)


def _of(block: _Block) -> Iterator[_Print]:
    inner = frozenset(
        line for node in ast.walk(block) if node is not block and isinstance(node, _Block) for line in _lines(node)
    )
    function = _Function(_lines(block) - inner, min(map(_joins, ast.walk(block))))
    yield from _within(block, function, frozenset(), frozenset())


def _within(parent: ast.AST, function: _Function, blocks: frozenset[int], loops: frozenset[int]) -> Iterator[_Print]:
    for node in ast.iter_child_nodes(parent):
        if isinstance(node, _Block):
            yield from _of(node)
            continue
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print":
            yield _Print(node.end_lineno or node.lineno, function, blocks, loops)
        around, tested = blocks, loops
        if isinstance(node, (ast.With, ast.AsyncWith)):
            around |= {*range(node.lineno, node.body[0].lineno)}
        if isinstance(node, ast.While):
            tested |= _lines(node.test)
        yield from _within(node, function, around, tested)


def _lines(node: ast.AST) -> frozenset[int]:
    if isinstance(node, ast.Module):
        return _lines(node.body[0]) | _lines(node.body[-1]) | {*range(1, node.body[-1].lineno)}
    first, last = getattr(node, "lineno", 0), getattr(node, "end_lineno", None)
    return frozenset(range(first, (last or first) + 1))


def _joins(node: ast.AST) -> float:
    """Return the line on which a node waits for others."""
    if (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in _JOINING
        and not isinstance(node.func.value, ast.Constant)
    ):
        return node.lineno
    return math.inf
