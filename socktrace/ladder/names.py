"""The names that a program gives its sockets, read from its text. Pure."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from socktrace.ladder.parsed import parsed
from socktrace.recording import Call

_OPENERS = frozenset({
    "socket", "create_server", "create_connection", "accept", "socketpair", "fromfd", "dup", "wrap_socket",
})  # fmt: skip
_PREPARING = frozenset({"create_server", "create_connection"})


Place = tuple[str, int]
"""A file, as `Call.path` names it, and a line of it, counted from 1."""


def place_of(call: Call | None) -> Place:
    """Return the line that led to a call; a place that is none if nobody knows it."""
    return (call.path, call.line) if call and call.path is not None and call.line else ("", 0)


@dataclass(frozen=True, slots=True)
class Names:
    """What a program's text tells of its sockets; all is empty if nobody has the text.

    Args:
        variables: By file and line, the variable that a socket opened there is bound to.
        helpers: By file and line, the function that makes several calls of the kernel, such as `create_server`.
        blocks: The files and lines on which a `with` statement names a socket, which it will close.
        limits: The files, and in each the variables whose calls have a time limit; `""` if all calls of the file have.
    """

    variables: Mapping[Place, str] = field(default_factory=dict)
    helpers: Mapping[Place, str] = field(default_factory=dict)
    blocks: frozenset[Place] = frozenset()
    limits: frozenset[tuple[str, str]] = frozenset()


def names_in(sources: Mapping[str, str]) -> Names:
    """Return what the texts of programs tell of their sockets.

    Args:
        sources: The texts, by file, as `Call.path` names it; one that is no Python tells nothing.
    """
    return _names_in(tuple(sources.items()))


@lru_cache(maxsize=256)  # a run asks for them, and the page that shows it
def _names_in(sources: tuple[tuple[str, str], ...]) -> Names:
    variables: dict[Place, str] = {}
    helpers: dict[Place, str] = {}
    blocks: set[Place] = set()
    limits: set[tuple[str, str]] = set()
    for path, source in sources:
        for node in ast.walk(parsed(source) or ast.Module([], [])):
            for target, value in _bindings(node):
                name = _name(target)
                for line in range(value.lineno, (value.end_lineno or value.lineno) + 1) if name else ():
                    variables.setdefault((path, line), name)
            if isinstance(node, ast.Call) and _called(node) in _PREPARING:
                helpers.setdefault((path, node.lineno), _called(node))
            if isinstance(node, ast.Call) and _limits(node):
                limits.add((path, _limited(node)))
            if isinstance(node, (ast.With, ast.AsyncWith)):
                blocks |= {(path, line) for line in range(node.lineno, node.body[0].lineno)}
    return Names(variables, helpers, frozenset(blocks), frozenset(limits))


def _bindings(node: ast.AST) -> Iterator[tuple[ast.expr, ast.expr]]:
    """Yield what is bound by a statement that opens a socket, and the call that opens it."""
    pairs: list[tuple[ast.expr | None, ast.expr]] = []
    if isinstance(node, ast.Assign):
        pairs = [(node.targets[0], node.value)]
    elif isinstance(node, (ast.NamedExpr, ast.AnnAssign)) and node.value:
        pairs = [(node.target, node.value)]
    elif isinstance(node, (ast.With, ast.AsyncWith)):
        pairs = [(item.optional_vars, item.context_expr) for item in node.items]
    for target, value in pairs:
        while isinstance(value, (ast.Await, ast.Subscript)):  # `listener.accept()[0]` is a socket, too
            value = value.value
        if target is not None and isinstance(value, ast.Call) and _called(value) in _OPENERS:
            yield target, value


def _limits(call: ast.Call) -> bool:
    """Say whether a call sets a time limit for others."""
    given = [one.value if isinstance(one, ast.Constant) else one for one in call.args]
    return _called(call) in ("settimeout", "setdefaulttimeout") and len(given) == 1 and given[0] not in (None, 0)


def _limited(call: ast.Call) -> str:
    """Return the variable whose calls get the limit; `""` if all sockets do."""
    owner = isinstance(call.func, ast.Attribute) and call.func.attr == "settimeout" and call.func.value
    return _name(owner) if owner else ""


def _called(call: ast.Call) -> str:
    return (
        call.func.attr
        if isinstance(call.func, ast.Attribute)
        else call.func.id
        if isinstance(call.func, ast.Name)
        else ""
    )


def _name(target: ast.expr) -> str:
    if isinstance(target, ast.Tuple) and target.elts:
        target = target.elts[0]
    name = target.id if isinstance(target, ast.Name) else target.attr if isinstance(target, ast.Attribute) else ""
    return "" if name == "_" else name
