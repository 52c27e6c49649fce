"""What a program calls its sockets is read from its text: each by its own name, and none by that of another."""

from __future__ import annotations

import pytest

from socktrace.ladder.names import names_in
from support.handmade import call, recording, tcp


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
        ("pair = socket.socketpair()", [("socketpair", 1)], ["", ""]),
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


def test_no_socket_has_a_name_where_a_line_did_not_open_as_many_as_it_names() -> None:
    assert named("with socket() as one, socket() as other: ...", *[("socket", 1)] * 3) == ["", "", ""]


def test_no_socket_has_a_name_where_one_of_those_beside_it_was_refused() -> None:
    text = "with create_connection(a) as one, create_connection(b) as other: ..."
    assert named(text, *[("socket", 1)] * 2, refused=True) == ["", ""]
    assert named(text, *[("socket", 1)] * 2) == ["one", "other"]


def test_one_name_is_enough_for_all_the_addresses_that_a_helper_tried() -> None:
    assert named("one = create_connection(to)", *[("socket", 1)] * 2, refused=True) == ["one", "one"]
