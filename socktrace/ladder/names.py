"""The names that a program gives its sockets, read from its text. Pure."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache

from socktrace.ladder.parsed import parsed
from socktrace.recording import Call, Recording
from socktrace.recording.conversations import calls_of
from socktrace.visible import visible

_OPENERS = {
    "socket": "socket",
    "create_server": "socket",
    "create_connection": "socket",
    "accept": "accept",
    "socketpair": "socketpair",
    "fromfd": "adopt",
    "dup": "adopt",
    "wrap_socket": "adopt",
}
"""The functions that open a socket, each with what a recording calls it."""

_SAYS = {
    "ssl.read": ("recv", "recv_into"),
    "ssl.send": ("sendall", "send"),
    "sendmsg": ("send_fds", "sendmsg"),
    "recvmsg": ("recv_fds", "recvmsg"),
}
"""What a program may have called, for calls that the standard library makes for it; the last is what it else has."""

_OF_FILES = ("readline", "readlines", "read", "read1", "readinto")
"""The methods of a file around a socket, which calls `recv_into()` when it needs more."""

_LOOP = "for"
"""What a loop over such a file is called, beside the names of functions: no function can be called so."""

_PREPARING = frozenset({"create_server", "create_connection"})


Place = tuple[str, int]
"""A file, as `Call.path` names it, and a line of it, counted from 1."""


def place_of(call: Call | None) -> Place:
    """Return the line that led to a call; a place that is none if nobody knows it."""
    return (call.path, call.line) if call and call.path is not None and call.line else ("", 0)


@dataclass(frozen=True, slots=True)
class Opener:
    """A call in a program's text that opens a socket.

    Args:
        function: The function called: `create_server`.
        variables: What its socket is bound to; two variables for the halves of a pair, or one for both, none if it is
            bound to nothing.
    """

    function: str
    variables: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Names:
    """What a program's text tells of its sockets; all is empty if nobody has the text.

    Args:
        openers: By file and line, the calls there that open a socket, in the order in which they are made.
        helpers: By file and line, the function that makes several calls of the kernel, such as `create_server`.
        blocks: The files and lines on which a `with` statement names a socket, which it will close.
        calls: The names of functions, each with a file and a line on which it is called.
        limits: The files, and in each the variables whose calls have a time limit; `""` if all calls of the file have.
    """

    openers: Mapping[Place, tuple[Opener, ...]] = field(default_factory=dict)
    helpers: Mapping[Place, str] = field(default_factory=dict)
    blocks: frozenset[Place] = frozenset()
    calls: frozenset[tuple[Place, str]] = frozenset()
    limits: frozenset[tuple[str, str]] = frozenset()

    def connects(self, call: Call) -> str:
        """Return what the program called to connect: the helper that its line names, or the function itself.

        Args:
            call: A call of `connect()`.
        """
        helper = self.helpers.get(place_of(call), "")
        return helper if helper == "create_connection" else self.function(call)

    def function(self, call: Call) -> str:
        """Return what the program called, as its line says it.

        Args:
            call: A call.
        """
        says = _SAYS.get(call.function, (call.function or call.name,))
        return visible(next((name for name in says if (place_of(call), name) in self.calls), says[-1]))

    def reader(self, call: Call) -> str:
        """Return what has called `recv_into()` for a line that does not itself: `readline()`, or its loop over a file.

        Args:
            call: A call.
        """
        told = {name for place, name in self.calls if place == place_of(call)}
        if call.function != "recv_into" or call.function in told:
            return ""
        method = next((name for name in _OF_FILES if name in told), "")
        return f"{method}()" if method else _LOOP if _LOOP in told else ""

    def variable(self, recording: Recording, socket: int | None) -> str:
        """Return the variable that a program bound a socket to when it opened it; `""` if it is not known.

        A line may open several, by several calls: the first of its sockets is the first call's then, and so on, round
        after round. Where they don't come out even, or one of them failed, none has a name: a wrong one is worse.

        Args:
            recording: The run.
            socket: `Socket.id`.
        """
        if socket is None or socket not in recording.openings:
            return ""
        opening = recording.openings[socket]
        openers = [one for one in self.openers.get(place_of(opening), ()) if _OPENERS[one.function] == opening.name]
        if not openers or opening.name == "socketpair":
            names = openers[0].variables if len(openers) == 1 else ()
            half = int(socket != opening.socket)
            return names[half] if len(names) > 1 else f"{names[0]}[{half}]" if names else ""
        names = tuple(next(iter(one.variables), "") for one in openers)
        if len({*names}) == 1:
            return names[0]
        beside = [one for one, call in recording.openings.items() if _beside(call, opening)]
        if len(beside) % len(names) or any(_failed(recording, one) for one in beside):
            return ""
        return names[beside.index(socket) % len(names)]


def _beside(call: Call, opening: Call) -> bool:
    """Say whether two calls opened a socket by the same line, in the same thread and in the same way."""
    return call.line == opening.line and all(
        getattr(call, part) == getattr(opening, part) for part in ("path", "process", "thread", "name")
    )


def _failed(recording: Recording, socket: int) -> bool:
    """Say whether the line that opened a socket failed to connect it: it may have gone on with another, or ended."""
    at = place_of(recording.openings[socket])
    return any(
        call.name == "connect" and call.error not in (None, "EINPROGRESS") and place_of(call) == at
        for call in calls_of(recording, socket)
    )


def as_called(recording: Recording, sources: Mapping[str, str]) -> Recording:
    """Return a recording whose calls go by what the program's lines call.

    Args:
        recording: The run.
        sources: The texts of its programs, by file.
    """
    names = names_in(sources)
    return replace(recording, calls=tuple(replace(one, function=names.function(one)) for one in recording.calls))


def names_in(sources: Mapping[str, str]) -> Names:
    """Return what the texts of programs tell of their sockets.

    Args:
        sources: The texts, by file, as `Call.path` names it; one that is no Python tells nothing.
    """
    return _names_in(tuple(sources.items()))


@lru_cache(maxsize=256)  # a run asks for them, and the page that shows it
def _names_in(sources: tuple[tuple[str, str], ...]) -> Names:
    openers: dict[Place, tuple[Opener, ...]] = {}
    helpers: dict[Place, str] = {}
    blocks: set[Place] = set()
    calls: set[tuple[Place, str]] = set()
    limits: set[tuple[str, str]] = set()
    for path, source in sources:
        tree = parsed(source) or ast.Module([], [])
        for call, opener in _openers(tree):
            for line in range(call.lineno, (call.end_lineno or call.lineno) + 1):
                openers[path, line] = (*openers.get((path, line), ()), opener)
        files = {
            _name(target) for node in ast.walk(tree) for target, value in _bound(node) if _called(value) == "makefile"
        }
        for node in ast.walk(tree):
            if isinstance(node, ast.For) and isinstance(node.iter, ast.Name) and node.iter.id in files:
                calls.add(((path, node.lineno), _LOOP))
            if isinstance(node, ast.Call):
                lines = range(node.lineno, (node.end_lineno or node.lineno) + 1)
                calls |= {((path, line), _called(node)) for line in lines}
            if isinstance(node, ast.Call) and _called(node) in _PREPARING:
                helpers.setdefault((path, node.lineno), _called(node))
            if isinstance(node, ast.Call) and _limits(node):
                limits.add((path, _limited(node)))
            if isinstance(node, (ast.With, ast.AsyncWith)):
                blocks |= {(path, line) for line in range(node.lineno, node.body[0].lineno)}
    return Names(openers, helpers, frozenset(blocks), frozenset(calls), frozenset(limits))


def _openers(tree: ast.Module) -> Iterator[tuple[ast.Call, Opener]]:
    """Yield each call that opens a socket, in the order in which they are made: the inner one before the outer one."""
    calls: list[ast.Call] = []
    bound: dict[ast.Call, tuple[str, ...]] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and _called(node) in _OPENERS:
            calls.append(node)
        for target, value in _bindings(node):
            bound[value] = _variables(target, value)
            for inner in value.args if _called(value) == "wrap_socket" else ():  # what it wraps goes by its name
                if isinstance(inner, ast.Call):
                    bound.setdefault(inner, bound[value])
    calls.sort(key=lambda call: (call.end_lineno or 0, call.end_col_offset or 0))
    for call in calls:
        yield call, Opener(_called(call), bound.get(call, ()))


def _variables(target: ast.expr, value: ast.Call) -> tuple[str, ...]:
    if _called(value) == "socketpair" and isinstance(target, ast.Tuple):
        return tuple(_name(one) for one in target.elts)
    name = _name(target)
    return (name,) if name else ()


def _bindings(node: ast.AST) -> Iterator[tuple[ast.expr, ast.Call]]:
    """Yield what is bound by a statement that opens a socket, and the call that opens it."""
    return ((target, call) for target, call in _bound(node) if _called(call) in _OPENERS)


def _bound(node: ast.AST) -> Iterator[tuple[ast.expr, ast.Call]]:
    """Yield what a statement binds to the result of a call, and the call."""
    pairs: list[tuple[ast.expr | None, ast.expr]] = []
    if isinstance(node, ast.Assign):
        pairs = [(node.targets[0], node.value)]
    elif isinstance(node, (ast.NamedExpr, ast.AnnAssign)) and node.value:
        pairs = [(node.target, node.value)]
    elif isinstance(node, (ast.With, ast.AsyncWith)):
        pairs = [(item.optional_vars, item.context_expr) for item in node.items]
    for target, value in [split for pair in pairs for split in _split(*pair)]:
        opened = _opened(value)
        if target is not None and isinstance(opened, ast.Call):
            yield target, opened


def _opened(value: ast.expr) -> ast.expr:
    """Return the call whose socket a value is: `listener.accept()[0]` is one, too, as what a stack will close."""
    if isinstance(value, (ast.Await, ast.Subscript)):
        return _opened(value.value)
    if isinstance(value, ast.Call) and _called(value) == "enter_context" and len(value.args) == 1:
        return _opened(value.args[0])
    return value


def _split(target: ast.expr | None, value: ast.expr) -> Iterator[tuple[ast.expr | None, ast.expr]]:
    """Yield what `one, other = socket(), socket()` binds, each with its own value."""
    if isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple) and len(target.elts) == len(value.elts):
        yield from zip(target.elts, value.elts, strict=True)
    else:
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
