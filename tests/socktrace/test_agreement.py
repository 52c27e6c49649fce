"""The two witnesses are held against each other: take a call, a packet or a byte away, and they disagree."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from sitebuild.programs.store import Store
from socktrace.recording import Call, Endpoint, Lookup, Packet, Recording
from socktrace.verdict import judge
from support import handmade

STORE = Store(Path(__file__).parents[2])
PORT = re.compile(r"(?<=127\.0\.0\.1:)\d+|(?<=port )\d+")


def recorded(name: str) -> Recording:
    recording = STORE.load(name)
    assert recording
    assert judge(recording) == ()
    return recording


def without(recording: Recording, call: Callable[[Call], bool], packet: Callable[[Packet], bool]) -> Recording:
    """Take away the first call and the first packet that answer to the descriptions."""
    calls, packets = list(recording.calls), list(recording.packets)
    for rows, wanted in ((calls, call), (packets, packet)):
        found = next((row for row in rows if wanted(row)), None)  # type: ignore[arg-type]
        if found:
            rows.remove(found)  # type: ignore[arg-type]
    assert len(calls) + len(packets) < len(recording.calls) + len(recording.packets), "nothing was taken away"
    return dataclasses.replace(recording, calls=tuple(calls), packets=tuple(packets))


def never(_: object) -> bool:
    return False


def found_in(recording: Recording) -> list[tuple[str, str]]:
    return [(finding.event, PORT.sub("PORT", finding.message)) for finding in judge(recording)]


def test_a_send_that_no_call_made() -> None:
    missing = without(recorded("sockets/echo.py"), lambda call: call.name == "send", never)
    assert found_in(missing) == [
        ("disagreement", "the calls sent 0 bytes from 127.0.0.1:PORT, but 5 crossed the wire"),
    ]


def test_bytes_that_never_crossed_the_wire() -> None:
    missing = without(recorded("sockets/echo.py"), never, lambda packet: packet.size == 5)
    assert found_in(missing) == [
        ("disagreement", "the calls sent 5 bytes from 127.0.0.1:PORT, but 0 crossed the wire"),
        ("disagreement", "the calls received 5 bytes from 127.0.0.1:PORT, but 0 crossed the wire"),
    ]


def test_one_byte_less_on_the_wire() -> None:
    recording = recorded("sockets/echo.py")
    index = next(index for index, packet in enumerate(recording.packets) if packet.size == 5)
    packets = list(recording.packets)
    packets[index] = dataclasses.replace(packets[index], size=4)
    assert found_in(dataclasses.replace(recording, packets=tuple(packets))) == [
        ("disagreement", "the calls sent 5 bytes from 127.0.0.1:PORT, but 4 crossed the wire"),
        ("disagreement", "the calls received 5 bytes from 127.0.0.1:PORT, but 4 crossed the wire"),
    ]


def test_a_close_without_its_fin() -> None:
    missing = without(recorded("sockets/echo.py"), never, lambda packet: packet.has("FIN"))
    assert [event for event, _ in found_in(missing)] == ["unfinished"]


def test_a_fin_without_its_close() -> None:
    missing = without(recorded("sockets/echo.py"), lambda call: call.name == "close", never)
    assert found_in(missing) == [("left-open", "nothing closed the accepted socket 2 (127.0.0.1:PORT)")]


def test_a_connection_without_a_handshake() -> None:
    recording = recorded("sockets/half_close.py")
    assert found_in(dataclasses.replace(recording, packets=())) == [
        (
            "disagreement",
            "connect() from 127.0.0.1:PORT to 127.0.0.1:PORT succeeded, but no handshake crossed the wire",
        ),
    ]


def test_a_connection_that_no_call_made() -> None:
    recording = recorded("sockets/half_close.py")
    strange = dataclasses.replace(recording, calls=(), sockets=())
    assert found_in(strange) == [
        ("unwatched", "TCP packets crossed the wire at 127.0.0.1:PORT, but no witnessed call has a socket there"),
    ]
    assert [one.count for one in judge(strange)] == [2]


@pytest.mark.parametrize("taken", ["call", "packet"])
def test_a_datagram_that_only_one_witness_saw(taken: str) -> None:
    recording = recorded("ports/two_mailboxes.py")
    if taken == "call":
        missing = without(recording, lambda call: call.name == "send", never)
        message = "a datagram of 8 bytes from port PORT to 127.0.0.1:PORT crossed the wire, but no call sent it"
    else:
        missing = without(recording, never, lambda packet: packet.protocol == "UDP")
        message = "a datagram of 8 bytes was sent from 127.0.0.1:PORT to 127.0.0.1:PORT, but none crossed the wire"
    assert (("disagreement", message)) in found_in(missing)


@pytest.mark.parametrize(("taken", "faults"), [("nothing", 0), ("call", 1)])
def test_a_datagram_to_a_group_is_matched_if_it_crossed_the_loopback(taken: str, faults: int) -> None:
    recording = recorded("sockets/multicast_on_loopback.py")
    if taken == "call":
        recording = without(recording, lambda call: call.name == "send", never)
    assert len([event for event, _ in found_in(recording) if event == "disagreement"]) == faults


def test_a_datagram_to_a_group_may_take_an_interface_that_nobody_watches() -> None:
    recording = recorded("sockets/multicast_on_loopback.py")
    missing = without(recording, never, lambda packet: packet.protocol == "UDP")
    assert "disagreement" not in [event for event, _ in found_in(missing)]


RESOLVER, ASKS = Endpoint("127.0.0.53", 53), Endpoint("127.0.0.1", 40_141)


@pytest.mark.parametrize("looks_up", [True, False])
def test_what_the_c_library_asks_a_name_server_blames_nobody(looks_up: bool) -> None:
    question = handmade.datagram(1.0, ASKS, RESOLVER, b"example.com?")
    answer = handmade.datagram(1.1, RESOLVER, ASKS, b"no")
    lookups = (Lookup("example.com", 3),) if looks_up else ()
    found = judge(handmade.recording(packets=(question, answer), lookups=lookups), strict=False)
    expected = {"beyond-loopback"} if looks_up else {"unwatched", "disagreement"}
    assert {one.event for one in found} == expected
