"""Reads the headers that every packet begins with: IP, and the numbers at the beginning of what it carries. Pure."""

from __future__ import annotations

import socket
import struct
from functools import lru_cache
from typing import NamedTuple

PROTOCOLS = {1: "ICMP", 6: "TCP", 17: "UDP", 58: "ICMPv6"}
FLAGS = {"SYN": 0x02, "ACK": 0x10, "FIN": 0x01, "RST": 0x04, "PSH": 0x08}  # RFC 9293 section 3.1
_OPTIONS = (0, 43, 60)
"""IPv6 extension headers that are as long as their second byte says: hop-by-hop, routing, destination options."""
_FRAGMENT = 44


class Internet(NamedTuple):
    """What an IP header says, and the extension headers after it.

    Args:
        protocol: What it carries, one of `PROTOCOLS`.
        source: The sender's address.
        destination: The receiver's address.
        start: Where what it carries begins.
        is_first: True for the first of several fragments.
        is_later: True for any further fragment, in which what it carries does not begin.
    """

    protocol: str
    source: str
    destination: str
    start: int
    is_first: bool = False
    is_later: bool = False


def internet(head: bytes) -> Internet | None:
    """Read an IP header; `None` if it is cut short, malformed, or carries something else than `PROTOCOLS`.

    Sources: RFC 791 section 3.1; RFC 8200 sections 3 and 4.
    """
    version = head[0] >> 4 if head else 0
    if version == 4 and len(head) >= 20:
        return _internet_4(head)
    return _internet_6(head) if version == 6 and len(head) >= 40 else None


def _internet_4(head: bytes) -> Internet | None:
    protocol, start = PROTOCOLS.get(head[9]), (head[0] & 0xF) * 4
    if protocol is None or start < 20:
        return None
    fragment = head[6] << 8 | head[7]
    offset, more = fragment & 0x1FFF, bool(fragment & 0x2000)
    return Internet(protocol, _address(head[12:16]), _address(head[16:20]), start, more and not offset, offset > 0)


def _internet_6(head: bytes) -> Internet | None:
    carried, start, is_first, is_later = head[6], 40, False, False
    while (carried in _OPTIONS or carried == _FRAGMENT) and not is_later:
        if len(head) < start + 8:
            return None
        if carried == _FRAGMENT:
            fragment = int(struct.unpack_from("!H", head, start + 2)[0])
            offset, more = fragment >> 3, bool(fragment & 1)
            is_first, is_later = more and not offset, offset > 0
            carried, start = head[start], start + 8
        else:
            carried, start = head[start], start + 8 + head[start + 1] * 8
    # what a later fragment carries may begin with further extension headers, so it is not known
    protocol = "IP" if is_later else PROTOCOLS.get(carried)
    if protocol is None:
        return None
    return Internet(protocol, _address(head[8:24]), _address(head[24:40]), start, is_first, is_later)


def length_of(head: bytes) -> int:
    """Return how long a packet is by its own header; what was captured, if that is too short to tell."""
    if len(head) < 8:
        return len(head)
    if head[0] >> 4 == 6:
        return 40 + int(struct.unpack_from("!H", head, 4)[0])
    return int(struct.unpack_from("!H", head, 2)[0])


def is_landmark(head: bytes) -> bool:
    """Say whether a packet opens or ends a connection, or complains: what a run cannot be judged without.

    Args:
        head: The first bytes of the packet, from the IP header on.
    """
    ip = internet(head)
    if ip is None or ip.is_later or ip.protocol == "UDP":
        return False
    ends = FLAGS["SYN"] | FLAGS["FIN"] | FLAGS["RST"]
    return ip.protocol != "TCP" or (len(head) > ip.start + 13 and bool(head[ip.start + 13] & ends))


def ports(head: bytes) -> tuple[int, ...]:
    """Return the source and the destination port of a TCP segment or a UDP datagram; none for anything else.

    Args:
        head: The first bytes of the packet, from the IP header on.
    """
    ip = internet(head)
    if ip is None or ip.protocol not in ("TCP", "UDP") or ip.is_later or len(head) < ip.start + 4:
        return ()
    return struct.unpack_from("!HH", head, ip.start)


def tcp_numbers(head: bytes) -> tuple[int, ...]:
    """Return the sequence and acknowledgment numbers of a TCP segment as they crossed; none for anything else.

    Args:
        head: The first bytes of the packet, from the IP header on.
    """
    ip = internet(head)
    if ip is None or ip.protocol != "TCP" or ip.is_later or len(head) < ip.start + 12:
        return ()
    return struct.unpack_from("!II", head, ip.start + 4)


def window(head: bytes) -> int | None:
    """Return the window that a TCP segment tells, in the units of its sender; `None` for anything else.

    Args:
        head: The first bytes of the packet, from the IP header on.
    """
    ip = internet(head)
    if ip is None or ip.protocol != "TCP" or ip.is_later or len(head) < ip.start + 16:
        return None
    return head[ip.start + 14] << 8 | head[ip.start + 15]


@lru_cache(maxsize=1024)
def _address(raw: bytes) -> str:
    if len(raw) == 4:
        return socket.inet_ntoa(raw)
    import ipaddress  # which takes longer to load than all else here, and a program can be started without it

    return str(ipaddress.ip_address(raw))
