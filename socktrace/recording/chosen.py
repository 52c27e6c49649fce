"""Which numbers in a recording the kernel chose: they differ from run to run, whatever the program does. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator

from socktrace.recording import Recording
from socktrace.recording.streams import escape, unescape

Line = tuple[str | None, int | None]

NUMBER = re.compile(r"(?<![0-9])[0-9]{1,20}(?![0-9])")
"""A number as the kernel may have chosen it, of 64 bits at most; a program may move a million digits."""


def ports(recording: Recording) -> frozenset[int]:
    """Return the port numbers that the kernel chose, as opposed to those that the program wrote."""
    written: set[int] = set()
    chosen: set[int] = set()
    for call in recording.calls:
        asked = _port(call.argument) if call.name == "bind" else 0
        if asked not in chosen:
            written.add(asked)
        for end in (call.local, call.peer if call.name in ("accept", "recv") else None):
            if end and end.port and end.port not in written:
                chosen.add(end.port)
    if recording.strangers:  # the calls do not tell of all sockets
        named = {end.port for call in recording.calls for end in (call.local, call.peer) if end}
        chosen |= {packet.source.port for packet in recording.packets if packet.source.port} - named - written
    return frozenset(chosen)


def descriptors(recording: Recording) -> frozenset[tuple[int, frozenset[Line]]]:
    """Return the sockets' descriptors, each with the lines that opened those that had it."""
    found: dict[int, set[Line]] = {}
    for call in recording.calls:
        opening = recording.openings[call.socket]
        found.setdefault(call.fd, set()).add((opening.path, opening.line))
    return frozenset((fd, frozenset(lines)) for fd, lines in found.items())


def spelled(recording: Recording) -> frozenset[str]:
    """Return the numbers that stand in what the program printed, sent and said."""
    different = frozenset(texts(recording))  # most calls of a loop move the same
    return frozenset(number for text in different for number in NUMBER.findall(text))


def spelled_in_binary(recording: Recording) -> frozenset[int]:
    """Return the numbers that may stand in what the program sent and received as eight bytes, in either order.

    What the kernel chooses fits in four bytes, so only numbers with four bytes of zeros count.
    """
    zeros = bytes(4)
    as_written = escape(zeros)
    written = {call.data for call in recording.calls if as_written in call.data}
    moved = [unescape(data) for data in written]
    windows = {data[at : at + 8] for data in moved for at in range(len(data) - 7)}
    big = (int.from_bytes(window[4:], "big") for window in windows if window.startswith(zeros))
    little = (int.from_bytes(window[:4], "little") for window in windows if window.endswith(zeros))
    return frozenset((*big, *little))


def printed(recording: Recording) -> re.Pattern[str]:
    """Return what every run prints that prints the same, with any number in place of one that the kernel chose.

    Args:
        recording: One run; of several programs, the output is parted as in `Recording.output`.
    """
    numbers = ports(recording) | {one.number for one in recording.chosen}
    seen: set[str] = set()

    def written(match: re.Match[str]) -> str:
        number = match[0]
        if int(number) not in numbers:
            return number
        if number in seen:
            return f"(?P=n{number})"
        seen.add(number)
        return f"(?P<n{number}>[0-9]+)"

    return re.compile(NUMBER.sub(written, re.escape(recording.output)))


def named(recording: Recording, text: str) -> str:
    """Return a text with names for what the kernel chose, such as `<port of listener>`, `<inode of client 2>`.

    A socket goes by its role; of several with one role, and one port, the first counts. A process is `program` or
    `child`.

    Args:
        recording: A run.
        text: Something that it printed.
    """
    names: dict[int, str] = {}
    many: dict[str, int] = {}
    called: dict[int, str] = {}
    mine = ports(recording)
    for socket in recording.sockets:
        many[socket.role] = many.get(socket.role, 0) + 1
        called[socket.id] = socket.role if many[socket.role] == 1 else f"{socket.role} {many[socket.role]}"
        if socket.local and socket.local.port in mine:
            names.setdefault(socket.local.port, f"<port of {called[socket.id]}>")
    for one in recording.chosen:
        owner = called[one.owner] if one.kind == "inode" else f"child {one.owner}" if one.owner else "program"
        names[one.number] = f"<{one.kind} of {owner}>"
    return NUMBER.sub(lambda match: names.get(int(match[0]), match[0]), text)


def texts(recording: Recording) -> Iterator[str]:
    """Yield every text that the program had a hand in, apart from its own source."""
    for one in recording.programs:
        yield one.stdout
        yield one.stderr
        yield one.swallowed
        yield from one.arguments
    yield from recording.strangers
    yield from (survivor.name for survivor in recording.survivors)
    yield from (text for stream in recording.streams for text in (stream.data, stream.first, stream.last))
    for call in recording.calls:
        yield call.data
        yield call.argument
        yield from (end.address for end in (call.local, call.peer) if end and end.port is None)


def _port(argument: str) -> int:
    port = argument.rpartition(":")[2]
    return int(port) if port.isdigit() else 0


def without(data: bytes, numbers: frozenset[int]) -> bytes:
    """Return bytes with `#` for each of some numbers."""
    return re.sub(NUMBER.pattern.encode(), lambda match: b"#" if int(match[0]) in numbers else match[0], data)


def binary(number: int) -> tuple[bytes, ...]:
    """Return a number as eight bytes in either order, and as netlink writes one that is not small."""
    wide = number.to_bytes(8, "big"), number.to_bytes(8, "little")
    return (*wide, number.to_bytes(4, "little")) if 0xFF < number <= 0xFFFFFFFF else wide
