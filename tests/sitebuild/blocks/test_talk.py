"""A conversation set in type: what each recorded packet says, and in which order."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sitebuild.blocks import talk
from socktrace.recording import Endpoint, Packet
from socktrace.recording.conversations import conversations
from support.checkout import PROGRAM, Checkout, fence, one, text_of
from support.handmade import echo


def _spoken(flags: str, *, by_client: bool = True, size: int = 0, data: str = "") -> Packet:
    ends = [Endpoint("127.0.0.1", 40000), Endpoint("127.0.0.1", 5000)]
    source, destination = ends if by_client else ends[::-1]
    return Packet(1.0, "TCP", source, destination, flags, 1, 1, size, data, 40 + size, "")


OPENS = (_spoken("SYN"), _spoken("SYN ACK", by_client=False), _spoken("ACK"))


@pytest.mark.parametrize(
    ("packets", "says"),
    [
        (OPENS, ["Can we talk?", "Yes. Can you hear me?", "I can."]),
        (
            (*OPENS, _spoken("ACK FIN"), _spoken("ACK PSH", by_client=False, size=2, data="hi"), _spoken("ACK")),
            ["I\u2019m done.", "hi", "got it"],
        ),
        (
            (*OPENS, _spoken("ACK FIN", by_client=False), _spoken("ACK FIN"), _spoken("ACK", by_client=False)),
            ["I\u2019m done.", "Then so am I.", "Got it. Bye."],
        ),
        ((_spoken("SYN"), _spoken("ACK RST", by_client=False)), ["Can we talk?", "No. Leave me alone."]),
        ((*OPENS, _spoken("ACK RST")), ["Stop. I forgot all of this."]),
        ((*OPENS, _spoken("ACK PSH", size=20, data="a" * 20)), ["aaaaaaaaaaa\u2026"]),
    ],
)
def test_a_packet_says_what_it_does(packets: tuple[Packet, ...], says: list[str]) -> None:
    (found,) = conversations(replace(echo(), sockets=(), calls=(), packets=packets))
    assert [line.says for line in talk.lines(found)][-len(says) :] == says


def test_the_sender_decides_the_side_and_what_carries_words_is_marked(checkout: Checkout) -> None:
    figure = one(checkout.page(fence("talk", "sockets/echo.py")), ".sk-talk")
    packets = echo().packets
    client = packets[0].source
    sides = ["sk-c" if packet.source == client else "sk-s" for packet in packets]
    assert [str(item["class"][0]) for item in figure.select("li")] == sides
    data = [packet.data for packet in packets if packet.size]
    assert [text_of(item, ".sk-say") for item in figure.select(".sk-data")] == data
    caption = text_of(figure, "figcaption")
    assert caption.startswith(f"All {len(packets)} packets")
    assert f"{sum(packet.length for packet in packets)} bytes crossed" in caption


def test_what_is_not_one_connection_is_refused(checkout: Checkout) -> None:
    checkout.snippet("sockets/mute.py", PROGRAM, replace(echo(), packets=()))
    assert "not exactly one recorded TCP connection" in checkout.html(fence("talk", "sockets/mute.py"))
    assert "a talk fence holds a program" in checkout.html(fence("talk", "[sockets/echo.py]"))
