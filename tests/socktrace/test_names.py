"""What a program calls its sockets is read from its text: each by its own name, and none by that of another."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

import pytest

from sitebuild.programs.store import Store
from socktrace import ladder
from socktrace.ladder.names import names_in
from socktrace.ladder.words import plain
from socktrace.output import give
from socktrace.recording import Endpoint, from_json
from support.handmade import call, recording, tcp, udp


def named(text: str, *opened: tuple[str, int], refused: bool = False) -> list[str]:
    """Return what the sockets are called that a program opened by these calls, each a name and a line.

    Args:
        text: The program.
        opened: The calls.
        refused: Whether the first of the sockets could not be connected.
    """
    calls, count = [], 0
    for at, (name, line) in enumerate(opened):
        count += 1
        calls.append(call(at, at + 0.1, count, name, line, made=count + 1 if name == "socketpair" else None))
        count += name == "socketpair"
    if refused:
        calls.append(call(9, 9.1, 1, "connect", opened[0][1], error="ECONNREFUSED"))
    made = recording(sockets=tuple(tcp(one, "unused") for one in range(1, count + 1)), calls=tuple(calls))
    names = names_in({"": text})
    return [names.variable(made, one) for one in range(1, count + 1)]


@pytest.mark.parametrize(
    ("text", "opened", "names"),
    [
        ("one = socket.socket()", [("socket", 1)], ["one"]),
        ("with socket.socket() as one, socket.socket() as other: ...", [("socket", 1)] * 2, ["one", "other"]),
        ("with socket.socket() as one, one.dup() as copy: ...", [("socket", 1)], ["one"]),
        ("with socket() as one, socket() as other: ...", [("socket", 1)] * 4, ["one", "other"] * 2),
        ("one, other = socket.socket(), socket.socket()", [("socket", 1)] * 2, ["one", "other"]),
        ("one = socket.socket(); other = socket.socket()", [("socket", 1)] * 2, ["one", "other"]),
        ("left, right = socket.socketpair()", [("socketpair", 1)], ["left", "right"]),
        ("pair = socket.socketpair()", [("socketpair", 1)], ["pair[0]", "pair[1]"]),
        ("first = stack.enter_context(socket.socket())", [("socket", 1)], ["first"]),
        ("got, _ = red.accept(); other, _ = blue.accept()", [("accept", 1)] * 2, ["got", "other"]),
        ("call = create_connection(create_server(any).getsockname())", [("socket", 1)] * 2, ["", "call"]),
        ("with hidden(socket()), socket() as other: ...", [("socket", 1)] * 2, ["", "other"]),
        ("with context.wrap_socket(create_connection(to)) as tls: ...", [("socket", 1)], ["tls"]),
        ("with (\n  socket() as one,\n  socket() as other,\n): ...", [("socket", 2), ("socket", 3)], ["one", "other"]),
        ("for _ in range(3):\n  one = socket()", [("socket", 2)] * 3, ["one"] * 3),
    ],
)
def test_each_socket_has_the_name_that_its_own_call_was_bound_to(
    text: str, opened: list[tuple[str, int]], names: list[str]
) -> None:
    assert named(text, *opened) == names


@pytest.mark.parametrize(
    ("line", "function", "said"),
    [
        ("tls.sendall(b'hello')", "ssl.send", "sendall"),
        ("print(tls.recv(9))", "ssl.read", "recv"),
        ("tls.sendall(tls.recv(9))", "ssl.read", "recv"),
        ("lines.readline()", "ssl.read", "recv_into"),
        ("socket.send_fds(door, [b'?'], [3])", "sendmsg", "send_fds"),
        ("door.sendmsg([b'?'])", "sendmsg", "sendmsg"),
        ("relay(door)", "recv", "recv"),
    ],
)
def test_a_call_goes_by_the_name_that_its_line_has_for_it(line: str, function: str, said: str) -> None:
    assert names_in({"": line}).function(call(1, 2, 1, "send", 1, function)) == said


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("lines.readline()", 1, "readline()"),
        ("head = stream.read(4)", 1, "read()"),
        ("lines = s.makefile()\nfor one in lines:\n  say(one)", 2, "for"),
        ("with s, s.makefile() as lines:\n  for one in lines:\n    say(one)", 2, "for"),
        ("for one in lines:\n  say(one)", 1, ""),
        ("lines = s.makefile()\nfor one in others:\n  say(one)", 2, ""),
        ("print(s.recv_into(room), log.read())", 1, ""),
    ],
)
def test_who_called_recv_into_is_the_method_or_the_loop_that_the_line_has(text: str, line: int, said: str) -> None:
    assert names_in({"": text}).reader(call(1, 2, 1, "recv", line, "recv_into")) == said
    assert names_in({"": text}).reader(call(1, 2, 1, "recv", line, "recv")) == ""


def test_no_row_names_a_call_of_the_libraries_own(capsys: pytest.CaptureFixture[str]) -> None:
    store = Store(Path(__file__).parents[2])
    name = "servers/over_tls.py"
    (text,) = store.texts(name)
    made = from_json(store.path(name).read_text(encoding="utf-8"))
    run = ladder.tell(made, ladder.draw(made), {"": text})
    told = [f"{row.code} {plain(row.sentence)}" for row in run.rows]
    assert any("sendall()" in one for one in told)
    assert [one for one in told if "ssl." in one] == []
    options = Namespace(json=None, pcap=None, html=None, full=True, no_ladder=False)
    give(options, made, [], lambda: [text])
    report = capsys.readouterr().err
    assert "sendall(5 bytes)" in report
    assert "ssl." not in report


def columns(text: str, *opened: int) -> tuple[list[str], list[str]]:
    """Return the columns of a run and its rows, of sockets that were opened and closed by these lines, in turn."""
    sockets = tuple(udp(one, Endpoint("127.0.0.1", 5000 + one)) for one in range(1, len(opened) + 1))
    calls = tuple(
        call(2 * one + (name == "close"), 2 * one + 0.1 + (name == "close"), one, name, line)
        for one, line in enumerate(opened, 1)
        for name in ("socket", "close")
    )
    made = recording(sockets=sockets, calls=calls)
    run = ladder.tell(made, ladder.draw(made), {"": text})
    return [lane.name for lane in run.lanes], [f"{run.lanes[row.lane].name}.{row.code}" for row in run.rows]


def test_a_column_goes_by_what_the_program_calls_its_sockets() -> None:
    assert columns("one = socket()", 1)[0] == ["one"]
    assert columns("one = socket()", 1, 1) == (["one"], ["one.socket()", "one.close()"] * 2)
    assert columns("one = socket()\nother = socket()", 1, 2, 2) == (
        ["one", "other"],
        ["one.socket()", "one.close()", *["other.socket()", "other.close()"] * 2],
    )
    assert columns("socket()", 1)[0] == ["UDP socket"]
    assert columns("one = socket()\nsocket()", 1, 2)[0] == ["one", "UDP socket"]


def test_a_socket_stands_in_no_column_of_another_whose_address_it_has() -> None:
    store = Store(Path(__file__).parents[2])
    name = "sockets/closer_waits_in_time_wait.py"
    made = from_json(store.path(name).read_text(encoding="utf-8"))
    run = ladder.tell(made, ladder.draw(made), {"": store.texts(name)[0]})
    assert [lane.name for lane in run.lanes] == ["client", "server", "again"]
    assert {run.lanes[row.lane].name for row in run.rows[-6:]} == {"again"}


def test_no_socket_has_a_name_where_a_line_did_not_open_as_many_as_it_names() -> None:
    assert named("with socket() as one, socket() as other: ...", *[("socket", 1)] * 3) == ["", "", ""]


def test_no_socket_has_a_name_where_one_of_those_beside_it_was_refused() -> None:
    text = "with create_connection(a) as one, create_connection(b) as other: ..."
    assert named(text, *[("socket", 1)] * 2, refused=True) == ["", ""]
    assert named(text, *[("socket", 1)] * 2) == ["one", "other"]


def test_one_name_is_enough_for_all_the_addresses_that_a_helper_tried() -> None:
    assert named("one = create_connection(to)", *[("socket", 1)] * 2, refused=True) == ["one", "one"]
