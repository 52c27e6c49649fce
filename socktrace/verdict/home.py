"""Rules 5 and 6: it stays on loopback, and fixes no port. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from socktrace.recording import Call, Socket
from socktrace.verdict.case import Case, target
from socktrace.verdict.events import Finding
from socktrace.verdict.outside import LETS_OUT

_NAMING = ("bind", "listen", "connect", "send")
"""The calls that can take an address, or choose one."""


def stays_home(case: Case) -> Iterator[Finding]:
    """It speaks to loopback addresses only, and binds no others."""
    for call in case.recording.calls:
        if call.name not in _NAMING or not is_internet(case.recording.socket(call.socket)):
            continue
        if call.name == "bind" or (call.name == "listen" and not _was_bound(case, call)):
            end = call.local if call.error is None else target(call)
            if end and (end.is_wildcard or end.address == ""):
                message = f"it bound {end}, which every interface of the host answers"
                yield case.finding("wildcard", message, 'bind "127.0.0.1" or "::1"', call)
            elif end and not end.is_loopback:
                message = f"it bound {end}, which is not loopback"
                yield case.finding("beyond-loopback", message, 'bind "127.0.0.1" or "::1"', call)
        elif call.name in ("connect", "send"):
            far = call.peer or target(call)
            if far and not (far.is_loopback or far.is_wildcard):
                message = f"it spoke to {far}, which is not loopback"
                yield case.finding(
                    "beyond-loopback", message, _at_home(case, "speak to a socket of the same program"), call
                )


def asks_at_home(case: Case) -> Iterator[Finding]:
    """It asks the resolver for names of this host only."""
    for lookup in case.recording.lookups:
        name = lookup.name.rstrip(".").lower()
        if name != "localhost" and not name.endswith(".localhost"):  # RFC 6761 section 6.3
            message = f"it asked for the address of {lookup.name!r}, a question for other hosts"
            cure = _at_home(case, 'write "127.0.0.1" or "localhost"')
            yield case.finding("beyond-loopback", message, cure, line=lookup.line, file=lookup.file)


def _at_home(case: Case, cure: str) -> str:
    return cure if case.recording.on_host else f"{cure}; {LETS_OUT}"


def is_internet(socket: Socket) -> bool:
    """Say whether a socket has addresses and ports of IP."""
    return socket.family in ("AF_INET", "AF_INET6")


def _was_bound(case: Case, listening: Call) -> bool:
    return any(call.name == "bind" and call.error is None for call in case.calls(listening.socket))


def fixes_no_port(case: Case) -> Iterator[Finding]:
    """It leaves the choice of a port number to the kernel."""
    given: set[int] = set()
    for call in case.recording.calls:
        asked = target(call) if call.name == "bind" and is_internet(case.recording.socket(call.socket)) else None
        if asked and asked.port and asked.port not in given and not _is_met_at(case, call.process, asked.port):
            message = f"it bound port {asked.port}, a number that the kernel did not choose"
            yield case.finding("fixed-port", message, "bind port 0 and ask getsockname() for the number", call)
        given |= {end.port for end in (call.local, call.peer if call.name == "accept" else None) if end and end.port}


def _is_met_at(case: Case, process: int, port: int) -> bool:
    """Say whether another program calls a port: it can only know a number that was written down before both began."""
    numbers = range(len(case.recording.programs))
    others = (call for call in case.recording.calls if call.process in numbers and call.process != process)
    calls = (call for call in others if call.name in ("connect", "send"))
    return process in numbers and any(end and end.port == port for call in calls for end in (target(call), call.peer))
