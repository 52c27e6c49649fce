"""Witness 2, on the kernel's loopback interface: the TCP, UDP and ICMP that crossed it (Linux)."""

from __future__ import annotations

import ipaddress
import socket
import struct
import time
from dataclasses import dataclass

import dpkt

from socktrace.recording import Endpoint, Packet, Recording

KEPT = 160
PREVIEW = 48
_ETH_P_ALL = 3
_SOL_PACKET, _PACKET_IGNORE_OUTGOING, _PACKET_STATISTICS = 263, 23, 6
_SO_RCVBUFFORCE, _SO_TIMESTAMPNS = 33, 35
_STAMPS_WITHIN = 1.0  # seconds
_PCAP_MAGIC, _LINKTYPE_RAW = 0xA1B2C3D4, 101
_FLAGS = {
    "SYN": dpkt.tcp.TH_SYN,
    "ACK": dpkt.tcp.TH_ACK,
    "FIN": dpkt.tcp.TH_FIN,
    "RST": dpkt.tcp.TH_RST,
    "PSH": dpkt.tcp.TH_PUSH,
}
_UNREACHABLE = {0: "net unreachable", 1: "host unreachable", 2: "protocol unreachable", 3: "port unreachable"}
_UNREACHABLE_6 = {0: "no route", 1: "prohibited", 3: "address unreachable", 4: "port unreachable"}


@dataclass(frozen=True, slots=True)
class Captured:
    """A packet as captured.

    Args:
        at: When, in nanoseconds of the system clock.
        head: Its first bytes, from the IP header on.
        length: Its whole length in bytes.
    """

    at: int
    head: bytes
    length: int


class Tap:
    """Captures what crosses `lo` in the network namespace of the process that makes it (packet(7)).

    Raises:
        OSError: The kernel does not allow it, or this is not Linux.
    """

    def __init__(self) -> None:
        if not hasattr(socket, "AF_PACKET"):
            raise OSError("packet sockets exist on Linux only")
        # protocol 0 until bind(): moving a packet socket to another interface makes the kernel wait for every CPU
        self._socket = socket.socket(socket.AF_PACKET, socket.SOCK_DGRAM, 0)
        self._socket.setsockopt(_SOL_PACKET, _PACKET_IGNORE_OUTGOING, 1)  # lo hands every packet over twice
        self._socket.setsockopt(socket.SOL_SOCKET, _SO_RCVBUFFORCE, 256 << 20)
        self._socket.setsockopt(socket.SOL_SOCKET, _SO_TIMESTAMPNS, 1)
        self._socket.bind(("lo", _ETH_P_ALL))
        self._socket.setblocking(False)
        self._await_stamps()

    def _await_stamps(self) -> None:
        """Wait until the kernel stamps packets as they cross; it turns that on in the background, a moment later.

        Until then a packet bears the time at which it was read, and would seem to come after calls that it preceded.
        """
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
            probe.bind(("127.0.0.1", 0))
            deadline = time.monotonic() + _STAMPS_WITHIN
            while time.monotonic() < deadline:
                probe.sendto(b"", probe.getsockname())
                sent = time.time_ns()
                time.sleep(0.0002)
                if all(packet.at <= sent for packet in self.drain()):
                    return
        raise OSError("the kernel does not stamp packets with their time")

    def fileno(self) -> int:
        """Return the descriptor to wait on."""
        return self._socket.fileno()

    def close(self) -> None:
        """Stop capturing."""
        self._socket.close()

    def drain(self) -> list[Captured]:
        """Return the packets that have come since the last call."""
        packets: list[Captured] = []
        while True:
            try:
                head, ancillary, _, _ = self._socket.recvmsg(256, 64)
            except BlockingIOError:
                return packets
            stamp = next(data for level, _, data in ancillary if level == socket.SOL_SOCKET)
            seconds, nanoseconds = struct.unpack("@qq", stamp[:16])
            packets.append(Captured(seconds * 1_000_000_000 + nanoseconds, head, _length(head)))

    def lost(self) -> int:
        """Return how many packets the kernel had no room to keep."""
        counts: bytes = self._socket.getsockopt(_SOL_PACKET, _PACKET_STATISTICS, 8)
        return int(struct.unpack("@II", counts)[1])


def _length(head: bytes) -> int:
    if head[0] >> 4 == 6:
        return 40 + int(struct.unpack_from("!H", head, 4)[0])
    return int(struct.unpack_from("!H", head, 2)[0])


def decode(captured: list[Captured], began: int) -> tuple[Packet, ...]:
    """Turn captured bytes into packets; what is neither TCP, UDP nor an ICMP error is left out.

    Args:
        captured: The packets in order.
        began: When the program started, in nanoseconds of the system clock.
    """
    first: dict[tuple[Endpoint, Endpoint], int] = {}
    packets = []
    for one in captured:
        packet = _decode(one, began, first)
        if packet:
            packets.append(packet)
    return tuple(packets)


def _decode(one: Captured, began: int, first: dict[tuple[Endpoint, Endpoint], int]) -> Packet | None:
    try:
        ip = dpkt.ip6.IP6(one.head) if one.head[0] >> 4 == 6 else dpkt.ip.IP(one.head)
    except (dpkt.UnpackError, IndexError):
        return None
    inner = ip.data
    source, destination = str(ipaddress.ip_address(ip.src)), str(ipaddress.ip_address(ip.dst))
    overhead = 40 if isinstance(ip, dpkt.ip6.IP6) else ip.hl * 4
    protocol, flags, seq, ack, about = "", "", 0, 0, None
    ports: tuple[int | None, int | None] = (None, None)
    if isinstance(inner, dpkt.tcp.TCP):
        protocol, ports, overhead = "TCP", (inner.sport, inner.dport), overhead + inner.off * 4
        flags = " ".join(name for name, bit in _FLAGS.items() if inner.flags & bit)
        seq, ack = _relative(inner, Endpoint(source, inner.sport), Endpoint(destination, inner.dport), first)
    elif isinstance(inner, dpkt.udp.UDP):
        protocol, ports, overhead = "UDP", (inner.sport, inner.dport), overhead + 8
    elif isinstance(inner, (dpkt.icmp.ICMP, dpkt.icmp6.ICMP6)):
        protocol = "ICMP" if isinstance(inner, dpkt.icmp.ICMP) else "ICMPv6"
        overhead += 8
        flags, about = _icmp(inner, one.head[overhead:])
        if about is None:
            return None
    else:
        return None
    payload = b"" if about else one.head[overhead : one.length]
    return Packet(
        at=round((one.at - began) / 1e6, 3),
        protocol=protocol,
        source=Endpoint(source, ports[0]),
        destination=Endpoint(destination, ports[1]),
        flags=flags,
        seq=seq,
        ack=ack,
        size=0 if about else one.length - overhead,
        data=repr(payload[:PREVIEW])[2:-1],
        length=one.length,
        raw=one.head[:KEPT].hex(),
        about=about,
    )


def _relative(
    tcp: dpkt.tcp.TCP, source: Endpoint, destination: Endpoint, first: dict[tuple[Endpoint, Endpoint], int]
) -> tuple[int, int]:
    """Count sequence numbers from the SYN of each direction (they start anywhere: RFC 9293 section 3.4.1)."""
    syn = bool(tcp.flags & dpkt.tcp.TH_SYN)
    if syn or (source, destination) not in first:
        first[source, destination] = tcp.seq
    there = first.get((destination, source))
    seq = (tcp.seq - first[source, destination]) % 2**32
    ack = (tcp.ack - there) % 2**32 if there is not None and tcp.flags & dpkt.tcp.TH_ACK else 0
    return seq, ack


def _icmp(message: dpkt.icmp.ICMP | dpkt.icmp6.ICMP6, rest: bytes) -> tuple[str, tuple[Endpoint, Endpoint] | None]:
    """Say what an ICMP error says, and of which datagram; `rest` begins with that datagram's IP header (RFC 792)."""
    if isinstance(message, dpkt.icmp.ICMP):
        if message.type != dpkt.icmp.ICMP_UNREACH:
            return "", None
        flags = _UNREACHABLE.get(message.code, f"unreachable, code {message.code}")
        header = (rest[0] & 0xF) * 4
        source, destination = rest[12:16], rest[16:20]
    else:
        if message.type != dpkt.icmp6.ICMP6_DST_UNREACH:
            return "", None
        flags = _UNREACHABLE_6.get(message.code, f"unreachable, code {message.code}")
        header, source, destination = 40, rest[8:24], rest[24:40]
    sport, dport = struct.unpack_from("!HH", rest, header)
    return flags, (
        Endpoint(str(ipaddress.ip_address(source)), sport),
        Endpoint(str(ipaddress.ip_address(destination)), dport),
    )


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
