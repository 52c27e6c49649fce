"""From which step of a run on each line of its program's output is shown. Pure.

No recording says when a line was printed, so this goes by the program's text: which `print()` a line can be of, and
which calls come before it. In doubt a line is shown later, never before its `print()` can have run.
"""

from __future__ import annotations

import ast
import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

from socktrace.ladder.parsed import parsed
from socktrace.ladder.run import Run

_JOINING = frozenset({"join", "result", "gather", "run", "communicate", "wait"})
_FIELD = re.compile(r"%[-+ #0]*\d*(?:\.\d+)?[a-zA-Z]|\{[^{}]*\}")
_LOOPS = ast.While, ast.For, ast.AsyncFor
_Block = ast.Module | ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda


@dataclass(frozen=True, slots=True, eq=False)
class _Print:
    """Where a `print()` stands, and what it prints.

    Args:
        last: Its last line.
        function: Its function.
        pattern: What a line of it looks like; `None` if that is not known.
        blocks: The first lines of the `with` statements around it: what they close they close after it.
        tests: The lines of the conditions of the loops around it: one that reads nothing ends its loop.
        again: The lines that are done again each time that it is: those of the loop around it, or of its function.
    """

    last: int
    function: _Function
    pattern: re.Pattern[str] | None
    blocks: frozenset[int]
    tests: frozenset[int]
    again: frozenset[int]

    @property
    def has_word(self) -> bool:
        """Whether some of its text is given."""
        return self.pattern is not None and re.search("[A-Za-z]", self.pattern.pattern) is not None


@dataclass(frozen=True, slots=True, eq=False)
class _Function:
    """A function, or what stands in none.

    Args:
        name: Its name; `""` if it has none.
        lines: Its lines, without those that belong to other functions within it.
        joins: The lines on which it waits for others, or may call a function that has no name.
        loops: The lines that are within loops.
        calls: The names that it calls, each with its line.
    """

    name: str
    lines: frozenset[int]
    joins: frozenset[int]
    loops: frozenset[int]
    calls: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class _Text:
    functions: tuple[_Function, ...]
    prints: tuple[_Print, ...]

    @cached_property
    def sites(self) -> dict[str, list[tuple[_Function, int]]]:
        """Where each function is called."""
        return {
            own.name: [(one, line) for one in self.functions for name, line in one.calls if name == own.name]
            for own in self.functions
            if own.name
        }


@dataclass(frozen=True, slots=True)
class _Done:
    """What a line of the program did: when, whether that closed a socket, and whether it read nothing."""

    line: int
    at: float
    closes: bool
    empty: bool


def printed(run: Run, path: str, source: str, output: str) -> tuple[int, ...]:
    """Return for each line of a program's output the number of the row, counted from 1, from which on it is shown.

    Args:
        run: The run.
        path: The program's file, as `Call.path` names it.
        source: The program's text.
        output: What it printed.
    """
    own = [*{id(row.call): row for row in run.rows if row.kind == "call" and row.path == path and row.call}.values()]
    done = [
        _Done(line, row.at, row.call.name == "close", row.call.size == 0)
        for row in sorted(own, key=lambda row: row.at)
        for line in row.lines
        if row.call
    ]
    end = max((row.at for row in own), default=math.inf)
    rows = [(row.at, number) for number, row in enumerate(run.rows, 1)]
    moments = accumulate(_moments(_read(source), output.split("\n"), done, end), max)
    return tuple(max((number for at, number in rows if at <= moment), default=1) for moment in moments)


def _moments(text: _Text, lines: Sequence[str], done: Sequence[_Done], end: float) -> Iterator[float]:
    """Yield for each line of the output when it has been printed."""
    fits = [[one for one in text.prints if one.pattern and one.pattern.fullmatch(line)] for line in lines]
    # a pattern without a word fits much: where another has one, the line is that other's
    fits = [[one for one in which if one.has_word] or which for which in fits]
    if not all(one.pattern for one in text.prints):
        yield from [max(_moment(text, one, done, end) for one in text.prints)] * len(lines)
        return
    if not all(fits):
        yield from [end] * len(lines)
        return
    if each := _in_turn(text, fits):
        fits = [[one] for one in each]
    certain = [which[0] if len(which) == 1 else None for which in fits]
    doubtful = {one for which in fits if len(which) > 1 for one in which}
    for number, which in enumerate(fits):
        if (one := certain[number]) and one not in doubtful:
            yield _moment(text, one, done, end, certain[:number].count(one) + 1, certain.count(one))
        else:
            yield max((_moment(text, one, done, end) for one in which), default=end)


def _in_turn(text: _Text, fits: Sequence[Sequence[_Print]]) -> list[_Print]:
    """Return whose each line is, if all are of a function that runs once and repeats none: in the order of the text."""
    every = {one for which in fits for one in which}
    function = next(iter(every)).function
    if any(one.function is not function or one.again != function.lines for one in every):
        return []
    if len(text.sites.get(function.name, ())) > 1:
        return []
    found: list[_Print] = []
    for which in reversed(fits):  # where several ways are possible, each line is as late as can be
        before = [one for one in which if not found or one.last < found[-1].last]
        if not before:
            return []
        found.append(before[-1])
    return found[::-1]


def _moment(text: _Text, one: _Print, done: Sequence[_Done], end: float, turn: int = 1, turns: int = 1) -> float:
    """Return when a `print()` has run, the `turn`th time of `turns`: after the last call that comes before it.

    Where it has waited for others, nobody knows how long, it is the last moment before the next call.
    """
    before: list[float] = []
    after: list[float] = []
    for line, all_of_it in _by_line(done, one.function.lines):
        is_last = {row for row in all_of_it if (row.closes and line in one.blocks) or (row.empty and line in one.tests)}
        rows = [row.at for row in all_of_it if row not in is_last]
        is_later = line > one.last
        gone = _share(rows, turn - is_later, turns) if line in one.again else [] if is_later else rows
        before += gone
        after += [row.at for row in is_last] + rows[len(gone) :]
    waits = any(line <= one.last for line in one.function.joins)
    inside = _called_before(text, one)
    for function in text.functions:
        sites = text.sites.get(function.name, ())
        here = [line for caller, line in sites if caller is one.function and line <= one.last]
        for _, all_of_it in _by_line(done, function.lines):
            rows = [row.at for row in all_of_it]
            if function in inside:
                before += _share(rows, turn, turns if {*here} <= one.again else 1)
            elif here and len(rows) % len(sites) == 0 and _once_each(one.function, sites):
                before += rows[: len(rows) // len(sites) * len(here)]
            elif here:
                waits = True
    callers = text.sites.get(one.function.name, [])
    if len(callers) == turns > 1 and _once_each(callers[0][0], callers):
        earlier = callers[0][0].lines & {*range(callers[turn - 1][1])}
        before += [row.at for _, rows in _by_line(done, earlier) for row in rows if not row.closes]
    least = max(before, default=-math.inf)
    if not waits and before:
        return least
    following = min((at for at in after if at > least), default=math.inf)
    return max((row.at for row in done if row.at < following), default=-math.inf) if after else end


def _once_each(function: _Function, sites: Sequence[tuple[_Function, int]]) -> bool:
    return all(caller is function and line not in function.loops for caller, line in sites)


def _called_before(text: _Text, one: _Print) -> set[_Function]:
    """Return the functions that are called before a `print()` alone, by its own function or by those that it calls."""
    found: set[_Function] = set()
    while True:
        more = {
            function
            for function in text.functions
            if (sites := text.sites.get(function.name))
            and all(caller in found or (caller is one.function and line <= one.last) for caller, line in sites)
        }
        if more == found:
            return found
        found = more


def _by_line(done: Sequence[_Done], lines: frozenset[int]) -> Iterator[tuple[int, list[_Done]]]:
    for line in sorted(lines & {row.line for row in done}):
        yield line, [row for row in done if row.line == line]


def _share(rows: Sequence[float], turn: int, turns: int) -> Sequence[float]:
    """Return those rows of a line that come before the turn; all, if they don't come out even."""
    return rows[: len(rows) // turns * turn] if len(rows) % turns == 0 else rows


# -- reading the program -----------------------------------------------------------------------------------------------


def _read(source: str) -> _Text:
    tree = parsed(source)
    if not tree or not tree.body:
        return _Text((), ())
    prints: list[_Print] = []
    functions: list[_Function] = []
    _block(tree, prints, functions)
    return _Text(tuple(functions), tuple(prints))


def _block(block: _Block, prints: list[_Print], functions: list[_Function]) -> None:
    inner = [node for node in ast.walk(block) if node is not block and isinstance(node, _Block)]
    lines = _lines(block) - {line for node in inner for line in _lines(node)}
    others = {id(node) for one in inner for node in ast.walk(one)}
    calls = [node for node in ast.walk(block) if isinstance(node, ast.Call) and id(node) not in others]
    function = _Function(
        getattr(block, "name", ""),
        lines,
        frozenset(node.lineno for node in calls if _joins(node))
        | {node.lineno for node in inner if isinstance(node, ast.Lambda)},
        frozenset(line for node in ast.walk(block) if isinstance(node, _LOOPS) for line in _lines(node)),
        tuple((_called(node), node.lineno) for node in calls),
    )
    functions.append(function)
    prints += _within(block, function, frozenset(), frozenset(), lines)
    for one in ast.iter_child_nodes(block):
        for node in _outermost(one):
            _block(node, prints, functions)


def _outermost(node: ast.AST) -> Iterator[_Block]:
    if isinstance(node, _Block):
        yield node
    else:
        for one in ast.iter_child_nodes(node):
            yield from _outermost(one)


def _within(
    parent: ast.AST, function: _Function, blocks: frozenset[int], tests: frozenset[int], again: frozenset[int]
) -> Iterator[_Print]:
    for node in ast.iter_child_nodes(parent):
        if isinstance(node, _Block):
            continue
        if isinstance(node, ast.Call) and _called(node) == "print" and not _goes_elsewhere(node):
            yield _Print(node.end_lineno or node.lineno, function, _pattern(node), blocks, tests, again)
        around, tested, repeated = blocks, tests, again
        if isinstance(node, (ast.With, ast.AsyncWith)):
            around |= {*range(node.lineno, node.body[0].lineno)}
        if isinstance(node, ast.While):
            tested |= _lines(node.test)
        if isinstance(node, _LOOPS):
            repeated = _lines(node) & function.lines
        yield from _within(node, function, around, tested, repeated)


def _lines(node: ast.AST) -> frozenset[int]:
    if isinstance(node, ast.Module):
        return _lines(node.body[0]) | _lines(node.body[-1]) | {*range(1, node.body[-1].lineno)}
    first, last = getattr(node, "lineno", 0), getattr(node, "end_lineno", None)
    return frozenset(range(first, (last or first) + 1))


def _called(call: ast.Call) -> str:
    return str(getattr(call.func, "attr", getattr(call.func, "id", "")))


def _joins(call: ast.AST) -> bool:
    """Say whether a call waits for others."""
    return (
        isinstance(call, ast.Call)
        and isinstance(call.func, ast.Attribute)
        and call.func.attr in _JOINING
        and not isinstance(call.func.value, ast.Constant)
    )


def _goes_elsewhere(call: ast.Call) -> bool:
    return any(one.arg == "file" for one in call.keywords)


def _pattern(call: ast.Call) -> re.Pattern[str] | None:
    """Return what a line looks like that a `print()` prints; `None` if that is not a line, or not known."""
    given = {one.arg: one.value for one in call.keywords}
    if not given.keys() <= {"sep", "flush"}:
        return None
    sep = given.get("sep", ast.Constant(" "))
    between = re.escape(str(sep.value)) if isinstance(sep, ast.Constant) else ".*"
    return re.compile(between.join(map(_shape, call.args)))


def _shape(node: ast.expr) -> str:
    if isinstance(node, ast.Constant):
        return re.escape(str(node.value))
    if isinstance(node, ast.JoinedStr):
        return "".join(_shape(one) for one in node.values)
    formatted = (
        node.left
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mod)
        else node.func.value
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "format"
        else None
    )
    if isinstance(formatted, ast.Constant) and isinstance(formatted.value, str):
        return ".*".join(map(re.escape, _FIELD.split(formatted.value)))
    return ".*"
