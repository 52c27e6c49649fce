"""Puts together what a run left behind as one `Recording`."""

from __future__ import annotations

import ast
import ipaddress
import os
import platform
import posixpath
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from socktrace import sandbox
from socktrace.calls.rows import INLINE, CallRow
from socktrace.commands import Ran
from socktrace.kernel.endpoints import endpoint
from socktrace.packets.bystanders import without_bystanders
from socktrace.recording import (
    UNWATCHED,
    Call,
    Chosen,
    Declaration,
    Leftover,
    Lookup,
    Packet,
    Program,
    Recording,
    Socket,
    Stand,
    Stream,
    chosen,
    digest,
    milliseconds,
    openings,
    stuck,
)
from socktrace.recording.declarations import declared
from socktrace.recording.sockets import Kind, makers, told
from socktrace.recording.streams import PREVIEW, escape, moves, stream
from socktrace.sandbox.visits import Visitor

if TYPE_CHECKING:
    from socktrace.calls.rows import Row

_LAST_WORDS = 50_000_000
"""How many nanoseconds before its end a program at its time limit was told to end, if nobody wrote that down."""
_FRAME = re.compile(r'File "(?P<path>[^"]+)", line (?P<line>\d+)')


@dataclass(frozen=True, slots=True)
class Text:
    """What a recording needs of a program's text, which can be read while the program runs.

    Args:
        digest: As in `Recording.source`.
        declarations: What the program says it means to show.
        withs: The first and the last line of the header of each `with`.
    """

    digest: str
    declarations: tuple[Declaration, ...]
    withs: tuple[tuple[int, int], ...]

    @classmethod
    def read(cls, source: str) -> Text:
        """Read a program's text."""
        return cls(digest(source), declared(source), _with_headers(source))


def put_together(
    programs: Sequence[Ran],
    texts: Sequence[Text],
    outcome: sandbox.Outcome,
    packets: Callable[[], tuple[Packet, ...]],
) -> Recording:
    """Return what programs did, from what they left behind.

    Args:
        programs: The programs, in order of their start.
        texts: What is needed of their texts.
        outcome: What the run of them left behind.
        packets: Returns the packets; it is called when the watcher has told what it saw.
    """
    commands = tuple(one.command for one in programs)
    began = outcome.programs[0].began
    told = [_told(*one, began) for one in zip(programs, texts, outcome.programs, strict=True)]
    files = [Path(command.name) if command.installed else command.program or Path(command.name) for command in commands]
    told = [replace(one, file=_seen_from(files[0].parent, file)) for one, file in zip(told, files, strict=True)]
    told[0] = replace(told[0], file="")
    logs = [(ended.log, one.file) for one, ended in zip(told, outcome.programs, strict=True)]
    joined, untold = _untold(_Rows(logs), outcome.visitors)
    owners = _owners([ended.log for ended in outcome.programs])
    inline, paths = _inline([row for row in _Rows(logs, without=untold) if isinstance(row, dict)], owners)
    every = _Rows(logs, without=untold, inline=paths)
    rows = [row for row in every if isinstance(row, dict)]
    seen = assemble(every, began)
    wire: tuple[Packet, ...] = ()
    left: tuple[Leftover, ...] = ()
    if outcome.watched:
        left, unseen = outcome.watched()
        wire = packets()
        if outcome.on_host:
            wire = without_bystanders(wire, seen.sockets, seen.calls)
        outcome.unseen += unseen
    first, *beside = told
    recording = Recording(
        program=first.program,
        source=first.digest,
        python=next((row["python"] for row in rows if "python" in row), platform.python_version()),
        system=f"{platform.system()} {'.'.join(platform.release().split('.')[:2])}",
        milliseconds=max(one.ended or 0.0 for one in told),
        exit_code=first.exit_code,
        stdout=first.stdout,
        stderr=first.stderr,
        stuck=first.stuck,
        sockets=seen.sockets,
        calls=_place_closes(seen.calls, {one.file: text.withs for one, text in zip(told, texts, strict=True)}),
        packets=wire,
        left=left,
        survivors=tuple(stuck.survivors(rows, outcome.processes, seen.ids, seen.threads)),
        declarations=first.declarations,
        unseen=(*outcome.unseen, *_unwatched(told, outcome.programs), *dict.fromkeys(_blind(rows))),
        strangers=tuple(_strangers(rows)),
        lookups=tuple(
            dict.fromkeys(Lookup(row["name"], row["line"], row["path"] or "") for row in rows if _is_lookup(row))
        ),
        arguments=first.arguments,
        beside=tuple(beside),
        signalled=first.signalled,
        signalled_at=first.signalled_at,
        swallowed=first.swallowed,
        joined=joined,
        stands=tuple(_stands(told, outcome.programs, rows, owners, seen)),
        on_host=outcome.on_host,
        inline=inline,
        owners=tuple(owners[number] for kind, number in seen.numbers if kind == "pid" and owners)[len(told) :],
    )
    recording = replace(recording, streams=tuple(_streams(recording, seen.whole)))
    return replace(recording, chosen=tuple(_chosen(recording, seen.numbers)))


def _told(ran: Ran, text: Text, ended: sandbox.Ended, began: int) -> Program:
    """Put together what is known of one program, apart from the calls."""

    def since(moment: int) -> float | None:
        return milliseconds(moment, began) if moment else None

    given = str(ran.command.program)
    cut = ended.signalled_at or (ended.ended - _LAST_WORDS if ended.exit_code is None else 0)
    stderr, swallowed = _text(ended.stderr) or _raised(ended.log, cut), _swallowed(ended.log)
    if ran.name:
        stderr, swallowed = (_own_words(text, given, ran.name) for text in (stderr, swallowed))
    return Program(
        program=ran.title,
        file="",
        digest=text.digest,
        began=since(ended.began),
        ended=since(ended.ended),
        exit_code=ended.exit_code,
        stdout=_text(ended.stdout),
        stderr=stderr,
        stuck=stuck.lines(ended.stacks, (ran.command.code, given, os.path.abspath(given))),
        arguments=ran.command.arguments,
        declarations=text.declarations,
        signalled=ended.signalled,
        signalled_at=since(ended.signalled_at),
        swallowed=swallowed,
    )


def _stands(
    programs: list[Program],
    ended: list[sandbox.Ended],
    rows: list[dict[str, Any]],
    owners: Mapping[int, int],
    seen: Seen,
) -> Iterator[Stand]:
    """Yield where the programs stood that were stopped at the time limit, or died of a time-out before that."""
    began = {row["pid"] for row in rows if row["event"] == "start"}
    stood = [row for row in rows if row["event"] == "stood" and row["pid"] in began]
    for number, (one, end) in enumerate(zip(programs, ended, strict=True)):
        yield from stuck.stands(end.stacks, number, one.file, seen.ids)
        if not end.stacks:
            own = (row for row in stood if owners.get(row["pid"], 0) == number)
            yield from stuck.stood(own, number, seen.ids, seen.threads)


_SAID = ("start", "raised", "warned", "looked", "forked")
"""The rows that tell of errors and warnings, and whose they are."""


def _raised(log: Iterable[Row], cut: int) -> str:
    """Return the traceback of what ended a program or a thread of it, as its witness knows it: its own passed us by.

    Args:
        log: What the program's witnesses wrote.
        cut: When the program was told to end, and its children with it, or because of that; 0 if it was not.
    """
    rows = [row for row in log if isinstance(row, dict) and row["event"] in _SAID]
    looked = {row["pid"] for row in rows if row["event"] == "looked"}  # the processes after whose end somebody looked
    own = {row["pid"] for row in rows if row["event"] == "start"}
    found = [row["text"] for row in rows if row["event"] == "warned"]
    for row in rows:
        if row["event"] != "raised":
            continue
        if "library" in row:
            is_looked_after = row["library"] == "multiprocessing" and row["pid"] in looked
            found.append(_headed("known child" if is_looked_after else "handler", row))
        elif row["pid"] in own or not row["text"].startswith("Traceback "):
            found.append(row["text"])
        elif not cut or row["at"] < cut:
            library = "subprocess" if row["started"] else "os.fork"
            found.append(_headed("child", {"path": None, "line": None, **row, "library": library}))
    return "".join(found)


def _headed(kind: str, row: dict[str, Any]) -> str:
    """Return the traceback of an error that a library has caught, below a line that says so."""
    place = "" if row["line"] is None else f" at {row['path']}:{row['line']}"
    return f"Exception in a {kind} of {row['library']}{place}:\n{row['text']}"


def _swallowed(log: Iterable[Row]) -> str:
    """Return the errors that lie in futures, if nobody asked for one of their group."""
    rows = [row for row in log if isinstance(row, dict) and row["event"] in ("swallowed", "asked", "dropped")]
    groups = {(row["event"], row["pid"], row["group"]) for row in rows}
    found = []
    for row in rows:
        group = row["pid"], row["group"]
        if row["event"] == "swallowed" and ("asked", *group) not in groups:
            kind = "future" if ("dropped", *group) in groups else "kept future"
            found.append(_headed(kind, row))
    return "".join(found)


def _seen_from(folder: Path, file: Path) -> str:
    return Path(os.path.relpath(file, folder)).as_posix()


class _Rows:
    """The rows of the calls witnesses of programs, each program's own lines with its file.

    Args:
        logs: What each witness wrote, and its program, seen from the folder of the first one; `""` for that itself.
        without: The processes of which nothing is told.
        inline: By its process, by what path each text goes that was given with `-c`, if there are several.
    """

    def __init__(
        self,
        logs: Sequence[tuple[Iterable[Row], str]],
        without: frozenset[int] = frozenset(),
        inline: Mapping[int, str] = {},
    ) -> None:
        self._logs, self._without, self._inline = logs, without, inline

    def __iter__(self) -> Iterator[Row]:
        every = chain.from_iterable(_told_from(*log) for log in self._logs)
        told = filter(self._is_told, every) if self._without else every
        return map(self._with_text, told) if self._inline else told

    def _with_text(self, row: Row) -> Row:
        if isinstance(row, dict):
            return {**row, "path": self._inline.get(row.get("pid", 0), INLINE)} if row.get("path") == INLINE else row
        return row.at_path(self._inline.get(row.pid, INLINE)) if row.path == INLINE else row

    def _is_told(self, row: Row) -> bool:
        return (row.get("pid") if isinstance(row, dict) else row.pid) not in self._without


def _told_from(log: Iterable[Row], file: str) -> Iterable[Row]:
    """Return the rows of a program, whose own lines go by its file; those of the first one, `""`, do already."""
    return (_with_path(row, file) for row in log) if file else log


def _with_path(row: Row, file: str) -> Row:
    path = row.get("path") if isinstance(row, dict) else row.path
    if path is None or path.startswith(INLINE):
        return row
    path = posixpath.normpath(posixpath.join(posixpath.dirname(file), path)) if path else file
    return {**row, "path": path} if isinstance(row, dict) else row.at_path(path)


def _owners(logs: Sequence[Iterable[Row]]) -> dict[int, int]:
    """Return which program each process is, or is a child of, by its process id; nothing if there is one program.

    Args:
        logs: What the witnesses of each program and of its children wrote.
    """
    rows = ((number, row) for number, log in enumerate(logs) for row in log if len(logs) > 1)
    return {row.get("pid", 0) if isinstance(row, dict) else row.pid: number for number, row in rows}


def _inline(rows: Sequence[dict[str, Any]], owners: Mapping[int, int]) -> tuple[tuple[str, ...], dict[int, str]]:
    """Return the texts that children were given with `-c`, and by which path that of each process goes.

    Those of one program that are alike are one.

    Args:
        rows: What is told beside the calls.
        owners: Whose child each process is.
    """
    texts: dict[int, tuple[int, str]] = {}
    for row in rows:
        if row["event"] == "inline":
            texts[row["pid"]] = owners.get(row["pid"], 0), row["text"]
        elif row["event"] == "forked" and row["parent"] in texts:
            texts[row["pid"]] = texts[row["parent"]]
    different = tuple(dict.fromkeys(texts.values()))
    paths = {one: f"{INLINE} {number}" if number > 1 else INLINE for number, one in enumerate(different, 1)}
    by_process = {pid: paths[one] for pid, one in texts.items()} if len(different) > 1 else {}
    return tuple(text for _, text in different), by_process


def _untold(rows: Iterable[Row], visitors: Sequence[Visitor]) -> tuple[tuple[str, ...], frozenset[int]]:
    """Find the visitors of which nothing is told: of one that is still there, the story would be half told.

    Returns:
        Their command lines, and the processes of those that are watched.
    """
    if not visitors:
        return (), frozenset()
    told = [row for row in rows if isinstance(row, dict) and row["event"] in ("child", "end")]
    pids = {row["token"]: row["pid"] for row in told if row["event"] == "child"}
    ended = {row["pid"] for row in told if row["event"] == "end"}
    untold = [one for one in visitors if pids.get(one.token) not in ended]
    return tuple(one.command for one in untold), frozenset(pids[one.token] for one in untold if one.token in pids)


def _streams(recording: Recording, whole: tuple[bytes, ...]) -> Iterator[Stream]:
    """Yield what moved where the calls show only the beginnings."""
    ports = lru_cache(lambda: chosen.ports(recording))  # which few need
    moved: dict[tuple[int, str], list[tuple[Call, bytes]]] = {}
    for call, data in zip(recording.calls, whole, strict=True):
        if moves(call, call.name):
            moved.setdefault((call.socket, call.name), []).append((call, data))
    for (socket, name), parts in moved.items():
        found = stream(socket, name, parts, lambda data: chosen.without(data, ports()))
        if found:
            yield found


def _chosen(recording: Recording, numbers: dict[tuple[str, int], int]) -> Iterator[Chosen]:
    """Yield what else the kernel chose, where the program spelled it."""
    spelled = chosen.spelled(recording)
    binary = chosen.spelled_in_binary(recording)
    for (kind, number), owner in numbers.items():
        if str(number) in spelled or number in binary:
            yield Chosen(kind, number, owner)


def _strangers(rows: list[dict[str, Any]]) -> Iterator[str]:
    """Yield the programs that were started and that no witness came into."""
    watched = {row["token"] for row in rows if row["event"] == "child"}
    yield from (row["name"] for row in rows if row["event"] == "stranger" and row.get("token") not in watched)


def _unwatched(told: list[Program], left: list[sandbox.Ended]) -> Iterator[str]:
    """Yield the programs that started without a witness, because their interpreter did not even come to let it in."""
    for one, ended in zip(told, left, strict=True):
        starts = (row for row in ended.log if isinstance(row, dict) and row["event"] == "start")
        if ended.began and next(starts, None) is None:
            yield f"{UNWATCHED}: no witness came into {one.program}"


def _blind(rows: list[dict[str, Any]]) -> Iterator[str]:
    """Yield what the calls witnesses say they could not see."""
    yield from (f"calls: not all could be kept: {row['reason']}" for row in rows if row["event"] == "blind")


def _is_lookup(row: dict[str, Any]) -> bool:
    """Say whether a row is a lookup of a name: not of an address, nor of no name at all."""
    if row["event"] != "lookup" or not row["name"]:
        return False
    try:
        ipaddress.ip_address(row["name"].partition("%")[0])
    except ValueError:
        return True
    return False


def _text(output: bytes) -> str:
    return output.decode(errors="backslashreplace").replace("\r\n", "\n")


def _own_words(stderr: str, program: str, name: str) -> str:
    """Return what a program wrote to standard error as it would be in every checkout and with every Python.

    A traceback keeps the frames of the program itself, under the name that it goes by, and loses those of libraries and
    the marks below the code.
    """
    kept = []
    own = True
    for line in stderr.splitlines(keepends=True):
        frame = _FRAME.match(line.strip())
        if frame or not line.startswith("    "):
            own = frame is None or frame["path"] == program
        if own and line.strip("~^ \n"):
            kept.append(line.replace(program, name))
    return "".join(kept)


@dataclass(frozen=True, slots=True)
class Seen:
    """What the calls witness wrote, put together.

    Args:
        sockets: The sockets.
        calls: The calls.
        whole: What each call moved, as far as it is known.
        ids: `Socket.id` by a socket's identity.
        threads: `Call.thread` by the number that the kernel gave a thread.
        numbers: Each process id and inode, as `("pid", 1234)`, and the number of the process or socket that has it.
    """

    sockets: tuple[Socket, ...]
    calls: tuple[Call, ...]
    whole: tuple[bytes, ...]
    ids: dict[str, int]
    threads: dict[int, int]
    numbers: dict[tuple[str, int], int]


def assemble(rows: Iterable[Row], began: int) -> Seen:
    """Number the sockets in order of opening and turn log lines into calls.

    Args:
        rows: What the calls witness wrote. They are asked for several times, and never held all at once, because they
            may be many.
        began: When the program started, in nanoseconds of the system clock.
    """
    processes: dict[int, int] = {}
    ids: dict[str, int] = {}
    threads: dict[int, int] = {}
    for row in rows:
        if isinstance(row, dict) and row["event"] == "start":
            processes[row["pid"]] = len(processes)
    order = [_Moment.of(row, number) for number, row in enumerate(_calls(rows))]
    order.sort()
    places = [0] * len(order)
    for place, (_, _, nth, process, thread, identity, made) in enumerate(order):
        places[nth] = place
        processes.setdefault(process, len(processes))
        threads.setdefault(thread, len(threads))
        ids.setdefault(identity, len(ids) + 1)
        if made is not None:
            ids.setdefault(made, len(ids) + 1)
    kinds: dict[int, tuple[int, Kind]] = {}
    tls: set[int] = set()
    found: list[tuple[Call, bytes] | None] = [None] * len(order)
    for place, row in zip(places, _calls(rows), strict=True):
        call = Call(  # its fields in their order, which takes much less time than by their names
            milliseconds(row.at, began),
            milliseconds(row.until, began),
            processes[row.pid],
            threads[row.tid],
            ids[row.identity],
            row.fd,
            row.name,
            row.function,
            row.path,
            row.line,
            row.argument,
            row.error,
            row.size,
            escape(row.data[:PREVIEW]) if row.data else "",
            endpoint(*row.local) if row.local else None,
            endpoint(*row.peer) if row.peer else None,
            ids.get(row.made),
            row.via,
            row.holder,
            None if row.via else row.asked,
        )
        found[place] = call, row.data
        number = call.socket if call.name != "accept" else call.made
        if number is not None and row.family and (number not in kinds or place < kinds[number][0]):
            kinds[number] = place, Kind(row.family, row.type)
        if row.tls:
            tls.add(call.socket)
    calls = tuple(one[0] for one in found if one)
    whole = tuple(one[1] for one in found if one)
    own: dict[int, list[Call]] = {number: [] for number in ids.values()}
    for call in calls:
        own[call.socket].append(call)
    accepts = makers(calls)
    unknown = 0, Kind()
    sockets = tuple(
        told(number, kinds.get(number, unknown)[1], own[number], accepts.get(number), tls=number in tls)
        for number in own
    )
    numbers = {("pid", pid): number for pid, number in processes.items()}
    numbers |= {("inode", int(key)): number for key, number in ids.items() if key.isdigit()}
    return Seen(sockets, calls, whole, ids, threads, numbers)


def _calls(rows: Iterable[Row]) -> Iterator[CallRow]:
    """Yield the rows of calls, each once: a witness that was interrupted tells again what it may have told."""
    last: dict[int, CallRow] = {}
    for row in rows:
        if not isinstance(row, dict):
            if not row.again or not row.tells_as(last.get(row.tid)):
                yield row
            last[row.tid] = row


class _Moment(NamedTuple):
    """When a call was made, and what is numbered by when it first takes part.

    Args:
        at: When it began, in nanoseconds of the system clock.
        until: When it returned.
        number: Which row of a call tells of it.
        process: The process id.
        thread: The thread's id.
        identity: The socket.
        made: The socket that it made.
    """

    at: int
    until: int
    number: int
    process: int
    thread: int
    identity: str
    made: str | None

    @classmethod
    def of(cls, row: CallRow, number: int) -> _Moment:
        """Return what a row tells of it."""
        made = row.made and sys.intern(row.made)
        return cls(row.at, row.until, number, row.pid, row.tid, sys.intern(row.identity), made)


def _place_closes(calls: tuple[Call, ...], headers: dict[str, tuple[tuple[int, int], ...]]) -> tuple[Call, ...]:
    """Put the close that ends a `with` on the line of the item that opened the socket, else on that of the word `with`.

    Python 3.13 reports the item's line itself, and up to 3.12 every item's close is on the line of the word `with`.

    Args:
        calls: All calls.
        headers: As in `Text.withs` of each program, by what `Call.path` says of its lines.
    """
    opened = openings(calls)
    placed = []
    for call in calls:
        if call.name == "close" and call.path in headers and call.line is not None:
            opening = opened[call.socket]
            for first, last in headers[call.path]:
                inside = opening.path == call.path and first <= (opening.line or 0) <= last
                if first <= call.line <= last:
                    call = replace(call, line=opening.line if inside else first)
        placed.append(call)
    return tuple(placed)


def _with_headers(source: str) -> tuple[tuple[int, int], ...]:
    try:
        tree = ast.parse(source)
    except SyntaxError:
        return ()
    found = [node for node in ast.walk(tree) if isinstance(node, (ast.With, ast.AsyncWith))]
    return tuple((node.lineno, max(item.context_expr.end_lineno or 0 for item in node.items)) for node in found)
