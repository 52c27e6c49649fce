"""What the calls on a socket tell of it: where it comes from, what the program made of it, its names. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from socktrace.recording import Call, Endpoint, Socket

_OPENING = ("socket", "socketpair", "adopt")


@dataclass(frozen=True, slots=True)
class Kind:
    """What the program asked for when it opened a socket.

    Args:
        family: `AF_INET` and so on.
        type: `SOCK_STREAM` and so on.
        tls: True if its bytes went through `ssl`.
    """

    family: str = "unknown"
    type: str = "unknown"
    tls: bool = False


def told(id: int, kind: Kind, calls: Sequence[Call], maker: Call | None) -> Socket:
    """Put together what is known of a socket.

    Args:
        id: Its number.
        kind: What it is.
        calls: The calls on it, in order.
        maker: The `accept()` that returned it, if one did.
    """
    own = [call for call in calls if call.name != "accept"]  # what accept() tells is about the socket it made
    lasting = [call for call in own if kind.type != "SOCK_DGRAM" or call.name == "connect"]
    made = [maker] if maker else []
    origin = "accept" if maker else next((call.name for call in calls if call.name in _OPENING), "adopt")
    return Socket(
        id=id,
        family=kind.family,
        type=kind.type,
        origin=origin,
        role=_role(origin, kind.type, calls),
        local=_last(call.local for call in [*made, *own]),
        peer=_last(call.peer for call in [*made, *lasting]),
        tls=kind.tls,
    )


def makers(calls: Iterable[Call]) -> dict[int, Call]:
    """Return the `accept()` that returned each accepted socket, by `Socket.id`."""
    return {call.made: call for call in calls if call.name == "accept" and call.made is not None}


def _last(ends: Iterable[Endpoint | None]) -> Endpoint | None:
    return next((end for end in reversed([*ends]) if end), None)


def _role(origin: str, kind: str, calls: Sequence[Call]) -> str:
    if origin in ("accept", "socketpair"):
        return {"accept": "accepted", "socketpair": "pair"}[origin]
    if any(call.name == "listen" and not call.error for call in calls):
        return "listener"
    if kind == "SOCK_DGRAM":
        return "datagram"
    return "client" if any(call.name == "connect" for call in calls) else "unused"
