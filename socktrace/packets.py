"""Witness 2, on the kernel's loopback interface: the TCP, UDP and ICMP that crossed it (Linux)."""

from __future__ import annotations

import ipaddress
import socket
import struct
import time
from dataclasses import dataclass

from socktrace.recording import Endpoint, Packet, Recording

KEPT = 160
PREVIEW = 48
_ETH_P_ALL, _ETH_P_IP, _ETH_P_IPV6 = 0x3, 0x800, 0x86DD
_SOL_PACKET, _PACKET_IGNORE_OUTGOING, _PACKET_STATISTICS = 263, 23, 6
_SO_RCVBUFFORCE, _SO_TIMESTAMPNS = 33, 35
_ROOM = 256 << 20  # bytes
_STAMPS_WITHIN = 1.0  # seconds
_PCAP_MAGIC, _LINKTYPE_RAW = 0xA1B2C3D4, 101
_PROTOCOLS = {1: "ICMP", 6: "TCP", 17: "UDP", 58: "ICMPv6"}
_FLAGS = {"SYN": 0x02, "ACK": 0x10, "FIN": 0x01, "RST": 0x04, "PSH": 0x08}  # RFC 9293 section 3.1
_UNREACHABLE = {  # the type of the message, and what its codes say
    "ICMP": (3, {0: "net unreachable", 1: "host unreachable", 2: "protocol unreachable", 3: "port unreachable"}),
    "ICMPv6": (1, {0: "no route", 1: "prohibited", 3: "address unreachable", 4: "port unreachable"}),
}


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
    """Captures what crosses an interface in the network namespace of the thread that makes it (packet(7)).

    Args:
        interface: Its name. Only a tap on `lo` sees to it that the kernel stamps packets; it does so for all taps.

    Raises:
        OSError: The kernel does not allow it, or this is not Linux.
    """

    def __init__(self, interface: str = "lo") -> None:
        if not hasattr(socket, "AF_PACKET"):
            raise OSError("packet sockets exist on Linux only")
        # protocol 0 until bind(): moving a packet socket to another interface makes the kernel wait for every CPU
        self._socket = socket.socket(socket.AF_PACKET, socket.SOCK_DGRAM, 0)
        if interface == "lo":  # it hands every packet over twice
            self._socket.setsockopt(_SOL_PACKET, _PACKET_IGNORE_OUTGOING, 1)
        try:
            self._socket.setsockopt(socket.SOL_SOCKET, _SO_RCVBUFFORCE, _ROOM)
        except PermissionError:  # only the host's root may go beyond net.core.rmem_max
            self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, _ROOM)
        self._socket.setsockopt(socket.SOL_SOCKET, _SO_TIMESTAMPNS, 1)
        self._socket.bind((interface, _ETH_P_ALL))
        self._socket.setblocking(False)
        if interface == "lo":
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
                head, ancillary, _, link = self._socket.recvmsg(256, 64)
            except BlockingIOError:
                return packets
            if link[1] not in (_ETH_P_IP, _ETH_P_IPV6):
                continue
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
    header = _internet(one.head)
    if header is None:
        return None
    protocol, source, destination, start = header
    ports: tuple[int | None, int | None] = (None, None)
    flags, seq, ack, about = "", 0, 0, None
    if protocol in ("TCP", "UDP"):
        ports = struct.unpack_from("!HH", one.head, start)
    ends = Endpoint(source, ports[0]), Endpoint(destination, ports[1])
    if protocol == "TCP":
        number, acknowledged, offset, bits = struct.unpack_from("!IIBB", one.head, start + 4)
        flags = " ".join(name for name, bit in _FLAGS.items() if bits & bit)
        seq, ack = _relative(number, acknowledged, flags, ends, first)
        start += (offset >> 4) * 4
    else:
        start += 8
    if protocol.startswith("ICMP"):
        flags, about = _complaint(protocol, one.head, start)
        if about is None:
            return None
    payload = b"" if about else one.head[start : one.length]
    return Packet(
        at=round((one.at - began) / 1e6, 3),
        protocol=protocol,
        source=ends[0],
        destination=ends[1],
        flags=flags,
        seq=seq,
        ack=ack,
        size=0 if about else one.length - start,
        data=repr(payload[:PREVIEW])[2:-1],
        length=one.length,
        raw=one.head[:KEPT].hex(),
        about=about,
    )


def _internet(head: bytes) -> tuple[str, str, str, int] | None:
    """Read an IP header: the protocol it carries, source, destination, and where the next header begins.

    Sources: RFC 791 section 3.1; RFC 8200 section 3.
    """
    if head[0] >> 4 == 4:
        protocol = _PROTOCOLS.get(head[9], "")
        source, destination, start = head[12:16], head[16:20], (head[0] & 0xF) * 4
    else:
        protocol = _PROTOCOLS.get(head[6], "")
        source, destination, start = head[8:24], head[24:40], 40
    return (protocol, _address(source), _address(destination), start) if protocol else None


def tcp_numbers(head: bytes) -> tuple[int, ...]:
    """Return the sequence and acknowledgment numbers of a TCP segment as they crossed; none for anything else.

    Args:
        head: The first bytes of the packet, from the IP header on.
    """
    header = _internet(head)
    if header is None or header[0] != "TCP":
        return ()
    return struct.unpack_from("!II", head, header[3] + 4)


def _address(raw: bytes) -> str:
    return str(ipaddress.ip_address(raw))


def _relative(
    number: int,
    acknowledged: int,
    flags: str,
    ends: tuple[Endpoint, Endpoint],
    first: dict[tuple[Endpoint, Endpoint], int],
) -> tuple[int, int]:
    """Count sequence numbers from the SYN of each direction (they start anywhere: RFC 9293 section 3.4.1)."""
    if "SYN" in flags or ends not in first:
        first[ends] = number
    there = first.get(ends[::-1])
    ack = (acknowledged - there) % 2**32 if there is not None and "ACK" in flags else 0
    return (number - first[ends]) % 2**32, ack


def _complaint(protocol: str, head: bytes, start: int) -> tuple[str, tuple[Endpoint, Endpoint] | None]:
    """Read an ICMP error: what it says, and of which datagram, whose own header follows it (RFC 792, RFC 4443)."""
    kind, code = head[start - 8], head[start - 7]
    unreachable, says = _UNREACHABLE[protocol]
    blamed = _internet(head[start:]) if kind == unreachable else None
    if blamed is None:
        return "", None
    _, source, destination, after = blamed
    sport, dport = struct.unpack_from("!HH", head, start + after)
    words = says.get(code, f"unreachable, code {code}")
    return words, (Endpoint(source, sport), Endpoint(destination, dport))


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
