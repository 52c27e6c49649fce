"""Recordings written by hand, for the tests of what is drawn and shown from them."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import Any

from socktrace.recording import Call, Endpoint, Leftover, Packet, Recording, Socket

CLIENT = Endpoint("127.0.0.1", 40000)
SERVER = Endpoint("127.0.0.1", 5000)
OTHER = Endpoint("127.0.0.1", 6000)


def call(at: float, until: float, socket: int, name: str, line: int | None, function: str = "", **more: Any) -> Call:
    """Make a call on socket number `socket`, from `at` to `until` milliseconds; it is named as it is called."""
    fields: dict[str, Any] = {"process": 0, "thread": 0, "fd": socket + 2, "path": ""} | more
    return Call(at=at, until=until, socket=socket, name=name, line=line, function=function or name, **fields)


def segment(
    at: float, source: Endpoint, flags: str, seq: int = 0, ack: int = 0, data: bytes = b"", **more: Any
) -> Packet:
    """Make a TCP segment between `CLIENT` and `SERVER`, or to `more["destination"]`."""
    destination = more.pop("destination", SERVER if source == CLIENT else CLIENT)
    return _packet(at, "TCP", source, destination, flags, seq, ack, data, **more)


def datagram(at: float, source: Endpoint, destination: Endpoint, data: bytes) -> Packet:
    """Make a UDP datagram."""
    return _packet(at, "UDP", source, destination, "", 0, 0, data)


def unreachable(at: float, source: Endpoint, destination: Endpoint) -> Packet:
    """Make the ICMP message that complains about a datagram from `source` to `destination`."""
    back = Endpoint(destination.address), Endpoint(source.address)
    return replace(_packet(at, "ICMP", *back, "port unreachable", 0, 0, b""), about=(source, destination))


def _packet(
    at: float, protocol: str, source: Endpoint, to: Endpoint, flags: str, seq: int, ack: int, data: bytes, **more: Any
) -> Packet:
    shown = repr(data[:48])[2:-1]
    raw = (b"\x45" + bytes(39) + data).hex()
    return Packet(at, protocol, source, to, flags, seq, ack, len(data), shown, 40 + len(data), raw, **more)


def recording(**fields: Any) -> Recording:
    """Make a recording of a program that did nothing, but for what `fields` says."""
    empty: dict[str, Any] = {
        "program": "snippets/made.py",
        "source": "0" * 16,
        "python": "3.13.1",
        "system": "Linux 6.18",
        "milliseconds": 9.0,
        "exit_code": 0,
        "stdout": "",
        "stderr": "",
    }
    rows = ("stuck", "sockets", "calls", "packets", "left", "survivors", "declarations")
    return Recording(**(empty | dict.fromkeys(rows, ()) | fields))


def tcp(number: int, role: str, local: Endpoint | None = None, peer: Endpoint | None = None) -> Socket:
    """Make a TCP socket."""
    origin = "accept" if role == "accepted" else "socket"
    return Socket(number, "AF_INET", "SOCK_STREAM", origin, role, local, peer)


def udp(number: int, local: Endpoint) -> Socket:
    """Make a UDP socket."""
    return Socket(number, "AF_INET", "SOCK_DGRAM", "socket", "datagram", local)


def echo() -> Recording:
    """Return a TCP echo: hello goes out and back in ten packets, and the client closes first."""
    return recording(
        stdout="echo: b'hello'\n",
        sockets=(
            tcp(1, "listener", SERVER),
            tcp(2, "client", CLIENT, SERVER),
            tcp(3, "accepted", SERVER, CLIENT),
        ),
        calls=(
            call(0.1, 0.2, 1, "socket", 8),
            call(0.3, 0.4, 1, "bind", 8, argument="127.0.0.1:0", local=SERVER),
            call(0.5, 0.6, 1, "listen", 8, argument="5", local=SERVER),
            call(0.7, 1.6, 1, "accept", 2, made=3, local=SERVER, peer=CLIENT, thread=1),
            call(0.8, 0.9, 2, "socket", 11),
            call(1.0, 1.5, 2, "connect", 11, argument="127.0.0.1:5000", local=CLIENT, peer=SERVER),
            call(2.0, 2.3, 2, "send", 12, "sendall", size=5, data="hello"),
            call(2.4, 2.5, 3, "recv", 4, size=5, data="hello", thread=1),
            call(2.6, 2.9, 3, "send", 5, "sendall", size=5, data="hello", thread=1),
            call(2.95, 3.25, 3, "recv", 4, size=0, thread=1),
            call(3.0, 3.3, 2, "shutdown", 13, argument="SHUT_WR"),
            call(3.4, 3.5, 2, "recv", 14, size=5, data="hello"),
            call(3.6, 3.9, 3, "close", 3, thread=1),
            call(4.0, 4.1, 2, "close", 11),
            call(4.2, 4.3, 1, "close", 8),
        ),
        packets=(
            segment(1.1, CLIENT, "SYN"),
            segment(1.2, SERVER, "SYN ACK", 0, 1),
            segment(1.3, CLIENT, "ACK", 1, 1),
            segment(2.1, CLIENT, "ACK PSH", 1, 1, b"hello"),
            segment(2.2, SERVER, "ACK", 1, 6),
            segment(2.7, SERVER, "ACK PSH", 1, 6, b"hello"),
            segment(2.8, CLIENT, "ACK", 6, 6),
            segment(3.1, CLIENT, "ACK FIN", 6, 6),
            segment(3.7, SERVER, "ACK FIN", 6, 7),
            segment(3.8, CLIENT, "ACK", 7, 7),
        ),
        left=(Leftover("tcp", "TIME_WAIT", CLIENT, SERVER),),
    )


def fifty(count: int = 50) -> Recording:
    """Return as many connections as asked for, open at the same time, all of one shape."""
    sockets, calls, packets = [tcp(1, "listener", SERVER)], [call(0, 0.1, 1, "listen", 1, local=SERVER)], []
    for number in range(count):
        here, at = Endpoint("127.0.0.1", 40000 + number), 1.0 + number
        one, other = 2 * number + 2, 2 * number + 3
        sockets += [tcp(one, "client", here, SERVER), tcp(other, "accepted", SERVER, here)]
        calls += [
            call(at, at + 0.4, one, "connect", 2, argument="127.0.0.1:5000", local=here, peer=SERVER),
            call(at + 0.5, at + 0.6, 1, "accept", 3, made=other, local=SERVER, peer=here),
            call(at + 1000, at + 1000.4, one, "close", 4),
            call(at + 1000.5, at + 1000.9, other, "close", 5),
        ]
        packets += [
            segment(at + 0.1, here, "SYN", destination=SERVER),
            segment(at + 0.2, SERVER, "SYN ACK", 0, 1, destination=here),
            segment(at + 0.3, here, "ACK", 1, 1, destination=SERVER),
            segment(at + 1000.1, here, "ACK FIN", 1, 1, destination=SERVER),
            segment(at + 1000.6, SERVER, "ACK FIN", 1, 2, destination=here),
            segment(at + 1000.7, here, "ACK", 2, 2, destination=SERVER),
        ]
    calls.append(call(9000, 9001, 1, "close", 1))
    return recording(
        sockets=tuple(sockets),
        calls=tuple(sorted(calls, key=lambda one: one.at)),
        packets=tuple(sorted(packets, key=lambda one: one.at)),
    )


def empty(**changes: object) -> Recording:
    fields: dict[str, object] = {
        "program": "program.py",
        "source": "",
        "python": "3.11.0",
        "system": "Linux 6.1",
        "milliseconds": 1.0,
        "exit_code": 0,
        "stdout": "",
        "stderr": "",
        "stuck": (),
        "sockets": (),
        "calls": (),
        "packets": (),
        "left": (),
        "survivors": (),
        "declarations": (),
    }
    return Recording(**{**fields, **changes})  # type: ignore[arg-type]


HOSTILE = "<script>alert(1)</script>&\"'\u202e\0\x1b[31m\x9b\ud800"


def hostile() -> Recording:
    """Make an echo whose every text is an attack."""
    made = echo()
    calls = tuple(
        replace(one, argument=HOSTILE, data=HOSTILE, error=HOSTILE, function=HOSTILE, path=HOSTILE, via=HOSTILE)
        for one in made.calls
    )
    packets = tuple(replace(one, data=HOSTILE) for one in made.packets)
    unix = [Socket(n, HOSTILE, HOSTILE, "socket", HOSTILE, Endpoint(HOSTILE)) for n in (4, 5, 6)]
    more = tuple(call(6 + one.id, 7 + one.id, one.id, HOSTILE, 1) for one in unix)
    return replace(made, calls=calls + more, packets=packets, sockets=(*made.sockets, *unix))


def chance_recording(chance: random.Random) -> Recording:
    """Make a recording in which calls and packets have nothing to do with each other."""
    ends = [CLIENT, SERVER, OTHER, Endpoint("::1", 7), Endpoint("/tmp/x"), Endpoint(""), Endpoint("0.0.0.0", 5000)]
    roles = ("listener", "client", "accepted", "datagram", "pair", "unused")
    names = (
        "socket",
        "socketpair",
        "adopt",
        "bind",
        "listen",
        "accept",
        "connect",
        "send",
        "recv",
        "shutdown",
        "close",
    )
    count = chance.randrange(1, 6)
    sockets = tuple(
        Socket(
            number,
            chance.choice(("AF_INET", "AF_INET6", "AF_UNIX", "AF_NETLINK", "unknown")),
            chance.choice(("SOCK_STREAM", "SOCK_DGRAM", "SOCK_RAW", "unknown")),
            chance.choice(("socket", "accept", "socketpair", "adopt")),
            chance.choice(roles),
            chance.choice([None, *ends]),
            chance.choice([None, *ends]),
        )
        for number in range(1, count + 1)
    )

    def any_call(at: float) -> Call:
        return call(
            at,
            at + chance.random() * 3,
            chance.randrange(1, count + 1),
            chance.choice((*names, "detach", "collected", "exit", "exec")),
            chance.choice((None, 1, 2)),
            path=chance.choice(("", None, "other.py")),
            argument=chance.choice(("", "127.0.0.1:0", "x" * 99)),
            error=chance.choice((None, None, "EAGAIN", "EPIPE", "TimeoutError")),
            size=chance.choice((None, 0, 5, 10**9)),
            data=chance.choice(("", "hello", "\\x00")),
            local=chance.choice([None, *ends]),
            peer=chance.choice([None, *ends]),
            made=chance.choice((None, chance.randrange(1, count + 1))),
        )

    def any_packet(at: float) -> Packet:
        source, to = chance.sample(ends[:4], 2)
        if chance.random() < 0.1:
            return unreachable(at, source, to)
        if chance.random() < 0.3:
            return datagram(at, source, to, bytes(chance.randrange(9)))
        flags = chance.choice(("SYN", "SYN ACK", "ACK", "ACK FIN", "RST", "ACK RST", "ACK PSH", ""))
        return segment(
            at, source, flags, chance.randrange(5), chance.randrange(5), bytes(chance.randrange(4)), destination=to
        )

    opening = [call(0, 0.1, socket.id, socket.origin, 1, made=chance.choice((None, 1))) for socket in sockets]
    calls = [*opening, *(any_call(chance.random() * 9) for _ in range(chance.randrange(30)))]
    packets = [any_packet(chance.random() * 9) for _ in range(chance.randrange(30))]
    unseen = chance.choice(((), ("packets: none",)))
    return recording(
        sockets=sockets,
        calls=tuple(sorted(calls, key=lambda one: one.at)),
        packets=tuple(sorted(packets, key=lambda one: one.at)),
        unseen=unseen,
    )
