"""The names that a program gives its sockets, read from its text. Pure."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field

_OPENERS = frozenset({
    "socket", "create_server", "create_connection", "accept", "socketpair", "fromfd", "dup", "wrap_socket",
})  # fmt: skip
_PREPARING = frozenset({"create_server", "create_connection"})


@dataclass(frozen=True, slots=True)
class Names:
    """What a program's text tells of its sockets; all is empty if nobody has the text.

    Args:
        variables: By line, the variable that a socket opened there is bound to.
        helpers: By line, the function that makes several calls of the kernel, such as `create_server`.
        blocks: The lines on which a `with` statement names a socket, which it will close.
    """

    variables: dict[int, str] = field(default_factory=dict)
    helpers: dict[int, str] = field(default_factory=dict)
    blocks: frozenset[int] = frozenset()


def names_in(source: str) -> Names:
    """Return what a program's text tells of its sockets.

    Args:
        source: The text; one that is no Python tells nothing.
    """
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError):
        return Names()
    variables: dict[int, str] = {}
    helpers: dict[int, str] = {}
    blocks: set[int] = set()
    for node in ast.walk(tree):
        for target, value in _bindings(node):
            name = _name(target)
            for line in range(value.lineno, (value.end_lineno or value.lineno) + 1) if name else ():
                variables.setdefault(line, name)
        if isinstance(node, ast.Call) and _called(node) in _PREPARING:
            helpers.setdefault(node.lineno, _called(node))
        if isinstance(node, (ast.With, ast.AsyncWith)):
            blocks.update(range(node.lineno, node.body[0].lineno))
    return Names(variables, helpers, frozenset(blocks))


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
        value = value.value if isinstance(value, ast.Await) else value
        if target is not None and isinstance(value, ast.Call) and _called(value) in _OPENERS:
            yield target, value


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
