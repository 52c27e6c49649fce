"""Reads the packets that crossed the loopback interface: TCP, UDP and ICMP; and writes them for Wireshark. Pure."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from operator import attrgetter
from typing import NamedTuple

from socktrace.kernel.endpoints import endpoint
from socktrace.packets.headers import FLAGS, PROTOCOLS, Internet, internet, length_of
from socktrace.packets.tap import KEPT, Captured
from socktrace.recording import Endpoint, Packet, Recording, milliseconds

PREVIEW = 48
_TCP, _UDP = struct.Struct("!HHIIBB"), struct.Struct("!HHH")
_PCAP_MAGIC, _LINKTYPE_RAW = 0xA1B2C3D4, 101
_COMPLAINTS: Mapping[tuple[str, int], tuple[str, tuple[str, ...]]] = {  # what a type says, and each of its codes
    ("ICMP", 3): (
        "unreachable",
        ("net unreachable", "host unreachable", "protocol unreachable", "port unreachable", "fragmentation needed"),
    ),
    ("ICMP", 11): ("time exceeded", ("time to live exceeded", "reassembly time exceeded")),
    ("ICMP", 12): ("parameter problem", ()),
    ("ICMPv6", 1): (
        "unreachable",
        ("no route", "prohibited", "beyond scope", "address unreachable", "port unreachable"),
    ),
    ("ICMPv6", 2): ("packet too big", ("packet too big",)),
    ("ICMPv6", 3): ("time exceeded", ("hop limit exceeded", "reassembly time exceeded")),
    ("ICMPv6", 4): ("parameter problem", ()),
}
"""RFC 792; RFC 4443 section 3."""


def decode(captured: Iterable[Captured], began: int) -> tuple[Packet, ...]:
    """Turn captured bytes into packets; what is neither TCP, UDP nor an ICMP error, or malformed, is left out.

    It reads no more of a packet than a recording keeps, so that the same can be read in the recording again.

    Args:
        captured: The packets in order.
        began: When the program started, in nanoseconds of the system clock.
    """
    return tuple(_decoded(captured, began, {}))


def _decoded(captured: Iterable[Captured], began: int, first: dict[_Ends, int]) -> Iterator[Packet]:
    found = (_decode(one, began, first) for one in captured)
    return (packet for packet in found if packet)


class Decoder:
    """Decodes packets as they come, as `decode` does."""

    def __init__(self) -> None:
        self._first: dict[_Ends, int] = {}
        self._found: list[Packet] = []

    def take(self, captured: Iterable[Captured], began: int) -> None:
        """Decode the next packets.

        Args:
            captured: The packets in order.
            began: As for `decode`.
        """
        self._found += _decoded(captured, began, self._first)

    @property
    def packets(self) -> tuple[Packet, ...]:
        """All of them so far, by time: two processors that send at once may hand theirs over the other way round."""
        return tuple(sorted(self._found, key=attrgetter("at")))


def decode_again(packets: Iterable[Packet]) -> tuple[Packet, ...]:
    """Return what the raw bytes of recorded packets say, without looking at any other field but the time.

    Raises:
        ValueError: The raw bytes of one are not hexadecimal.
    """
    raws = [(round(packet.at * 1e6), bytes.fromhex(packet.raw)) for packet in packets]
    return decode([Captured(at, raw, length_of(raw)) for at, raw in raws], 0)


class _Carried(NamedTuple):
    """What an IP packet carries: fields of `Packet`, in their order, and at last what an ICMP error is about."""

    source: Endpoint
    destination: Endpoint
    flags: str
    seq: int
    ack: int
    size: int
    data: str
    about: tuple[Endpoint, Endpoint] | None = None


_Ends = tuple[str, int, str, int]
"""The address and the port of a packet's sender, and of its receiver."""


def _decode(one: Captured, began: int, first: dict[_Ends, int]) -> Packet | None:
    """Turn one captured packet into a packet; `None` if it is of no kind that is kept, or malformed.

    Args:
        one: The packet.
        began: When the program started, in nanoseconds of the system clock.
        first: The first sequence number of each direction that was seen so far, from which others are counted; a
            direction that this packet is the first of is added.
    """
    head = one.head[: min(KEPT, one.length)]
    ip = internet(head)
    if ip is None or ip.start > one.length:
        return None
    if ip.is_later:  # it begins in the midst of the payload: what looks like ports there is none
        ends = endpoint(ip.source), endpoint(ip.destination)
        carried: _Carried | None = _Carried(*ends, "fragment", 0, 0, one.length - ip.start, _preview(head[ip.start :]))
    elif ip.protocol == "TCP":
        carried = _tcp(head, one.length, ip, first)
    elif ip.protocol == "UDP":
        carried = _udp(head, one.length, ip)
    else:
        carried = _complaint(head, ip)
    if carried is None:
        return None
    at, protocol = milliseconds(one.at, began), "IP" if ip.is_later else ip.protocol
    return Packet(at, protocol, *carried[:-1], one.length, head.hex(), carried.about)


@lru_cache(maxsize=256)
def _flags(bits: int) -> str:
    return " ".join(name for name, bit in FLAGS.items() if bits & bit)


def _tcp(head: bytes, whole: int, ip: Internet, first: dict[_Ends, int]) -> _Carried | None:
    if len(head) < ip.start + 20:
        return None
    sport, dport, number, acknowledged, offset, bits = _TCP.unpack_from(head, ip.start)
    after = ip.start + (offset >> 4) * 4
    if after < ip.start + 20 or after > whole:
        return None
    flags = _flags(bits)
    seq, ack = _relative(number, acknowledged, flags, (ip.source, sport, ip.destination, dport), first)
    ends = endpoint(ip.source, sport), endpoint(ip.destination, dport)
    return _Carried(*ends, flags, seq, ack, whole - after, _preview(head[after:]))


def _udp(head: bytes, whole: int, ip: Internet) -> _Carried | None:
    if len(head) < ip.start + 8:
        return None
    sport, dport, length = _UDP.unpack_from(head, ip.start)
    size = (length if ip.is_first else whole - ip.start) - 8
    if size < 0:
        return None
    ends = endpoint(ip.source, sport), endpoint(ip.destination, dport)
    return _Carried(*ends, "first fragment" if ip.is_first else "", 0, 0, size, _preview(head[ip.start + 8 :]))


def _complaint(head: bytes, ip: Internet) -> _Carried | None:
    """Read an ICMP error: what it says, and of which packet, whose own beginning follows it (RFC 792, RFC 4443).

    That beginning may be cut short, or be that of a fragment; then no ports are known.
    """
    if len(head) < ip.start + 8:
        return None
    kind, code = head[ip.start], head[ip.start + 1]
    blamed = internet(head[ip.start + 8 :])
    if (ip.protocol, kind) not in _COMPLAINTS or blamed is None:
        return None
    says, codes = _COMPLAINTS[ip.protocol, kind]
    ports: tuple[int | None, int | None] = (None, None)
    at = ip.start + 8 + blamed.start
    if blamed.protocol in ("TCP", "UDP") and not blamed.is_later and len(head) >= at + 4:
        ports = struct.unpack_from("!HH", head, at)
    flags = codes[code] if code < len(codes) else f"{says}, code {code}"
    about = endpoint(blamed.source, ports[0]), endpoint(blamed.destination, ports[1])
    return _Carried(endpoint(ip.source), endpoint(ip.destination), flags, 0, 0, 0, "", about)


def _preview(payload: bytes) -> str:
    return repr(payload[:PREVIEW])[2:-1]


@dataclass(frozen=True, slots=True)
class Header:
    """What a recorded packet's headers hold beyond the fields of `Packet`.

    Args:
        fixed: What is the same in every run: version, header length, type of service, flags, time to live, protocol;
            for TCP the reserved bits, the flags that `Packet` does not name, the urgent pointer, and the acknowledgment
            number where the segment has none, too;
            for ICMP what stands between its checksum and the packet that it is about.
        options: TCP's options as bytes, without the numbers of the timestamps, and without what came out of order.
        stamps: TCP's timestamps, `(TSval, TSecr)`, if there are any (RFC 7323 section 3).
        blocks: What came out of order, each the first number of it and the one after (SACK, RFC 2018 section 3).
        payload: The payload, as far as it was kept.
        identification: The number that IPv4 gives each packet of a connection in turn; 0 if there is none (RFC 791; it
            may be 0 where nothing may cut the packet: RFC 6864).
        is_sound: True if its lengths agree and its checksums are right, or what Linux writes on the loopback interface
            for the checksum that a network card would complete: the sum of the pseudo-header alone.
    """

    fixed: tuple[int, ...] = ()
    options: bytes = b""
    stamps: tuple[int, int] | None = None
    blocks: tuple[tuple[int, int], ...] = ()
    payload: bytes = b""
    identification: int = 0
    is_sound: bool = False


@lru_cache(maxsize=4096)
def header(head: bytes, length: int) -> Header:
    """Read the headers of a packet that `decode` could read.

    Args:
        head: Its first bytes, from the IP header on.
        length: Its whole length in bytes.
    """
    ip = internet(head)
    if ip is None:
        return Header()
    fixed: tuple[int, ...]
    if head[0] >> 4 == 4:
        fixed = (head[0], head[1], head[6] >> 5, head[8], head[9])
        sound = _sum(head[: (head[0] & 0xF) * 4]) == 0xFFFF
        addresses, number = head[12:20], int.from_bytes(head[4:6])
    else:
        fixed, sound, addresses, number = (head[0], head[1] & 0xF0, head[6], head[7]), True, head[8:40], 0
    carried = head[ip.start :]
    if ip.is_later or ip.is_first:
        return Header(fixed, payload=carried, identification=number, is_sound=sound)
    sound = sound and _is_sound(ip.protocol, carried, length - ip.start, addresses)
    if ip.protocol != "TCP":
        fixed += () if ip.protocol == "UDP" else tuple(carried[4:8])
        return Header(fixed, payload=carried[8:], identification=number, is_sound=sound)
    after = (carried[12] >> 4) * 4
    options, stamps, blocks = _tcp_options(carried[20:after])
    fixed += (carried[12] & 0xF, carried[13] & 0xE0, *carried[18:20])
    fixed += () if carried[13] & FLAGS["ACK"] else (int.from_bytes(carried[8:12]),)
    return Header(fixed, options, stamps, blocks, carried[after:], number, sound)


def _is_sound(protocol: str, carried: bytes, length: int, addresses: bytes) -> bool:
    """Say whether the checksum of what an IP packet carries is right, or left to a network card that is not there."""
    if protocol == "ICMP":  # RFC 792
        return len(carried) < length or _sum(carried) == 0xFFFF
    if protocol == "UDP" and int.from_bytes(carried[4:6]) != length:  # RFC 768
        return False
    number = {name: number for number, name in PROTOCOLS.items()}[protocol]
    pseudo = _sum(addresses + struct.pack("!II", length, number))
    at = {"TCP": 16, "UDP": 6, "ICMPv6": 2}[protocol]
    whole = len(carried) == length and _sum(carried + bytes(len(carried) % 2) + struct.pack("!H", pseudo)) == 0xFFFF
    return whole or carried[at : at + 2] == struct.pack("!H", pseudo)


def _tcp_options(raw: bytes) -> tuple[bytes, tuple[int, int] | None, tuple[tuple[int, int], ...]]:
    """Part TCP's options from the numbers in its timestamps, and from SACK with the padding that Linux puts before it.

    Sources: RFC 9293 section 3.2; RFC 7323 section 3; RFC 2018 section 3.
    """
    options, stamps, blocks = b"", None, b""
    while raw and raw[0] != 0:
        if raw[:2] == b"\x08\x0a" and len(raw) >= 10:
            stamps, options, size = struct.unpack_from("!II", raw, 2), options + raw[:2], 10
        elif raw[:3] == b"\x01\x01\x05" and len(raw) >= 2 + raw[3] and raw[3] % 8 == 2:
            blocks, size = raw[4 : 2 + raw[3]], 2 + raw[3]
        else:
            size = 1 if raw[0] == 1 else max(2, raw[1]) if len(raw) > 1 else len(raw)
            options += raw[:size]
        raw = raw[size:]
    return options + raw, stamps, tuple(struct.iter_unpack("!II", blocks))


def _sum(data: bytes) -> int:
    """Add up words of 16 bits, the carry put back in (RFC 1071)."""
    data += bytes(len(data) % 2)
    total = sum(struct.unpack(f"!{len(data) // 2}H", data))
    while total >> 16:
        total = (total & 0xFFFF) + (total >> 16)
    return int(total)


def _relative(number: int, acknowledged: int, flags: str, ends: _Ends, first: dict[_Ends, int]) -> tuple[int, int]:
    """Count sequence numbers from the SYN of each direction (they start anywhere: RFC 9293 section 3.4.1)."""
    here = first.get(ends)
    if "SYN" in flags or here is None:
        here = first[ends] = number
    there = first.get(ends[2:] + ends[:2])
    ack = (acknowledged - there) % 2**32 if there is not None and "ACK" in flags else 0
    return (number - here) % 2**32, ack


def to_pcap(recording: Recording) -> bytes:
    """Return the packets of a recording as a pcap file for Wireshark; a packet that was cut says so in its header.

    Source: draft-ietf-opsawg-pcap, sections 4 and 5; link type 101 (raw IP).
    """
    parts = [struct.pack("<IHHiIII", _PCAP_MAGIC, 2, 4, 0, 0, KEPT, _LINKTYPE_RAW)]
    for packet in recording.packets:
        raw = bytes.fromhex(packet.raw)
        seconds, microseconds = divmod(max(0, round(packet.at * 1000)), 1_000_000)
        parts.append(struct.pack("<IIII", seconds, microseconds, len(raw), packet.length) + raw)
    return b"".join(parts)
