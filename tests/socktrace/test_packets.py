"""The packets witness and the kernel's tables, read again by an independent library, and from bytes written by hand."""

from __future__ import annotations

import io
import ipaddress
import random
import re
import struct
import subprocess
import sys
from pathlib import Path

import dpkt
import pytest

from sitebuild.programs.store import Store
from socktrace import kernel
from socktrace.packets.decoder import Decoder, decode, decode_again, header, to_pcap
from socktrace.packets.headers import tcp_numbers
from socktrace.packets.tap import Captured
from socktrace.recording import Endpoint, Leftover, Packet, from_json
from support.packets import TCP_HEAD, UDP_HEAD, corpus, ip4, ip6, mutations

ROOT = Path(__file__).parents[2]
STORE = Store(ROOT)


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


def test_packets_stand_in_the_order_of_their_times_however_they_are_handed_over() -> None:
    udp = dpkt.udp.UDP(sport=7, dport=9, ulen=8)
    ip = dpkt.ip.IP(src=bytes([127, 0, 0, 1]), dst=bytes([127, 0, 0, 1]), p=17, data=udp)
    ip.len = len(ip)
    captured = [Captured(at, bytes(ip), len(ip)) for at in (1_000_000, 3_000_000, 2_000_000)]
    decoder = Decoder()
    decoder.take(captured, 0)
    assert [packet.at for packet in decoder.packets] == [1.0, 2.0, 3.0]


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
0000000000000000: 00000002 00000000 00000000 0002 01 4714 /tmp/box
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
        Leftover("unix", "BOUND", Endpoint("/tmp/box"), Endpoint("")),
    )
    assert [row.is_door for row in kernel.rows(tmp_path)] == [True, False, True, True, False, True]


DOORS = """\
import socket
from pathlib import Path
from socktrace import kernel

doors = []
for number in range(60):
    for text in ({}, {"root": Path("/proc/self/net")}):
        rows = kernel.rows(**text)
        assert len(rows) == number, (number, rows)
    doors.append(socket.create_server(("", 0)))
"""
STATES = """\
import socket, subprocess, time
from pathlib import Path
from socktrace import kernel
from socktrace.kernel import diag

subprocess.run(["ip", "link", "set", "lo", "up"], check=True)
old = socket.create_server(("127.0.0.1", 0))
new = socket.create_server(("::", 0), family=socket.AF_INET6, dualstack_ipv6=True)
ends = []
for server, host in ((old, "127.0.0.1"), (new, "127.0.0.1"), (new, "::1")):
    for _ in range(2):
        ends.append((socket.create_connection((host, server.getsockname()[1])), server.accept()[0]))
for caller, called in ends[::2]:
    caller.close()
    called.recv(1)
ends[0][1].close()
bare = socket.socket()
bare.bind(("127.0.0.1", 0))
box = socket.socket(type=socket.SOCK_DGRAM)
box.bind(("127.0.0.1", 0))
while any(row.state in ("FIN_WAIT1", "LAST_ACK") for row in kernel.tables()):
    time.sleep(0.01)
text = kernel.tables(Path("/proc/self/net"))
print(*sorted({f"{row.protocol} {row.state}" for row in text}), sep=", ")
assert kernel.tables() == text, (kernel.tables(), text)

def none(family):
    raise OSError
    yield

diag.tcp = none
assert kernel.tables() == text
"""


@pytest.mark.skipif(sys.platform != "linux", reason="it reads Linux's own tables")
def test_a_table_of_any_length_is_read_to_its_end() -> None:
    """The kernel tells it piece by piece, and what is shorter than a piece may be is taken for the last."""
    alone = ("unshare", "--user", "--map-root-user", "--net")  # where nobody's sockets come and go meanwhile
    done = subprocess.run([*alone, sys.executable, "-c", DOORS], check=False, capture_output=True, text=True, cwd=ROOT)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.skipif(sys.platform != "linux", reason="it asks Linux in two ways")
def test_what_the_kernel_is_asked_for_is_what_its_tables_have() -> None:
    """And the tables are read where it does not answer."""
    alone = ("unshare", "--user", "--map-root-user", "--net")
    done = subprocess.run([*alone, sys.executable, "-c", STATES], check=False, capture_output=True, text=True, cwd=ROOT)
    waiting = "tcp ESTABLISHED, tcp FIN_WAIT2, tcp LISTEN, tcp TIME_WAIT"
    v6 = "tcp6 CLOSE_WAIT, tcp6 ESTABLISHED, tcp6 FIN_WAIT2, tcp6 LISTEN"
    assert (done.stderr, done.stdout) == ("", f"{waiting}, {v6}, udp BOUND\n")


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


# -- fragments, extension headers, and what is cut short ---------------------------------------------------------------


def read(*raws: bytes) -> list[tuple[str, str, str, str, int]]:
    packets = decode([Captured(0, raw, len(raw)) for raw in raws], 0)
    assert decode_again(packets) == packets
    return [(one.protocol, str(one.source), str(one.destination), one.flags, one.size) for one in packets]


def test_a_later_fragment_has_no_ports() -> None:
    data = b"AAAABBBB" * 185  # read as ports, it would be 16705 to 16705
    assert read(ip4(17, UDP_HEAD + data[8:], fragment=0x2000), ip4(17, data, fragment=185)) == [
        ("UDP", "127.0.0.1:4000", "127.0.0.1:4001", "first fragment", 3000),
        ("IP", "127.0.0.1", "127.0.0.1", "fragment", 1480),
    ]


def test_fragments_of_ipv6_are_told_by_their_header() -> None:
    first, later = struct.pack("!BBHI", 17, 0, 1, 9), struct.pack("!BBHI", 17, 0, 1480 | 1, 9)
    assert read(ip6(44, first + UDP_HEAD + bytes(1472)), ip6(44, later + b"AAAABBBB" * 185)) == [
        ("UDP", "[::1]:4000", "[::1]:4001", "first fragment", 3000),
        ("IP", "::1", "::1", "fragment", 1480),
    ]


def test_a_fragment_header_on_a_whole_packet_changes_nothing() -> None:
    atomic = struct.pack("!BBHI", 17, 0, 0, 9)  # RFC 6946
    assert read(ip6(44, atomic + struct.pack("!HHHH", 1, 2, 11, 0) + b"abc")) == [("UDP", "[::1]:1", "[::1]:2", "", 3)]


@pytest.mark.parametrize("chain", [(0,), (60,), (43,), (0, 60, 43, 60)])
def test_extension_headers_are_passed_over(chain: tuple[int, ...]) -> None:
    payload, carried = TCP_HEAD + b"hi", 6
    for number in reversed(chain):
        payload, carried = struct.pack("!BB", carried, 1) + bytes(14) + payload, number
    assert read(ip6(carried, payload)) == [("TCP", "[::1]:4000", "[::1]:4001", "ACK", 2)]


def test_options_of_ipv4_are_passed_over() -> None:
    raw = ip4(17, bytes(8) + struct.pack("!HHHH", 1, 2, 11, 0) + b"abc")
    assert read(b"\x47" + raw[1:]) == [("UDP", "127.0.0.1:1", "127.0.0.1:2", "", 3)]


@pytest.mark.parametrize(
    ("blamed", "about"),
    [
        (ip4(17, UDP_HEAD), ("127.0.0.1:4000", "127.0.0.1:4001")),
        (ip4(17, UDP_HEAD[:4]), ("127.0.0.1:4000", "127.0.0.1:4001")),
        (ip4(17, UDP_HEAD[:3]), ("127.0.0.1", "127.0.0.1")),
        (ip4(17, b""), ("127.0.0.1", "127.0.0.1")),
        (ip4(17, b"AAAABBBB", fragment=185), ("127.0.0.1", "127.0.0.1")),
        (ip4(1, b"\x08\x00AABB"), ("127.0.0.1", "127.0.0.1")),
        (ip4(17, UDP_HEAD)[:19], None),
        (b"", None),
    ],
    ids=["whole", "ports only", "cut", "no more than IP", "a fragment", "an echo", "cut in IP", "nothing"],
)
def test_a_complaint_names_the_ports_that_it_holds(blamed: bytes, about: tuple[str, str] | None) -> None:
    raw = ip4(1, struct.pack("!BBHI", 3, 3, 0, 0) + blamed)
    told = [one.about for one in decode([Captured(0, raw, len(raw))], 0)]
    assert [one and tuple(map(str, one)) for one in told] == ([about] if about else [])


@pytest.mark.parametrize(
    ("protocol", "kind", "code", "says"),
    [
        (1, 3, 4, "fragmentation needed"),
        (1, 3, 13, "unreachable, code 13"),
        (1, 11, 0, "time to live exceeded"),
        (58, 2, 0, "packet too big"),
        (58, 1, 4, "port unreachable"),
        (58, 3, 9, "time exceeded, code 9"),
    ],
)
def test_complaints_are_told_in_words(protocol: int, kind: int, code: int, says: str) -> None:
    make = ip4 if protocol == 1 else ip6
    raw = make(protocol, struct.pack("!BBHI", kind, code, 0, 0) + make(17, UDP_HEAD))
    assert [one.flags for one in decode([Captured(0, raw, len(raw))], 0)] == [says]


def test_no_packet_makes_the_parser_fail() -> None:
    chance = random.Random(9293)
    decoded = told = 0
    for raw in corpus(STORE):
        for changed in mutations(raw, chance):
            for length in (len(changed), chance.randrange(1500)):
                for packet in decode([Captured(0, changed, length)], 0):
                    decoded += 1
                    header(bytes.fromhex(packet.raw), packet.length)
                    told += agrees_with_dpkt(packet, changed)
                tcp_numbers(changed)
    assert decoded > 4_000
    assert told > 2_000


def agrees_with_dpkt(packet: Packet, raw: bytes) -> bool:
    """Hold a packet against what dpkt reads, where it reads one at all; say whether it did."""
    try:
        ip = dpkt.ip.IP(raw) if raw[0] >> 4 == 4 else dpkt.ip6.IP6(raw)
    except (dpkt.UnpackError, IndexError, ValueError, KeyError, struct.error, AttributeError, TypeError):
        return False
    assert packet.source.address == str(ipaddress.ip_address(ip.src))
    assert packet.destination.address == str(ipaddress.ip_address(ip.dst))
    inner = ip.data
    if packet.protocol == "TCP" and isinstance(inner, dpkt.tcp.TCP):
        assert (packet.source.port, packet.destination.port) == (inner.sport, inner.dport)
        assert all(bool(inner.flags & bit) == packet.has(name) for name, bit in (("SYN", 2), ("FIN", 1), ("RST", 4)))
        return True
    if packet.protocol == "UDP" and isinstance(inner, dpkt.udp.UDP):
        assert (packet.source.port, packet.destination.port) == (inner.sport, inner.dport)
        return True
    return False


def test_what_was_not_yet_read_wrongly_is_not_read_at_all() -> None:
    raw = ip4(6, TCP_HEAD)
    assert read(raw) == [("TCP", "127.0.0.1:4000", "127.0.0.1:4001", "ACK", 0)]
    assert read(raw[:39]) == []  # the header of TCP is cut
    assert read(raw[:32] + b"\x40" + raw[33:]) == []  # it says that it is shorter than it can be
    assert read(raw[:32] + b"\xf0" + raw[33:]) == []  # it says that it is longer than the packet
    assert read(b"\x44" + raw[1:]) == []  # IP's header says that it is shorter than it can be


# -- checksums ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["sockets/echo.py", "ports/two_mailboxes.py", "sockets/two_families_two_listeners.py"])
def test_each_byte_of_an_ip_header_and_of_ports_is_under_a_checksum(name: str) -> None:
    recording = STORE.load(name)
    assert recording
    for packet in recording.packets[:3]:
        raw = bytes.fromhex(packet.raw)
        assert header(raw, packet.length).is_sound
        for place in range(12, 20) if raw[0] >> 4 == 4 else range(8, 40):
            forged = raw[:place] + bytes([raw[place] ^ 1]) + raw[place + 1 :]
            assert not header(forged, packet.length).is_sound, place


def test_a_checksum_that_is_complete_is_sound() -> None:
    ip = dpkt.ip.IP(
        src=b"\x7f\0\0\1", dst=b"\x7f\0\0\2", p=17, data=dpkt.udp.UDP(sport=1, dport=2, ulen=11, data=b"abc")
    )
    raw = bytes(ip)
    assert header(raw, len(raw)).is_sound
    assert not header(raw[:-1] + b"d", len(raw)).is_sound
