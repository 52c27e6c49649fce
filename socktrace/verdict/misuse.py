"""Why the kernel refused a call on a socket that the program had not made ready for it. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from socktrace.recording import Call, Socket
from socktrace.verdict.case import Case, target
from socktrace.wording import describe, protocol

_ON_ITS_WAY = "EINPROGRESS"


@dataclass(frozen=True, slots=True)
class Cause:
    """Why something failed.

    Args:
        words: What was the matter, as the end of a sentence.
        fix: What to do about it.
        at: The call where it went wrong, if that is another than the one that felt it.
    """

    words: str
    fix: str
    at: Call | None = None


def misuse(case: Case, call: Call) -> Cause | None:
    """Say what a socket was not ready for; `None` if it was.

    Args:
        case: The run.
        call: The call, which has an error.
    """
    rule = _RULES.get(call.error or "")
    return rule(case, call, case.recording.socket(call.socket)) if rule else None


def _done(case: Case, call: Call, name: str) -> Call | None:
    """Return the call of a kind that a socket had before, and that did what it was to do."""
    before = (one for one in case.calls(call.socket) if one.name == name and one.at < call.at)
    return next((one for one in before if one.error in (None, _ON_ITS_WAY)), None)


def _since(case: Case, before: Call | None, call: Call) -> str:
    place = case.place(before, call)
    return f" since {place}" if place else ""


def _at(case: Case, before: Call, call: Call) -> str:
    place = case.place(before, call)
    return f", for {before.function}() failed at {place}" if place else f", for {before.function}() failed"


def _is_connected(case: Case, call: Call, socket: Socket) -> Cause:
    before = _done(case, call, "connect") or case.recording.openings[call.socket]
    where = f" to {socket.peer}" if socket.peer else ""
    fix = "leave this connect() out: that connection can be used; for another one, make another socket"
    since = f",{since}" if (since := _since(case, before, call)) else ""
    return Cause(f"the {describe(socket)} has a connection{where} already{since}", fix)


def _is_not_connected(case: Case, call: Call, socket: Socket) -> Cause | None:
    if any(one.name == "listen" and not one.error for one in case.calls(call.socket)):
        words = f"the {describe(socket)} only waits for callers"
        return Cause(words, "read from the socket that accept() returns, and write to that")
    if socket.role == "accepted" or socket.origin == "socketpair" or _done(case, call, "connect"):
        return None
    failed = [one for one in case.calls(call.socket) if one.name == "connect" and one.until <= call.at]
    if failed:
        words = f"the {describe(socket)} has no connection{_at(case, failed[-1], call)}: {failed[-1].error}"
        return Cause(words, "look at what connect_ex() returns, 0 for a connection; or call connect(), which raises it")
    fix = "call connect() first; a server talks through the socket that accept() returns"
    return Cause(f"the {describe(socket)} was never connected", fix)


def _is_not_ready(case: Case, call: Call, socket: Socket) -> Cause | None:
    """The argument is not wrong, as the error says (EINVAL): the socket is; or an address is not whole."""
    if call.name in ("bind", "connect", "send") and _LINK_LOCAL.match(call.argument):
        words = "an address that begins with fe80 is one of each interface, and none is named (RFC 4007 section 6)"
        return Cause(words, "name it with the address, such as `fe80::1%eth0`: getaddrinfo() makes an address of that")
    if call.name == "accept" and not _done(case, call, "listen"):
        place = case.place(_done(case, call, "bind"), call)
        after = f"after bind() at {place}" if place else "after bind()"
        return Cause(f"the {describe(socket)} does not listen", f"call listen() {after}, before accept()")
    if call.name == "accept":
        shut = next((one for one in case.calls(call.socket) if one.name == "shutdown" and one.at <= call.until), None)
        words = f"the {describe(socket)} was shut down" + (f" at {place}" if (place := case.place(shut, call)) else "")
        fix = "leave the loop then: that is how one who waits in accept() is woken, `except OSError: break`"
        return Cause(words, fix) if shut else None
    if call.name == "bind" and (before := _done(case, call, "bind")):
        words = f"the {describe(socket)} has had its name{_since(case, before, call)}"
        return Cause(words, "bind a socket once; for another port, make another socket")
    return None


def _would_wait(_case: Case, call: Call, socket: Socket) -> Cause | None:
    what = {
        "recv": "nothing had come",
        "accept": "nobody had called",
        "send": "there was no room for what is to be sent",
    }.get(call.name)
    if what is None or socket.tls:
        return None
    fix = (
        "wait until it is ready, with `selectors` or select(); or let the call itself wait: "
        "`setblocking(True)`, `settimeout()`"
    )
    why = "setblocking(False), settimeout(0) or MSG_DONTWAIT says so"
    return Cause(f"{what}, and the {describe(socket)} does not wait: {why}", fix)


def _goes_on(_case: Case, call: Call, socket: Socket) -> Cause | None:
    if call.name != "connect":
        return None
    words = f"the {describe(socket)} is being connected, and does not wait for that: setblocking(False) says so"
    fix = "connect first and then call setblocking(False); or wait until select() says that one can write to it"
    return Cause(words, fix)


def _goes_nowhere(_case: Case, _call: Call, socket: Socket) -> Cause:
    return Cause(f"the {describe(socket)} has nobody to send to", "name the receiver: `sendto(data, address)`")


def _is_too_long(_case: Case, _call: Call, socket: Socket) -> Cause | None:
    if protocol(socket) != "UDP":
        return None
    words = "a datagram takes 65,507 bytes at most over IPv4, and 65,527 over IPv6"
    return Cause(words, "send it in parts, or over TCP")


def _is_forbidden(_case: Case, call: Call, socket: Socket) -> Cause | None:
    end = target(call) or call.peer
    if call.name in ("send", "connect") and protocol(socket) == "UDP":
        words = f"{end or 'that'} is a broadcast address, and the {describe(socket)} may not send there"
        return Cause(words, "allow it first: `setsockopt(socket.SOL_SOCKET, socket.SO_BROADCAST, 1)` (socket(7))")
    if call.name == "bind" and end and end.port and end.port < _FREE:
        return Cause(f"only root may bind a port below {_FREE:,}", f"bind one from {_FREE:,} on, or 0 for any")
    return None


def _no_file(case: Case, call: Call, socket: Socket) -> Cause | None:
    """Say of a path of the Unix domain that no socket has it yet, or none any more (unix(7))."""
    if socket.family != "AF_UNIX" or call.name == "bind":
        return None
    binds = [one for one in case.recording.calls if one.name == "bind" and one.argument == call.argument]
    later = next((one for one in binds if one.until > call.at and not one.error), None)
    if later:
        place = case.place(later, call)
        words = "no socket has that path yet" + (f": {place} binds it only later" if place else "")
        return Cause(words, "call when it listens: let the server's side say so, or try again a little later")
    if binds and call.via.startswith("multiprocessing"):
        fix = "let who uses it end first: join() it within the `with` of the manager, or before shutdown(), and take "
        told = _told_to_end(case, call)
        place = ": it was told so here" if told and told.line != call.line else ""
        words = f"the process that listened there, such as that of a manager, had ended{place}"
        return Cause(words, f"{fix}what you still need out of it by then: `dict(shared)`", told if place else None)
    words = "the file of its socket has been removed" if binds else "no socket of this run has bound that path"
    return Cause(words, "bind it first, and leave its file there while the server listens")


def _told_to_end(case: Case, call: Call) -> Call | None:
    """Return the call by which a process of multiprocessing was told to end that listened where another one calls."""
    asked = (one for one in reversed(case.recording.calls) if (one.name, one.argument) == ("connect", call.argument))
    before = (one for one in asked if one.at < call.at and not one.error and one.line)
    return next((one for one in before if any("shutdown" in row.data for row in case.calls(one.socket))), None)


def _is_of_another_type(case: Case, call: Call, socket: Socket) -> Cause | None:
    """Say of a path of the Unix domain that the socket there is of another type (connect(2), EPROTOTYPE)."""
    binds = [one for one in case.recording.calls if one.name == "bind" and one.argument == call.argument]
    others = [case.recording.socket(one.socket).type for one in binds if not one.error and one.at < call.at]
    if socket.family != "AF_UNIX" or not others or others[-1] == socket.type:
        return None
    place = case.place(binds[-1], call)
    words = (
        f"the socket that has that path{f', of {place},' if place else ''} is a {others[-1]}, and this a {socket.type}"
    )
    return Cause(words, f"make both of one type, here too `socket.socket(socket.AF_UNIX, socket.{others[-1]})`")


_LINK_LOCAL = re.compile(r"\[?fe[89ab]", re.IGNORECASE)
"""How an address of IPv6 begins that is of a link alone (RFC 4291 section 2.5.6)."""
_FREE = 1024
"""From which port on anybody may bind it (ip(7), ip_unprivileged_port_start)."""
_RULES: Mapping[str, Callable[[Case, Call, Socket], Cause | None]] = {
    "EISCONN": _is_connected,
    "ENOTCONN": _is_not_connected,
    "EPIPE": _is_not_connected,
    "EINVAL": _is_not_ready,
    "EAGAIN": _would_wait,
    "EINPROGRESS": _goes_on,
    "EALREADY": _goes_on,
    "EDESTADDRREQ": _goes_nowhere,
    "EACCES": _is_forbidden,
    "EMSGSIZE": _is_too_long,
    "ENOENT": _no_file,
    "EPROTOTYPE": _is_of_another_type,
}
