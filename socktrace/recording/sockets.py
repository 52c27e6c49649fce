"""What the calls on a socket tell of it: where it comes from, what the program made of it, its names. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from socktrace.recording import Call, Socket

_OPENING = ("socket", "socketpair", "adopt")


@dataclass(frozen=True, slots=True)
class Kind:
    """What the program asked for when it opened a socket.

    Args:
        family: `AF_INET` and so on.
        type: `SOCK_STREAM` and so on.
    """

    family: str = "unknown"
    type: str = "unknown"


def told(id: int, kind: Kind, calls: Sequence[Call], maker: Call | None, *, tls: bool) -> Socket:
    """Put together what is known of a socket.

    Args:
        id: Its number.
        kind: What it is.
        calls: The calls on it, in order.
        maker: The `accept()` that returned it, if one did.
        tls: Whether its bytes went through `ssl`.
    """
    local, peer = (maker.local, maker.peer) if maker else (None, None)
    for call in calls:
        if call.name != "accept":  # what that tells is about the socket it made
            local = call.local or local
            if kind.type != "SOCK_DGRAM" or call.name == "connect":
                peer = call.peer or peer
    origin = "accept" if maker else next((call.name for call in calls if call.name in _OPENING), "adopt")
    return Socket(
        id=id,
        family=kind.family,
        type=kind.type,
        origin=origin,
        role=_role(origin, kind.type, calls),
        local=local,
        peer=peer,
        tls=tls,
    )


def makers(calls: Iterable[Call]) -> dict[int, Call]:
    """Return the `accept()` that returned each accepted socket, by `Socket.id`."""
    return {call.made: call for call in calls if call.name == "accept" and call.made is not None}


def _role(origin: str, kind: str, calls: Sequence[Call]) -> str:
    if origin in ("accept", "socketpair"):
        return {"accept": "accepted", "socketpair": "pair"}[origin]
    if any(call.name == "listen" and not call.error for call in calls):
        return "listener"
    if kind == "SOCK_DGRAM":
        return "datagram"
    return "client" if any(call.name == "connect" for call in calls) else "unused"
