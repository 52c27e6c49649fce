"""Raw packets, written by hand or recorded and then changed, for what reads them."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random
    from collections.abc import Iterator

    from sitebuild.programs.store import Store

UDP_HEAD = struct.pack("!HHHH", 4000, 4001, 8 + 3000, 0)
TCP_HEAD = struct.pack("!HHIIBBHHH", 4000, 4001, 7, 8, 5 << 4, 16, 512, 0, 0)


def ip4(protocol: int, payload: bytes, *, fragment: int = 0, length: int = 0) -> bytes:
    """Write an IPv4 packet; `fragment` is the word that holds the flags and the offset."""
    ends = bytes([127, 0, 0, 1]) * 2
    return struct.pack("!BBHHHBBH", 69, 0, length or 20 + len(payload), 7, fragment, 64, protocol, 0) + ends + payload


def ip6(protocol: int, payload: bytes) -> bytes:
    """Write an IPv6 packet from the loopback address to itself."""
    return struct.pack("!IHBB", 6 << 28, len(payload), protocol, 64) + (bytes(15) + b"\x01") * 2 + payload


def corpus(store: Store) -> list[bytes]:
    """Return packets of every sort that there is: recorded ones, and the rare ones, written by hand."""
    made = [
        ip4(17, UDP_HEAD + bytes(64), fragment=0x2000),
        ip4(17, b"AAAABBBB" * 9, fragment=185),
        ip6(44, struct.pack("!BBHI", 6, 0, 1, 9) + TCP_HEAD),
        ip6(44, struct.pack("!BBHI", 17, 0, 1481, 9) + b"AAAABBBB"),
        ip6(0, struct.pack("!BB", 60, 0) + bytes(6) + struct.pack("!BB", 6, 1) + bytes(14) + TCP_HEAD + b"hi"),
        ip4(1, struct.pack("!BBHI", 3, 3, 0, 0) + ip4(17, UDP_HEAD)),
        ip6(58, struct.pack("!BBHI", 1, 4, 0, 0) + ip6(44, struct.pack("!BBHI", 17, 0, 0, 9) + UDP_HEAD)),
        ip6(58, struct.pack("!BBHI", 2, 0, 0, 1280) + ip6(43, bytes(3))),
    ]
    names = ("sockets/echo.py", "ports/two_mailboxes.py", "sockets/two_families_two_listeners.py", "sockets/refused.py")
    recorded = [recording for name in names if (recording := store.load(name))]
    assert len(recorded) == len(names)
    sorts = {(one.protocol, one.flags, one.raw[0]): one.raw for recording in recorded for one in recording.packets}
    return made + [bytes.fromhex(raw) for raw in sorts.values()]


def mutations(raw: bytes, chance: random.Random) -> Iterator[bytes]:
    """Yield a packet cut at each length, and with bytes at the places that decide set to what decides otherwise."""
    yield from (raw[:length] for length in range(len(raw)))
    for _ in range(150):
        changed = bytearray(raw)
        for _ in range(chance.randint(1, 4)):
            changed[chance.randrange(len(changed))] = chance.choice((0, 1, 6, 17, 44, 58, 60, 0x4F, 0x60, 0x80, 0xFF))
        yield bytes(changed[: chance.randint(0, len(changed))] if chance.random() < 0.2 else changed)
