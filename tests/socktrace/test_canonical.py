"""What may differ between two runs is no difference, and nothing else is; what cannot have happened is told."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from sitebuild.programs.store import Store
from socktrace.canonical import differences
from socktrace.consistency import contradictions
from socktrace.packets.decoder import decode_again
from socktrace.recorder import record
from socktrace.recording import Call, Chosen, Endpoint, Packet, Recording, Stream, from_json, to_json
from socktrace.recording.chosen import named, printed, without
from support.handmade import call, recording, tcp

STORE = Store(Path(__file__).parents[2])


def stored(name: str) -> Recording:
    found = STORE.load(name)
    assert found
    return found


def renumbered(old: Recording, ports: dict[int, int]) -> Recording:
    """Give ports other numbers wherever they stand; not in the raw bytes, which no comparison looks at."""
    text = re.sub(r"\d+", lambda match: str(ports.get(int(match[0]), match[0])), to_json(replace(old, packets=())))
    packets = tuple(
        replace(
            one,
            source=Endpoint(one.source.address, ports.get(one.source.port or 0, one.source.port)),
            destination=Endpoint(one.destination.address, ports.get(one.destination.port or 0, one.destination.port)),
        )
        for one in old.packets
    )
    return replace(from_json(text), packets=packets)


@pytest.mark.skipif(sys.platform != "linux", reason="recordings are made on Linux")
@pytest.mark.parametrize(
    "name",
    ["megabytes_both_ways", "secret_by_ssl", "helper_processes", "six", "meets_itself", "asks_until_connected"],
)
def test_what_a_run_has_written_agrees_with_itself(name: str) -> None:
    assert contradictions(record(Path(__file__).parent / f"good/{name}.py")) == ()


@pytest.mark.skipif(sys.platform != "linux", reason="recordings are made on Linux")
def test_what_is_sent_from_an_iterator_is_told() -> None:
    """From Python 3.12 on, asyncio sends so what it had to keep."""
    did = record(Path(__file__).parent / "good/datagrams_connected.py")
    assert [call.data for call in did.calls if call.function == "sendmsg"] == ["ab"]


def test_what_tls_makes_of_the_words_is_no_difference_but_the_words_are() -> None:
    old = stored("servers/over_tls.py")
    sealed = next(packet for packet in old.packets if packet.size)
    longer = replace(sealed, size=sealed.size + 1)
    assert differences(old, replace(old, packets=(*(longer if one is sealed else one for one in old.packets),))) == []
    said = next(call for call in old.calls if call.data == "hello")
    other = replace(said, data="hallo")
    assert differences(old, replace(old, calls=(*(other if one is said else one for one in old.calls),)))


def test_which_line_of_python_raised_an_error_of_tls_is_no_difference_but_the_error_is() -> None:
    old = stored("servers/over_tls.other-name.py")
    assert (line := re.search(r"_ssl\.c:(\d+)", old.stderr))
    assert differences(old, replace(old, stderr=old.stderr.replace(line[0], "_ssl.c:1"))) == []
    assert differences(old, replace(old, stderr=old.stderr.replace("example.org", "example.net")))


def test_which_function_asyncio_sends_by_is_no_difference() -> None:
    def by_sendmsg(call: Call) -> Call:
        return replace(call, function="sendmsg") if call.function == "send" else call

    for program, differs in (("many/drain_waits.py", False), ("sockets/udp_refused_late.py", True)):
        old = stored(program)
        new = replace(old, calls=tuple(map(by_sendmsg, old.calls)))
        assert new != old
        assert bool(differences(old, new)) is differs


def test_how_many_values_were_too_many_is_no_difference_but_what_was_wrong_is() -> None:
    old, new, other = (
        recording(stderr=f"ValueError: {words}\n")
        for words in (
            "too many values to unpack (expected 2)",
            "too many values to unpack (expected 2, got 4)",
            "too many values to unpack (expected 3, got 4)",
        )
    )
    assert differences(old, new) == []
    assert differences(old, other)


def test_the_numbers_of_packets_pass_through_0() -> None:
    """Where a number is 0 the kernel may have counted none, or have come to it after 65535."""
    old = stored("sockets/echo.py")
    counted, packets = dict.fromkeys((packet.source for packet in old.packets), 0xFFFF), []
    for packet in old.packets:
        has_one = packet.raw[8:12] != "0000"
        packets.append(numbered(packet, counted[packet.source]) if has_one else packet)
        counted[packet.source] = (counted[packet.source] + has_one) % 0x10000
    assert {"ffff", "0000", "0001"} <= {packet.raw[8:12] for packet in packets if packet.source == packets[0].source}
    assert contradictions(replace(old, packets=tuple(packets))) == ()
    zero = next(at for at, packet in enumerate(packets) if packet.raw[8:12] == "0000" and not packet.has("SYN"))
    del packets[zero]
    assert any("is missing" in one for one in contradictions(replace(old, packets=tuple(packets))))


def numbered(packet: Packet, number: int) -> Packet:
    """Return an IPv4 packet with another identification, and the checksum of such a header (RFC 1071)."""
    head = bytearray.fromhex(packet.raw)
    head[4:6], head[10:12] = number.to_bytes(2), bytes(2)
    total = sum(head[at] << 8 | head[at + 1] for at in range(0, 20, 2))
    head[10:12] = (0xFFFF - (total + (total >> 16) & 0xFFFF)).to_bytes(2)
    return replace(packet, raw=head.hex())


def test_a_number_of_thousands_of_digits_is_none_that_the_kernel_chose() -> None:
    digits = "1" * 5000
    one = recording(stdout=digits)
    assert printed(one).fullmatch(digits)
    assert named(one, digits) == digits
    assert without(digits.encode() + b" 53423", frozenset({53423})) == digits.encode() + b" #"


def test_a_stream_of_which_only_the_digest_is_kept_can_be_read_again() -> None:
    one = recording(streams=(Stream(1, "send", 3000, "", "0123456789abcdef"),))
    assert from_json(to_json(one)) == one


# -- numbers that the kernel chose -------------------------------------------------------------------------------------


def test_other_ports_are_no_difference() -> None:
    old = stored("sockets/echo.py")
    ports = [socket.local.port for socket in old.sockets if socket.local and socket.local.port]
    assert differences(old, renumbered(old, {port: 30000 + n for n, port in enumerate(dict.fromkeys(ports))})) == []


def test_a_port_that_the_kernel_chose_twice_is_no_difference() -> None:
    old = stored("ports/scan_own_ports.py")
    clients = [socket.local.port for socket in old.sockets if socket.role == "client" and socket.local]
    refused, connected = clients[0], clients[1]
    assert refused
    assert connected
    assert refused != connected
    assert differences(old, renumbered(old, {connected: refused})) == []


def test_who_called_may_be_gone_and_another_have_its_port_when_it_is_accepted() -> None:
    old = stored("ports/scan_own_ports.py")
    callers = {call.socket: call for call in old.calls if call.name == "connect"}
    first = next(number for number, call in callers.items() if not call.error)
    later = next(number for number, call in callers.items() if call.error and number > first)
    mine, others = (old.socket(number).local for number in (first, later))
    assert mine
    assert others
    assert all(call.at > callers[later].until for call in old.calls if call.name == "accept")
    assert differences(old, renumbered(old, {others.port or 0: mine.port or 0})) == []


def printing(port: int, told: str, more: str = "") -> Recording:
    """Return a run of a program that bound a port and printed something."""
    name = Endpoint("127.0.0.1", port)
    calls = (call(1, 2, 1, "socket", 3), call(3, 4, 1, "bind", 4, argument="127.0.0.1:0", local=name))
    return recording(sockets=(tcp(1, "unused", name),), calls=calls, stdout=f"port: {told}\n{more}")


def test_a_program_may_print_the_port_that_it_got() -> None:
    assert differences(printing(53423, "53423"), printing(41007, "41007")) == []
    assert differences(printing(53423, "53423"), printing(41007, "53423"))
    assert differences(printing(53423, "53424"), printing(41007, "41007"))
    assert differences(printing(53423, "80"), printing(41007, "80")) == []


def test_a_port_that_the_program_chose_must_stay() -> None:
    def bound(port: int) -> Recording:
        name = Endpoint("127.0.0.1", port)
        calls = (call(1, 2, 1, "socket", 3), call(3, 4, 1, "bind", 4, argument=str(name), local=name))
        return recording(sockets=(tcp(1, "unused", name),), calls=calls)

    assert differences(bound(8080), bound(8080)) == []
    assert differences(bound(8080), bound(8081))


@pytest.mark.parametrize("kind", ["pid", "inode"])
def test_a_program_may_print_its_process_and_its_inode(kind: str) -> None:
    def run(number: int, told: str) -> Recording:
        return replace(printing(40000, "40000", told), chosen=(Chosen(kind, number, 1),))

    assert differences(run(4711, "4711 bytes of 4711"), run(5050, "5050 bytes of 5050")) == []
    assert differences(run(4711, "4711 bytes of 4712"), run(5050, "5050 bytes of 5050"))
    # 4711 is spelled by both, and so it is no process of the one
    assert differences(run(4711, "4711 bytes"), run(5050, "4711 bytes")) == []


def test_a_program_may_print_its_descriptor() -> None:
    def run(fd: int, told: str) -> Recording:
        made = printing(40000, "40000", f"descriptor {told}, 5 of 5")
        return replace(made, calls=tuple(replace(one, fd=fd) for one in made.calls))

    assert differences(run(17, "17"), run(4, "4")) == []
    assert differences(run(17, "17"), run(4, "6"))
    assert differences(run(5, "5"), run(17, "17")) != []  # the price: 5 is spelled by both, and so it must stay


def test_a_number_that_happens_to_be_a_descriptor_is_none() -> None:
    """Many sockets that are alike have many descriptors: a count that is one of them must not pass for any other."""

    def run(told: str, lowest: int = 3) -> Recording:
        sockets = tuple(tcp(n, "unused") for n in range(1, 6))
        calls = tuple(replace(call(n, n + 0.5, n, "socket", 3), fd=lowest + n) for n in range(1, 6))
        return recording(sockets=sockets, calls=calls, stdout=f"sockets: {told}")

    assert differences(run("5"), run("5")) == []
    assert differences(run("8"), run("5"))
    assert differences(run("13", 11), run("5"))  # no word says that it is a descriptor


def test_two_numbers_of_one_role_keep_their_turns() -> None:
    def run(one: int, other: int, told: str) -> Recording:
        ends = [Endpoint("127.0.0.1", port) for port in (one, other)]
        sockets = tuple(tcp(n, "unused", end) for n, end in enumerate(ends, 1))
        calls = [call(n, n + 0.5, n, "bind", 4, argument="127.0.0.1:0", local=end) for n, end in enumerate(ends, 1)]
        return recording(sockets=sockets, calls=tuple(calls), stdout=told)

    assert differences(run(40001, 40002, "40001 40002 40001"), run(50001, 50002, "50001 50002 50001")) == []
    assert differences(run(40001, 40002, "40001 40002 40001"), run(50001, 50002, "50001 50002 50002"))


# -- what cannot have happened -----------------------------------------------------------------------------------------


def of_calls(number: int, **fields: object) -> Callable[[Recording], Recording]:
    def forge(old: Recording) -> Recording:
        forged: Call = replace(old.calls[number], **fields)  # type: ignore[arg-type]
        return replace(old, calls=(*old.calls[:number], forged, *old.calls[number + 1 :]))

    return forge


def of_packets(number: int, **fields: object) -> Callable[[Recording], Recording]:
    def forge(old: Recording) -> Recording:
        forged: Packet = replace(old.packets[number], **fields)  # type: ignore[arg-type]
        return replace(old, packets=(*old.packets[:number], forged, *old.packets[number + 1 :]))

    return forge


def index(name: str, role: str) -> int:
    """Return the place of the first call of a name on a socket of a role in the echo."""
    old = stored("sockets/echo.py")
    return next(n for n, one in enumerate(old.calls) if one.name == name and old.socket(one.socket).role == role)


def without_packet(number: int) -> Callable[[Recording], Recording]:
    return lambda old: replace(old, packets=old.packets[:number] + old.packets[number + 1 :])


def raw(number: int, old: str, new: str) -> Callable[[Recording], Recording]:
    def forge(one: Recording) -> Recording:
        text = one.packets[number].raw
        assert old in text
        return of_packets(number, raw=text.replace(old, new))(one)

    return forge


def window(number: int, room: int) -> Callable[[Recording], Recording]:
    def forge(one: Recording) -> Recording:
        text = one.packets[number].raw
        return of_packets(number, raw=f"{text[:68]}{room:04x}{text[72:]}")(one)

    return forge


def pushed(text: str) -> str:
    return text[:66] + "18" + text[68:]


CANNOT = {
    "ids that do not count": (lambda old: replace(old, sockets=old.sockets[1:]), "do not count from 1"),
    "a socket numbered too early": (of_calls(0, socket=2), "not numbered in order of opening"),
    "a thread numbered too early": (of_calls(0, thread=1), "not numbered in order of appearance"),
    "two makers": (of_calls(0, made=1), "two of them made the same|cannot make a socket|not what the calls"),
    "bytes that Python would write otherwise": (of_calls(0, data="\\q"), "not bytes as Python writes them"),
    "a stream of no socket": (lambda old: replace(old, streams=(Stream(1, "send", 3, "x"),)), "order of the calls"),
    "calls out of order": (of_calls(1, at=0.0), "order of time|does not fit"),
    "a call that ends before it begins": (of_calls(0, until=0.0), "does not fit"),
    "a call after the end": (lambda old: replace(old, milliseconds=1.0), "after the program had ended"),
    "packets out of order": (of_packets(1, at=0.0), "order of time"),
    "a size without bytes": (of_calls(0, size=3), "has a size without having moved bytes"),
    "too few bytes shown": (of_calls(index("send", "client"), data="hell"), "but shows"),
    "an accept that made nothing": (
        of_calls(index("accept", "listener"), made=None),
        "order of opening|made no socket",
    ),
    "a bind that makes a socket": (of_calls(index("bind", "listener"), made=3), "order of opening|cannot make"),
    "a name that changes": (
        of_calls(index("bind", "listener"), local=Endpoint("127.0.0.1", 1)),
        "names socket|not what",
    ),
    "a peer that changes": (
        of_calls(index("send", "accepted"), peer=Endpoint("127.0.0.1", 1)),
        "names the other|not what",
    ),
    "an argument that leads elsewhere": (of_calls(index("connect", "client"), argument="127.0.0.1:1"), "led to"),
    "a descriptor of two sockets": (
        lambda old: of_calls(index("send", "client"), fd=old.calls[0].fd)(old),
        "descriptor",
    ),
    "fields beside the raw bytes": (of_packets(3, seq=77), "not what its raw bytes say"),
    "raw bytes that are none": (of_packets(0, raw="no"), "not those of so many packets"),
    "a packet that is missing": (without_packet(2), "one of .* is missing"),
    "a handshake without its beginning": (without_packet(0), "not what its raw bytes say"),
    "a packet that stands there twice": (
        lambda old: replace(old, packets=(old.packets[0], *old.packets)),
        "stands there twice",
    ),
    "a SYN before its call": (of_packets(0, at=0.001), "is not sent by the call of connect|bears another time"),
    "an answer about a connection before its SYN": (
        of_calls(index("connect", "client"), error="EISCONN"),
        "met a connection before its SYN",
    ),
    "a connect that did not wait": (
        lambda old: of_calls(index("connect", "client"), until=old.calls[index("connect", "client")].at)(old),
        "connect",
    ),
    "a Python that there is not": (lambda old: replace(old, python="2.7.18"), "there is no '2.7.18'"),
    "a system without packets": (lambda old: replace(old, system="Darwin 25"), "no packets are seen there"),
    "a number that no kernel chooses": (lambda old: replace(old, chosen=(Chosen("pid", -1, 0),)), "none that a kernel"),
    "a failure without an error": (of_calls(0, error=""), "failed without an error"),
    "a descriptor below all": (of_calls(index("close", "client"), fd=-1), "cannot use descriptor -1"),
    "no room where nothing lies": (window(1, 0), "has no room, though nothing lies there"),
    "a push of nothing": (
        lambda old: replace(old, packets=decode_again(of_packets(2, raw=pushed(old.packets[2].raw))(old).packets)),
        "pushes nothing",
    ),
    "an end that waits twice": (lambda old: replace(old, left=old.left * 2), "waits twice"),
    "what was kept of no connection": (
        lambda old: replace(old, left=(replace(old.left[0], local=Endpoint("127.0.0.1", 1)),)),
        "did not end a connection",
    ),
}


@pytest.mark.parametrize(("forge", "told"), CANNOT.values(), ids=CANNOT)
def test_what_cannot_have_happened_is_told(forge: Callable[[Recording], Recording], told: str) -> None:
    old = stored("sockets/echo.py")
    assert contradictions(old) == ()
    found = contradictions(forge(old))
    assert found
    assert re.search(told, found[0]), found


def call_of(name: str, nth: int = 0, **fields: object) -> Callable[[Recording], Recording]:
    """Forge the nth successful call of a name, or of what it was asked for."""

    def forge(old: Recording) -> Recording:
        calls = [n for n, one in enumerate(old.calls) if name in (one.name, one.argument) and not one.error]
        return of_calls(calls[nth], **fields)(old)

    return forge


def at_once(name: str, nth: int = 0) -> Callable[[Recording], Recording]:
    """Let the nth successful call of a name return as soon as it began."""

    def forge(old: Recording) -> Recording:
        call = [one for one in old.calls if one.name == name and not one.error][nth]
        return of_calls(old.calls.index(call), until=call.at + 0.001)(old)

    return forge


def spelled(text: bytes, other: bytes, number: int | None = None) -> Callable[[Recording], Recording]:
    """Let packets carry other bytes, in all that tells of them: each, or one."""

    def forge(old: Recording) -> Recording:
        raws = [
            one.raw.replace(text.hex(), other.hex()) if number in (None, n) else one.raw
            for n, one in enumerate(old.packets)
        ]
        forged = [replace(one, raw=raw) for one, raw in zip(old.packets, raws, strict=True)]
        return replace(old, packets=decode_again(forged))

    return forge


LIES: dict[str, tuple[str, Callable[[Recording], Recording], str]] = {
    "a reset that answers nothing": ("errors/broken_pipe.py", without_packet(4), "resets what nobody sent"),
    "a socket that called itself": (
        "sockets/connection_without_listener.py",
        spelled(b"hello", b"jello", 3),
        "carries other bytes than the calls",
    ),
    "what is shown of a long line": (
        "servers/by_threads.py",
        lambda old: of_calls([one.size for one in old.calls].index(2001), data="y" * 48)(old),
        "they carry other bytes than send",
    ),
    "a look at other bytes": (
        "sockets/two_sends_one_stream.py",
        call_of("MSG_PEEK", data="goodbye!!!"),
        "looked at other bytes",
    ),
    "a datagram before it was sent": ("sockets/ask_until_answered.py", at_once("recv"), "before the datagram"),
    "bytes on a path before they were sent": ("sockets/echo_over_a_path.py", at_once("recv"), "before the send"),
    "a caller before he called": ("sockets/echo_over_a_path.py", at_once("accept"), "before the connect"),
    "what an error is about": (
        "sockets/udp_refused_late.py",
        raw(1, "611b40004011dbac", "dbac40004011611b"),
        "is about none that crossed before",
    ),
    "bytes out of order": (
        "sockets/connection_without_listener.py",
        raw(2, "050ad07a7f31", "050ad07a7f30"),
        "out of order that .* has not sent",
    ),
    "a part of nothing": (
        "sockets/datagram_keeps_its_edges.py",
        lambda old: of_calls([one.size for one in old.calls].index(0), asked=1)(old),
        "did not take only a part",
    ),
    "a send from elsewhere": (
        "sockets/timeout_is_per_call.py",
        call_of("send", local=Endpoint("0.0.0.0", 0)),
        "names other ends",
    ),
    "an answer of TLS before its question": ("servers/over_tls.py", at_once("recv"), "before anything crossed"),
    "a datagram's own length": ("ports/two_mailboxes.py", raw(0, "0010fe23", "0063fe23"), "checksum"),
}


@pytest.mark.parametrize(("name", "forge", "told"), LIES.values(), ids=LIES)
def test_a_lie_that_only_another_place_tells_is_found(
    name: str, forge: Callable[[Recording], Recording], told: str
) -> None:
    old = stored(name)
    assert contradictions(old) == ()
    forged = forge(old)
    assert forged != old
    found = contradictions(forged)
    assert found
    assert re.search(told, found[0]), found


def elsewhere(end: Endpoint | None) -> Endpoint:
    assert end
    return Endpoint("0.0.0.0", end.port)


def exchanged(number: int) -> Callable[[Recording], Recording]:
    """Let two calls that follow one another change their places, and keep the times of these."""

    def forge(old: Recording) -> Recording:
        first, second = old.calls[number : number + 2]
        calls = replace(second, at=first.at, until=first.until), replace(first, at=second.at, until=second.until)
        return replace(old, calls=(*old.calls[:number], *calls, *old.calls[number + 2 :]))

    return forge


UNLIKE: dict[str, tuple[str, Callable[[Recording], Recording]]] = {
    "bytes that a reset cut off": ("many/full_buffers_stop_the_sender.py", spelled(bytes(20), b"FORGED" + bytes(14))),
    "options of a segment": ("sockets/echo.py", raw(3, "0101080a", "0402080a")),
    "the end of a segment's options": ("sockets/echo.py", raw(3, "0101080a", "0001080a")),
    "a timestamp's size": ("sockets/echo.py", raw(3, "0101080a", "0101080b")),
    "what stands before what an error is about": (
        "sockets/udp_refused_late.py",
        raw(1, "cbc300000000", "cbc300000001"),
    ),
    "the beginning of a stream": ("servers/by_threads.py", spelled(b"x" * 108, b"x" * 107 + b"y")),
    "whom a datagram is for": (
        "sockets/ask_until_answered.py",
        lambda old: of_calls(12, peer=elsewhere(old.calls[12].peer))(old),
    ),
    "which end of a pair is closed first": ("sockets/socketpair_has_no_port.py", exchanged(6)),
    "zeros before a number": (
        "hardware/ethernet_header.py",
        lambda old: replace(old, stdout=old.stdout.replace("to 00:00", "to 00:0")),
    ),
}


@pytest.mark.parametrize(("name", "forge"), UNLIKE.values(), ids=UNLIKE)
def test_what_crossed_is_compared(name: str, forge: Callable[[Recording], Recording]) -> None:
    old = stored(name)
    forged = forge(old)
    assert forged != old
    assert differences(forged, old)


def test_what_is_printed_leaves_room_for_what_the_kernel_chose_and_for_nothing_else() -> None:
    pattern = printed(printing(53423, "53423", "again: 53423, of 65536 (all)"))
    assert pattern.fullmatch("port: 40000\nagain: 40000, of 65536 (all)")
    assert not pattern.fullmatch("port: 40000\nagain: 40001, of 65536 (all)")
    assert not pattern.fullmatch("port: 40000\nagain: 40000, of 65535 (all)")
    assert not pattern.fullmatch("port: none\nagain: none, of 65536 (all)")
