"""The figure of a run: what it shows, in which order, and that nothing hostile or huge can break it."""

from __future__ import annotations

import random
import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from sitebuild.programs.store import Store
from socktrace import ladder
from socktrace.ladder.abridge import abridge
from socktrace.ladder.states import changes
from socktrace.ladder.steps import Step, drafted
from socktrace.recording import Endpoint, Packet, Recording, Socket, from_json
from socktrace.visible import visible
from support.handmade import (
    CLIENT,
    OTHER,
    SERVER,
    call,
    chance_recording,
    datagram,
    echo,
    fifty,
    hostile,
    recording,
    segment,
    tcp,
    udp,
    unreachable,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from socktrace.ladder import Figure

STORE = Store(Path(__file__).parents[2])
RECORDINGS = [STORE.path(name) for name in STORE.names()]


def text_of(made: Recording, *, ascii: bool = False) -> str:
    return ladder.to_text(ladder.draw(made), ascii=ascii)


# Worked out by hand from the times in handmade.echo(), with RFC 9293 section 3.3.2, figure 5, for the states.
ECHO = """\
TCP connection: 10 packets

                      client                        server
             127.0.0.1:40000                        127.0.0.1:5000
                  ● socket 2                        ○ socket 1  ● socket 3
                             │                    ◆ socket() → TCP L8
                             │                    ◆ bind(127.0.0.1:0) → port
                             │                    │ 5000 L8
                             │                    ○ listen(5) L8 · LISTEN
                             │                    ○ accept() waits L2
          socket() → TCP L11 ◆                    │
     connect(127.0.0.1:5000) ◆                    │
                   waits L11 │                    │
                    SYN-SENT │─────── SYN ───────▶│ SYN-RECEIVED
                 ESTABLISHED │◀───── SYN, ACK ────│
                             │╌╌╌╌╌╌╌ ACK ╌╌╌╌╌╌╌▶│ ESTABLISHED
       connect() returns L11 ●                    │
                             │                    ○ accept() → socket 3 L2
        sendall(5 bytes) L12 ●                    │
                             │── 5 bytes hello ──▶│
                             │◀╌╌╌╌╌╌╌ ACK ╌╌╌╌╌╌╌│
                             │                    ● recv() → 5 bytes L4
                             │                    ● sendall(5 bytes) L5
                             │◀── 5 bytes hello ──│
                             │╌╌╌╌╌╌╌ ACK ╌╌╌╌╌╌╌▶│
                             │                    ● recv() waits L4
       shutdown(SHUT_WR) L13 ●                    │
                  FIN-WAIT-1 │─────── FIN ───────▶│ CLOSE-WAIT
                             │                    ● recv() → b'' end of stream
                             │                    │ L4
        recv() → 5 bytes L14 ●                    │
                             │                    ● close() L3
                   TIME-WAIT │◀─────── FIN ───────│ LAST-ACK
                             │╌╌╌╌╌╌╌ ACK ╌╌╌╌╌╌╌▶│ CLOSED
                 close() L11 ●                    │
                             │                    ○ close() L8
                             │                    │
When the program had ended, the kernel still kept the client's end: TIME-WAIT."""


def test_ten_packets_are_drawn_as_by_hand() -> None:
    assert text_of(echo()) == ECHO


def test_a_terminal_without_these_characters_gets_others() -> None:
    text = text_of(echo(), ascii=True)
    assert text.isascii()
    assert "                    SYN-SENT |------- SYN ------->| SYN-RECEIVED" in text.splitlines()
    assert "                 ESTABLISHED |<----- SYN, ACK ----|" in text.splitlines()


# -- states ------------------------------------------------------------------------------------------------------------

OPEN = (segment(1, CLIENT, "SYN"), segment(2, SERVER, "SYN ACK", 0, 1), segment(3, CLIENT, "ACK", 1, 1))
OPENED = [("SYN-SENT", "SYN-RECEIVED"), ("ESTABLISHED", ""), ("", "ESTABLISHED")]


@pytest.mark.parametrize(
    ("packets", "expected"),
    [
        pytest.param(
            (
                segment(4, CLIENT, "ACK FIN", 1, 1),
                segment(5, SERVER, "ACK", 1, 2),
                segment(6, SERVER, "ACK FIN", 1, 2),
                segment(7, CLIENT, "ACK", 2, 2),
            ),
            [("FIN-WAIT-1", "CLOSE-WAIT"), ("FIN-WAIT-2", ""), ("TIME-WAIT", "LAST-ACK"), ("", "CLOSED")],
            id="figure 12, normal close",
        ),
        pytest.param(
            (segment(4, CLIENT, "ACK FIN", 1, 1), segment(5, SERVER, "ACK FIN", 1, 2), segment(6, CLIENT, "ACK", 2, 2)),
            [("FIN-WAIT-1", "CLOSE-WAIT"), ("TIME-WAIT", "LAST-ACK"), ("", "CLOSED")],
            id="close in three packets",
        ),
        pytest.param(
            (
                segment(4, CLIENT, "ACK FIN", 1, 1),
                segment(5, SERVER, "ACK FIN", 1, 1),
                segment(6, CLIENT, "ACK", 2, 2),
                segment(7, SERVER, "ACK", 2, 2),
            ),
            [("FIN-WAIT-1", "CLOSE-WAIT"), ("CLOSING", "LAST-ACK"), ("", "CLOSED"), ("TIME-WAIT", "")],
            id="the second FIN does not acknowledge the first",
        ),
        pytest.param(
            (segment(4, SERVER, "ACK FIN", 1, 1), segment(5, SERVER, "ACK FIN", 1, 1), segment(6, CLIENT, "ACK", 1, 2)),
            [("CLOSE-WAIT", "FIN-WAIT-1"), ("", ""), ("", "FIN-WAIT-2")],
            id="a FIN sent twice counts once",
        ),
        pytest.param((segment(4, CLIENT, "ACK RST", 1, 1),), [("CLOSED", "CLOSED")], id="reset"),
        pytest.param(
            (
                segment(4, CLIENT, "ACK PSH FIN", 1, 1, b"bye"),
                segment(5, SERVER, "ACK", 1, 4),
                segment(6, SERVER, "ACK", 1, 5),
            ),
            [("FIN-WAIT-1", "CLOSE-WAIT"), ("", ""), ("FIN-WAIT-2", "")],
            id="the FIN is acknowledged after the bytes before it",
        ),
    ],
)
def test_states_follow_the_diagram_of_rfc_9293(packets: tuple[Packet, ...], expected: list[tuple[str, str]]) -> None:
    assert changes(OPEN + packets, CLIENT) == OPENED + expected


def test_a_refused_connection_goes_from_syn_sent_to_closed() -> None:
    packets = (segment(1, CLIENT, "SYN"), segment(2, SERVER, "ACK RST", 0, 1))
    assert changes(packets, CLIENT) == [("SYN-SENT", ""), ("CLOSED", "")]


def test_a_connection_reset_before_it_is_open_returns_the_listener_to_listen() -> None:
    packets = (*OPEN[:2], segment(3, CLIENT, "RST", 1))
    assert changes(packets, CLIENT)[-1] == ("CLOSED", "LISTEN")


def test_two_ends_may_open_at_once() -> None:
    """RFC 9293 section 3.5, figure 7."""
    packets = (
        segment(1, CLIENT, "SYN"),
        segment(2, SERVER, "SYN"),
        segment(3, CLIENT, "SYN ACK", 0, 1),
        segment(4, SERVER, "ACK", 1, 1),
        segment(5, CLIENT, "ACK", 1, 1),
    )
    states = changes(packets, CLIENT)
    assert states[0] == ("SYN-SENT", "")
    assert states[1] == ("SYN-RECEIVED", "SYN-SENT")
    assert states[-2:] == [("ESTABLISHED", ""), ("", "")]


# -- what stands where -------------------------------------------------------------------------------------------------


def rows(text: str) -> list[str]:
    """Return the rows of a text figure without the space around them."""
    return [" ".join(line.split()) for line in text.splitlines()]


def test_a_call_that_waits_for_nothing_stands_there_once() -> None:
    made = echo()
    quick = replace(made.calls[3], at=1.55)
    drawn = rows(text_of(replace(made, calls=(*made.calls[:3], *made.calls[4:6], quick, *made.calls[6:]))))
    assert [row for row in drawn if "accept()" in row] == ["│ ○ accept() → socket 3 L2"]


def test_a_refused_connection_shows_its_error_and_a_socket_that_does_not_listen() -> None:
    made = recording(
        sockets=(tcp(1, "unused", SERVER), tcp(2, "client", CLIENT)),
        calls=(
            call(0.1, 0.2, 1, "bind", 3, argument="127.0.0.1:5000", local=SERVER),
            call(1.0, 1.5, 2, "connect", 5, argument="127.0.0.1:5000", peer=SERVER, error="ECONNREFUSED"),
        ),
        packets=(segment(1.1, CLIENT, "SYN"), segment(1.2, SERVER, "ACK RST", 0, 1)),
    )
    text = text_of(made)
    assert text.splitlines()[0] == "TCP connection, refused: 2 packets"
    assert "connect() → ECONNREFUSED L5 ◆ │" in rows(text)
    assert "○" not in text


def test_datagrams_keep_their_edges_and_the_complaint_comes_back() -> None:
    made = recording(
        sockets=(udp(1, CLIENT), udp(2, SERVER)),
        calls=(
            call(1.0, 1.2, 1, "send", 4, "sendto", size=3, data="one", peer=SERVER),
            call(2.0, 2.2, 1, "send", 5, "sendto", size=0, peer=SERVER),
            call(3.0, 3.1, 2, "recv", 6, "recvfrom", size=3, data="one", peer=CLIENT),
            call(3.2, 3.3, 2, "recv", 7, "recvfrom", size=0, peer=CLIENT),
            call(3.4, 3.5, 2, "close", 8),
            call(4.0, 4.2, 1, "send", 9, "sendto", size=2, data="no", peer=SERVER),
            call(4.4, 4.5, 1, "recv", 10, error="ECONNREFUSED"),
        ),
        packets=(
            datagram(1.1, CLIENT, SERVER, b"one"),
            datagram(2.1, CLIENT, SERVER, b""),
            datagram(4.1, CLIENT, SERVER, b"no"),
            unreachable(4.15, CLIENT, SERVER),
        ),
    )
    drawn = rows(text_of(made))
    assert drawn[0] == "UDP conversation: 4 packets"
    expected = [
        "│─── 3 bytes one ───▶│",
        "│── empty datagram ─▶│",
        "│ ◆ recvfrom() → 3 bytes L6",
        "│ ◆ recvfrom() → b'' (an empty",
        "│── 2 bytes no ────▶│",
        "│◀─ port unreachable │",
    ]
    found = [row for row in drawn if row in expected or "bytes no" in row or "unreachable" in row]
    assert found[:4] == expected[:4]
    assert "2 bytes no" in found[4]
    assert found[5].startswith("│◀")


def test_one_udp_socket_tells_its_peers_apart() -> None:
    made = recording(
        sockets=(udp(1, SERVER), udp(2, CLIENT), udp(3, OTHER)),
        calls=(
            call(1.0, 1.2, 2, "send", 1, "sendto", size=1, peer=SERVER),
            call(2.0, 2.2, 3, "send", 2, "sendto", size=2, peer=SERVER),
            call(3.0, 3.1, 1, "recv", 3, "recvfrom", size=1, peer=CLIENT),
            call(3.2, 3.3, 1, "recv", 4, "recvfrom", size=2, peer=OTHER),
        ),
        packets=(datagram(1.1, CLIENT, SERVER, b"a"), datagram(2.1, OTHER, SERVER, b"bb")),
    )
    first, second = text_of(made).split("\n\nUDP")
    assert "recvfrom() → 1 byte L3" in first
    assert "recvfrom() → 2 bytes L4" in second
    assert "L4" not in first


def pair(data: str, via: str = "") -> Recording:
    """Make a Unix socket pair whose first end sends `data`."""
    nameless = Endpoint("")
    sockets = tuple(Socket(n, "AF_UNIX", "SOCK_STREAM", "socketpair", "pair", nameless, nameless) for n in (1, 2))
    return recording(
        sockets=sockets,
        calls=(
            call(0.1, 0.2, 1, "socketpair", 3, made=2, via=via),
            call(0.1, 0.2, 2, "socketpair", 3, via=via),
            call(1.0, 1.1, 1, "send", 4, size=len(data), data=data, via=via),
            call(1.2, 1.3, 2, "recv", 5, size=len(data), data=data, via=via),
        ),
    )


def test_a_socket_pair_passes_its_bytes_inside_the_kernel() -> None:
    drawn = rows(text_of(pair("ping")))
    assert drawn[0] == "Pair of Unix sockets: no packets, the bytes stay inside the kernel"
    assert "│··· 4 bytes ping ··▶│" in drawn
    assert "│ ● recv() → 4 bytes L5" in drawn


def test_a_payload_that_is_no_text_is_not_shown() -> None:
    drawn = rows(text_of(pair("\\x16\\x03hello")))
    assert [row.strip("│·▶ ") for row in drawn if "▶" in row] == ["13 bytes"]


def test_a_call_that_does_not_wait_stands_there_once() -> None:
    made = echo()
    calls = tuple(replace(one, error="EINPROGRESS") if one.name == "connect" else one for one in made.calls)
    drawn = [row for row in rows(text_of(replace(made, calls=calls))) if "connect(" in row]
    assert drawn == ["connect(127.0.0.1:5000) → ◆ │"]


def test_a_socket_connected_to_itself_has_no_states() -> None:
    made = recording(
        sockets=(tcp(1, "client", CLIENT, CLIENT),),
        calls=(call(0, 2, 1, "connect", 3, argument="127.0.0.1:40000", local=CLIENT, peer=CLIENT),),
        packets=(
            segment(1, CLIENT, "SYN", destination=CLIENT),
            segment(1.5, CLIENT, "SYN ACK", 0, 1, destination=CLIENT),
        ),
    )
    assert "SYN-" not in text_of(made)


def test_a_process_that_ends_with_another_ones_socket_is_not_blamed() -> None:
    made = echo()
    copy = call(4.15, 4.16, 1, "exit", None, process=1, path=None)
    drawn = rows(text_of(replace(made, calls=(*made.calls, copy))))
    assert "│ ○ a process ended that also" in drawn
    assert "│ ○ close() L8" in drawn


def test_the_pair_by_which_an_event_loop_wakes_itself_is_one_line() -> None:
    assert text_of(pair("\\x00", via="asyncio.selector_events")) == (
        "Not drawn: sockets 1 and 2, a pair that asyncio.selector_events opened on line\n"
        "3. It carried no data; an event loop keeps such a pair to wake itself."
    )


def test_the_listener_belongs_to_the_connection_at_whose_time_it_was_called() -> None:
    text = text_of(fifty(2))
    first, second = text.split("\n\nTCP connection 2 of 2")
    assert "listen() L1 · LISTEN" in first
    assert "listen()" not in second
    assert rows(second)[-2:] == ["│ ○ close() L1", "│ │"]


def test_sockets_that_met_no_peer_are_drawn_too() -> None:
    lone = recording(sockets=(tcp(1, "unused", SERVER),), calls=(call(0, 1, 1, "bind", 2, error="EADDRINUSE"),))
    assert text_of(lone).splitlines() == [
        "A socket that met no peer",
        "",
        "  TCP socket 127.0.0.1:5000",
        "◆ bind() → EADDRINUSE L2",
    ]
    three = recording(
        sockets=tuple(tcp(number, "unused", SERVER) for number in (1, 2, 3)),
        calls=tuple(call(number, number, number, "close", 7) for number in (1, 2, 3)),
    )
    assert "◆ socket 2: close() L7" in text_of(three).splitlines()


def test_sockets_that_spoke_without_a_connection_did_meet_peers() -> None:
    lone = recording(sockets=(tcp(1, "datagram", SERVER),), calls=(call(0, 1, 1, "recv", 2, size=5),))
    assert text_of(lone).splitlines()[0] == "A socket without a connection"


def test_without_packets_the_names_of_the_sockets_tell_who_spoke_to_whom() -> None:
    made = replace(echo(), packets=(), unseen=("packets: no namespace on this system",))
    drawn = rows(text_of(made))
    assert drawn[0] == "TCP connection: packets not recorded"
    assert "sendall(5 bytes) L12 ● │" in drawn
    assert "│ ● recv() → 5 bytes L4" in drawn


def test_a_second_descriptor_and_its_closing_say_their_numbers() -> None:
    made = echo()
    dup = call(3.5, 3.52, 3, "adopt", 6, "socket", fd=9)
    drawn = rows(text_of(replace(made, calls=(*made.calls, dup, call(3.53, 3.54, 3, "close", 7, fd=9)))))
    assert "│ ● another descriptor: 9 L6" in drawn
    assert "│ ● close() descriptor 9 L7" in drawn
    assert "│ ● close() descriptor 5 L3" in drawn


# -- loops and crowds --------------------------------------------------------------------------------------------------


def loop(times: int) -> Recording:
    """Make a connection on which a loop sends and another receives."""
    made = echo()
    calls, packets = list(made.calls[:6]), list(made.packets[:3])
    for number in range(times):
        at = 10.0 + number
        calls.append(call(at, at + 0.3, 2, "send", 12, "sendall", size=100))
        packets += [
            segment(at + 0.1, CLIENT, "ACK PSH", 1 + 100 * number, 1, bytes(100)),
            segment(at + 0.2, SERVER, "ACK", 1, 101 + 100 * number),
        ]
    return replace(made, calls=tuple(calls), packets=tuple(packets))


def test_a_loop_is_drawn_once() -> None:
    drawn = rows(text_of(loop(1000)))
    assert "⋮ these 3 steps 999 times more, 99,900 bytes" in drawn
    assert len(drawn) < 30


def test_calls_that_follow_each_other_are_counted() -> None:
    made = echo()
    reads = tuple(call(3.401 + at / 1000, 3.4011 + at / 1000, 2, "recv", 14, size=1) for at in range(5))
    drawn = rows(text_of(replace(made, calls=made.calls[:11] + reads + made.calls[12:])))
    assert "recv \u00d75 → 5 bytes L14 ● │" in drawn


def test_three_equal_calls_are_still_three() -> None:
    made = echo()
    reads = tuple(call(3.401 + at / 1000, 3.4011 + at / 1000, 2, "recv", 14, size=1) for at in range(3))
    drawn = rows(text_of(replace(made, calls=made.calls[:11] + reads + made.calls[12:])))
    assert drawn.count("recv() → 1 byte L14 ● │") == 3


def test_what_never_repeats_is_cut_in_the_middle() -> None:
    made = echo()
    chance = random.Random(1)
    calls = tuple(call(5 + at, 5 + at, 2, "send", chance.randrange(99), size=1) for at in range(500))
    section = ladder.draw(replace(made, calls=made.calls[:6] + calls)).sections[0]
    assert len(section.steps) == 65
    assert [step.label for step in section.steps if step.kind == "more"] == [
        # 40 and 24 steps are kept, of which the handshake's calls and all packets take 18.
        "454 more calls and 0 more packets are not drawn"
    ]


def test_steps_that_come_again_are_counted_where_the_middle_is_cut_and_stand_together_at_its_end() -> None:
    again = 8 * [Step("packet", "left", "ping"), Step("packet", "right", "pong")]

    def labels(before: int, after: int) -> list[str]:
        steps = [Step("call", "left", f"send {at}") for at in range(before + after)]
        return [one.label for one in abridge([*map(drafted, steps[:before] + again + steps[before:])])]

    assert labels(50, 50)[40] == "36 more calls and 16 more packets are not drawn"
    assert labels(60, 23)[40:44] == [
        "20 more calls and 0 more packets are not drawn", "ping", "pong", "these 2 steps 7 times more"
    ]  # fmt: skip
    assert labels(39, 40)[38:44] == [
        "send 38", "ping", "16 more calls and 15 more packets are not drawn", "send 55", "send 56", "send 57"
    ]  # fmt: skip


def test_fifty_connections_of_one_shape_make_a_small_figure() -> None:
    section, *others = ladder.draw(fifty()).sections
    assert not others
    assert section.title == "TCP connection 1 of 50: 6 packets"
    assert len(section.alike) == 49
    assert [step.label for step in section.steps if step.socket == 1] == ["listen()", "accept()", "close()"]


def test_connections_of_one_shape_to_many_ports_are_drawn_once() -> None:
    sockets, calls, packets = [], [], []
    for number in range(20):
        here, there, at = Endpoint("127.0.0.1", 40000 + number), Endpoint("127.0.0.1", 5000 + number), 1.0 + number
        sockets.append(tcp(number + 1, "client", here, there))
        calls.append(call(at, at + 0.4, number + 1, "connect", 2, peer=there, error="ECONNREFUSED"))
        packets += [
            segment(at + 0.1, here, "SYN", destination=there),
            segment(at + 0.2, there, "ACK RST", 0, 1, destination=here),
        ]
    made = recording(sockets=tuple(sockets), calls=tuple(calls), packets=tuple(packets))
    section, *others = ladder.draw(made).sections
    assert not others
    assert section.title == "TCP connection 1 of 20, refused: 2 packets"
    assert section.alike[-1] == (Endpoint("127.0.0.1", 40019), Endpoint("127.0.0.1", 5019))
    assert [step.label for step in section.steps if step.kind == "packet"] == ["SYN", "RST"]


def test_a_connection_that_went_otherwise_is_drawn() -> None:
    made = fifty()
    packets = tuple(
        replace(packet, flags="ACK RST") if packet.has("FIN") and packet.source.port == 40007 else packet
        for packet in made.packets
    )
    assert [len(section.alike) for section in ladder.draw(replace(made, packets=packets)).sections] == [48, 0]


# -- hostile text ----------------------------------------------------------------------------------------------------


def test_hostile_text_comes_out_as_text() -> None:
    drawn = text_of(hostile())
    for character in "\u202e\0\x1b\x9b\ud800":
        assert character not in drawn
    drawn.encode()


def test_visible_leaves_what_can_be_seen() -> None:
    assert visible("café 字 b'x' → é") == "café 字 b'x' → é"
    assert visible("a\nb\tc", keep="\n") == "a\nb␉c"
    assert visible("a\nb\x7f\u200b\ufeff") == "a␊b␡⟨U+200B⟩⟨U+FEFF⟩"


# -- every recording there is, and many that never were ----------------------------------------------------------------


def packets_of(steps: Sequence[Step]) -> int:
    """Count the packets that steps stand for, also those that a folded step only counts."""
    total = 0
    for at, step in enumerate(steps):
        if step.kind == "packet":
            total += step.times
        elif again := re.match(r"these (\d+) steps (\d+) times more", step.label):
            total += packets_of(steps[at - int(again[1]) : at]) * int(again[2])
        elif left := re.search(r"(\d+) more packets? (?:is|are) not drawn", step.label):
            total += int(left[1])
    return total


@pytest.mark.parametrize("path", RECORDINGS, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_every_recording_is_drawn_whole(path: Path) -> None:
    made = from_json(path.read_text(encoding="utf-8"))
    figure = ladder.draw(made)
    text = text_of(made)
    assert all(len(line) <= 80 for line in text.splitlines())
    drawn = sum(packets_of(section.steps) for section in figure.sections)
    assert drawn + sum(crossed(made, *pair) for pair in alike_in(figure)) == len(made.packets)
    lines = {one.line for one in made.calls if one.line and not one.via}
    assert lines <= {step.line for section in figure.sections for step in section.steps}


def alike_in(figure: Figure) -> list[tuple[Endpoint, Endpoint]]:
    return [pair for section in figure.sections for pair in section.alike]


def crossed(made: Recording, one: Endpoint, other: Endpoint) -> int:
    """Count the packets between two endpoints, and those that complain about one of them."""
    ends = {one, other}
    return sum(ends in ({packet.source, packet.destination}, {*(packet.about or ())}) for packet in made.packets)


def test_packets_of_alike_connections_are_counted_too() -> None:
    figure = ladder.draw(fifty())
    assert len(alike_in(figure)) == 49
    assert {crossed(fifty(), *pair) for pair in alike_in(figure)} == {6}


def test_no_recording_is_too_strange_to_draw() -> None:
    for seed in range(150):
        made = chance_recording(random.Random(seed))
        assert all(len(line) <= 80 for line in text_of(made).splitlines()), seed
