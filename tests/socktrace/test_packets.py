"""The packets witness and the kernel's tables, read again by an independent library, and from bytes written by hand."""

from __future__ import annotations

import io
import ipaddress
import re
import struct
from pathlib import Path

import dpkt
import pytest

from sitebuild.store import Store
from socktrace import kernel
from socktrace.packets import Captured, decode, to_pcap
from socktrace.recording import Endpoint, Leftover, from_json

STORE = Store(Path(__file__).parents[2])


@pytest.mark.parametrize("name", STORE.names())
def test_packets_are_what_dpkt_reads_in_the_pcap(name: str) -> None:
    recording = STORE.load(name)
    assert recording
    reader = dpkt.pcap.Reader(io.BytesIO(to_pcap(recording)))
    assert reader.datalink() == 101
    read = list(reader)
    assert len(read) == len(recording.packets)
    for (at, raw), packet in zip(read, recording.packets, strict=True):
        assert abs(at * 1000 - packet.at) < 0.01
        ip = dpkt.ip.IP(raw) if raw[0] >> 4 == 4 else dpkt.ip6.IP6(raw)
        head, length = (ip.hl * 4, ip.len) if raw[0] >> 4 == 4 else (40, 40 + ip.plen)  # what was kept may be less
        assert packet.length == length
        assert packet.source.address == str(ipaddress.ip_address(ip.src))
        assert packet.destination.address == str(ipaddress.ip_address(ip.dst))
        if packet.protocol in ("TCP", "UDP"):
            assert (packet.source.port, packet.destination.port) == (ip.data.sport, ip.data.dport)
        if packet.protocol == "TCP":
            flags = {"SYN": 2, "ACK": 16, "FIN": 1, "RST": 4, "PSH": 8}
            assert sum(flags[flag] for flag in packet.flags.split()) == ip.data.flags
            assert packet.size == length - head - ip.data.off * 4
        elif packet.protocol == "UDP":
            assert packet.size == ip.data.ulen - 8
        else:
            assert (ip.icmp.type, ip.icmp.code, packet.flags) == (3, 3, "port unreachable")


def test_sequence_numbers_count_from_each_syn_and_wrap() -> None:
    def segment(source: int, destination: int, seq: int, ack: int, flags: int, data: bytes = b"") -> Captured:
        tcp = dpkt.tcp.TCP(sport=source, dport=destination, seq=seq, ack=ack, flags=flags, data=data)
        ip = dpkt.ip.IP(src=bytes([127, 0, 0, 1]), dst=bytes([127, 0, 0, 1]), p=6, data=tcp)
        ip.len = len(ip)
        return Captured(5_000_000, bytes(ip), len(ip))

    last = 2**32 - 1
    packets = decode(
        [
            segment(1, 2, last, 0, 2),
            segment(2, 1, 70, 0, 2 | 16),
            segment(1, 2, 0, 71, 16, b"\x00<hi>"),
            segment(2, 1, 71, 5, 1 | 16),
        ],
        1_000_000,
    )
    assert [(packet.seq, packet.ack, packet.size, packet.flags) for packet in packets] == [
        (0, 0, 0, "SYN"),
        (0, 1, 0, "SYN ACK"),
        (1, 1, 5, "ACK"),
        (1, 6, 0, "ACK FIN"),
    ]
    assert packets[2].data == r"\x00<hi>"
    assert packets[0].at == 4.0


def test_ipv6_and_its_complaints_are_read() -> None:
    loopback = bytes(15) + b"\x01"

    def ip6(protocol: int, payload: bytes) -> bytes:
        return struct.pack("!IHBB", 6 << 28, len(payload), protocol, 64) + loopback * 2 + payload

    datagram = ip6(17, struct.pack("!HHHH", 4000, 4001, 11, 0) + b"abc")
    complaint = ip6(58, struct.pack("!BBHI", 1, 4, 0, 0) + datagram)
    neighbour = ip6(58, struct.pack("!BBHI", 135, 0, 0, 0) + bytes(16))
    other = ip6(59, b"")
    captured = [Captured(0, raw, len(raw)) for raw in (datagram, complaint, neighbour, other)]
    sent, refused = decode(captured, 0)
    assert (sent.protocol, sent.size, sent.data) == ("UDP", 3, "abc")
    assert (refused.protocol, refused.flags) == ("ICMPv6", "port unreachable")
    assert refused.about == (Endpoint("::1", 4000), Endpoint("::1", 4001))


TCP = """\
  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 0100007F:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 4711 1 0 100 0 0 10 0
   1: 0100007F:1F90 0100007F:8C3E 06 00000000:00000000 03:00000A2B 00000000     0        0 0 3 0
"""
TCP6 = """\
  sl  local_address                         remote_address                        st
   0: 00000000000000000000000001000000:0050 00000000000000000000000000000000:0000 0A 0 0 0 0 0 0
"""
UNIX = """\
Num       RefCount Protocol Flags    Type St Inode Path
0000000000000000: 00000002 00000000 00010000 0001 01 4712 /tmp/door
0000000000000000: 00000003 00000000 00000000 0001 03 4713
"""


def test_the_kernels_tables_are_read(tmp_path: Path) -> None:
    for name, text in {"tcp": TCP, "tcp6": TCP6, "unix": UNIX}.items():
        (tmp_path / name).write_text(text, encoding="ascii")
    (tmp_path / "sockstat").write_text("sockets: used 9\nTCP: inuse 1 orphan 0 tw 1 alloc 2 mem 0\n", encoding="ascii")
    (tmp_path / "sockstat6").write_text("TCP6: inuse 1\nUDP6: inuse 0\n", encoding="ascii")
    assert not kernel.at_rest(tmp_path)
    assert kernel.tables(tmp_path) == (
        Leftover("tcp", "LISTEN", Endpoint("127.0.0.1", 8080), Endpoint("0.0.0.0", 0)),
        Leftover("tcp", "TIME_WAIT", Endpoint("127.0.0.1", 8080), Endpoint("127.0.0.1", 35902)),
        Leftover("tcp6", "LISTEN", Endpoint("::1", 80), Endpoint("::", 0)),
        Leftover("unix", "LISTEN", Endpoint("/tmp/door"), Endpoint("")),
        Leftover("unix", "OPEN", Endpoint(""), Endpoint("")),
    )


def test_a_namespace_with_nothing_but_waiting_is_at_rest(tmp_path: Path) -> None:
    (tmp_path / "sockstat").write_text("sockets: used 0\nTCP: inuse 0 orphan 0 tw 7 alloc 0 mem 0\n", encoding="ascii")
    assert kernel.at_rest(tmp_path)


def test_recordings_survive_json() -> None:
    for name in STORE.names():
        text = STORE.path(name).read_text(encoding="utf-8")
        assert not re.search(r"/(root|home|Users)/", text), f"docs/recordings/{name}: a path of one machine"
        assert from_json(text) == STORE.load(name)


@pytest.mark.parametrize("text", ["{", "[]", "{}", '{"stuck": []}', '"text"', "null"])
def test_what_is_not_a_recording_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"not a recording|Expecting"):
        from_json(text)
