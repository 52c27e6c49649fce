"""The data: what one run of one program did, as the witnesses saw it.

Everything here is a frozen dataclass that goes to JSON and back without loss. Nothing here runs, reads or draws.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, fields
from functools import cache, cached_property
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints

from socktrace.calls.rows import INLINE
from socktrace.kernel.endpoints import WILDCARDS as WILDCARDS
from socktrace.kernel.endpoints import Endpoint as Endpoint
from socktrace.kernel.endpoints import Leftover as Leftover

UNWATCHED = "calls: not recorded"
"""How it is said in `Recording.unseen` that nothing of a program could be watched."""


@dataclass(frozen=True, slots=True)
class Socket:
    """A socket of the kernel that the program held.

    Args:
        id: 1 for the first one opened, 2 for the next, and so on.
        family: `AF_INET`, `AF_INET6`, `AF_UNIX`, ...
        type: `SOCK_STREAM`, `SOCK_DGRAM`, ...
        origin: The call that made it: `socket`, `accept`, `socketpair`, or `adopt` for a descriptor from elsewhere.
        role: `listener`, `client`, `accepted`, `datagram`, `pair` or `unused`: what the program made of it.
        local: Its own last known name.
        peer: The name of the other end, if it has one.
        tls: True if its bytes went through `ssl`, so that the calls count plaintext and the wire counts ciphertext.
    """

    id: int
    family: str
    type: str
    origin: str
    role: str
    local: Endpoint | None = None
    peer: Endpoint | None = None
    tls: bool = False


@dataclass(frozen=True, slots=True)
class Call:
    """One call on a socket, as the program's own process saw it.

    Args:
        at: When it began, in milliseconds since the program started.
        until: When it returned, in the same unit.
        process: 0 for the program, then those that ran beside it, in order; the numbers after these are of forked
            children, in order of touching a socket.
        thread: 0 for the first thread that touched a socket, 1 for the next.
        socket: `Socket.id`.
        fd: The file descriptor used.
        name: `socket`, `socketpair`, `adopt`, `bind`, `listen`, `accept`, `connect`, `send`, `recv`, `shutdown`,
            `close`, `detach`; `collected` when the garbage collector closed it; `exit` when it was still open as its
            process ended; `exec` when the process replaced its program and the kernel closed it.
        function: The function as the program wrote it: `sendall`, `recvfrom`, `create_server`'s `bind`, `os.close`, ...
        path: The file of the program's own line that led to the call, seen from the program's folder; `""` for the
            program itself, `None` if there is no such line.
        line: That line, counted from 1.
        argument: The argument worth showing (`127.0.0.1:0`, `SHUT_WR`), or `""`.
        error: `ECONNREFUSED` and the like, or the name of an exception that has no errno; `None` on success.
        size: Bytes moved by `send` and `recv`; for `recv` 0 means end of stream (or an empty datagram).
        data: The first bytes moved, written as Python writes bytes, without the quotes.
        local: The socket's own name after the call, where the call can change it.
        peer: The other end's name after the call.
        made: `Socket.id` of the socket that `accept` returned, or of the other half of a `socketpair`.
        via: The module of the library that made the call for the program (`asyncio.selector_events`), or `""`; `socket`
            itself does not count.
        holder: Who held the address that `bind` or `listen` found in use, if it was another program; where the time-out
            of all new sockets was set, as `client.py:7` or `:7`, if that was over; or `""`.
        asked: How many bytes the program gave to a send that took only a part of them.
    """

    at: float
    until: float
    process: int
    thread: int
    socket: int
    fd: int
    name: str
    function: str
    path: str | None
    line: int | None
    argument: str = ""
    error: str | None = None
    size: int | None = None
    data: str = ""
    local: Endpoint | None = None
    peer: Endpoint | None = None
    made: int | None = None
    via: str = ""
    holder: str = ""
    asked: int | None = None


@dataclass(frozen=True, slots=True)
class Packet:
    """One packet as it crossed the loopback interface.

    Args:
        at: When the kernel handled it, in milliseconds since the program started.
        protocol: `TCP`, `UDP`, `ICMP` or `ICMPv6`; `IP` for a fragment that is not the first of its packet.
        source: Where it came from; for ICMP and such a fragment without a port.
        destination: Where it went.
        flags: For TCP, of `SYN`, `ACK`, `FIN`, `RST`, `PSH`, in that order, joined by one space; for ICMP what it
            says, such as `port unreachable`; `first fragment` of a UDP datagram, `fragment`; else `""`.
        seq: TCP sequence number, relative to the first of its direction (RFC 9293 section 3.1).
        ack: TCP acknowledgment number, relative to the first of the other direction.
        size: Payload bytes; for the first fragment of a UDP datagram those of the whole datagram.
        data: The first payload bytes, written as Python writes bytes, without the quotes.
        about: For ICMP, the source and destination of the datagram it complains about.
        length: Bytes of the whole packet from the IP header on.
        raw: The packet from the IP header on, in hexadecimal, cut after the first 160 bytes.
    """

    at: float
    protocol: str
    source: Endpoint
    destination: Endpoint
    flags: str
    seq: int
    ack: int
    size: int
    data: str
    length: int
    raw: str
    about: tuple[Endpoint, Endpoint] | None = None

    def has(self, *flags: str) -> bool:
        """Say whether all these TCP flags are set."""
        return _parts(self.flags).issuperset(flags)


@cache
def _parts(flags: str) -> frozenset[str]:
    return frozenset(flags.split())


@dataclass(frozen=True, slots=True)
class Stream:
    """All bytes that a socket moved one way, where the calls show only their beginnings.

    Args:
        socket: `Socket.id`.
        name: `send` or `recv`; bytes that were looked at and left there (MSG_PEEK) do not count.
        size: How many they are.
        data: The bytes, written as Python writes bytes, without the quotes; of bytes that repeat themselves the part
            that does. `""` if that is longer than 1,024 bytes.
        digest: Then their SHA-256, first 16 hexadecimal digits, with `#` for each port number that the kernel chose.
        first: Then their beginning, if they are a message of HTTP or a reply of SMTP or FTP.
        last: Then their end.
    """

    socket: int
    name: str
    size: int
    data: str
    digest: str = ""
    first: str = ""
    last: str = ""


@dataclass(frozen=True, slots=True)
class Chosen:
    """A number that the kernel chose and that the program spelled, in what it printed or sent.

    Args:
        kind: `pid` or `inode`. Ports and descriptors stand in the calls.
        number: The number.
        owner: Whose it is: `Call.process` or `Socket.id`.
    """

    kind: str
    number: int
    owner: int


@dataclass(frozen=True, slots=True)
class Survivor:
    """A thread or process that outlived the program's main thread.

    Args:
        kind: `thread` or `process`.
        name: The thread's name, or the process's command line.
        line: The program's own line where the thread stood, if known.
        file: The file of that line, as in `Call.path`.
        function: What the thread waited in, as in `Stand`.
        socket: `Socket.id` of the socket at which it waited, if it did.
        daemon: True if the program said that the thread need not end (`threading.Thread.daemon`).
        thread: The thread, as in `Call.thread`; `None` if it never touched a socket.
    """

    kind: str
    name: str
    line: int | None = None
    file: str = ""
    function: str = ""
    socket: int | None = None
    daemon: bool = False
    thread: int | None = None


@dataclass(frozen=True, slots=True)
class Stand:
    """Where a thread or a task stood when its program was stopped at the time limit, or died of a time-out.

    Args:
        process: The program, as in `Call.process`.
        kind: `main`, `thread`, `task`, or `child` for the main thread of a process that the program has started; `file`
            for what `makefile` made at that line, of a socket that was closed since; `tls` for a socket of TLS in which
            bytes lay that had come.
        name: The thread's name, or that of the task or coroutine; how many bytes they were.
        line: The program's own line, the innermost one; `None` if there is none.
        file: The file of that line, as in `Call.path`.
        function: What it waited in, as a program writes it: `recv`, `accept`, `join`, `get`, `serve_forever`; `""` if
            it ran, or waited in something else.
        call: Which kind of call on a socket it waited in, as in `Call.name`: `recv`, `send`, `accept`, `connect`; or
            `""`.
        socket: `Socket.id` of the socket at which it waited, if it did.
        on: The name of the thread whose end it waited for; `asleep` of an event loop that slept, though another thread
            had given it something to call; `pool` of who waits for a connection that others have; `blocks` of who waits
            without `await`, and whose event loop waits with it; `busy` of a main thread that waited in nothing, of a
            program that had computed for most of its time; `died` of the task whose time was up; or `""`.
        thread: Of a program that died of a time-out the thread, as in `Call.thread`; `None` if that is not known.
    """

    process: int
    kind: str
    name: str
    line: int | None = None
    file: str = ""
    function: str = ""
    call: str = ""
    socket: int | None = None
    on: str = ""
    thread: int | None = None


@dataclass(frozen=True, slots=True)
class Lookup:
    """A host name that the program asked the resolver for.

    Args:
        name: The name.
        line: The program's own line that led to it, if known.
        file: The file of that line, as in `Call.path`.
    """

    name: str
    line: int | None
    file: str = ""


@dataclass(frozen=True, slots=True)
class Declaration:
    """A `# socktrace: expect EVENT` comment in the program.

    Args:
        event: The event that the program means to show, such as `reset`.
        line: Where the comment stands, counted from 1.
    """

    event: str
    line: int


@dataclass(frozen=True, slots=True)
class Program:
    """One program of a run: what it was given, and what became of it.

    Args:
        program: The program's path, as given.
        file: What `Call.path` says of its own lines: `""` of the first program, such as `client.py` of one beside it.
        digest: The SHA-256 of its text, as in `Recording.source`.
        began: When it was started, in milliseconds since the first one was; `None` if it was not, because the one
            before it did not listen.
        ended: When it ended, in the same unit; of the first program, when the last one had.
        exit_code: Its exit status, as in `Recording`.
        stdout: What it printed.
        stderr: What it wrote to standard error.
        stuck: Where it stood when the time limit came: its own lines, innermost first.
        arguments: The words after its name.
        declarations: What it says it means to show.
        signalled: The last signal that told it to end from outside, such as `SIGINT`: by Ctrl-C, or when the programs
            that it served had ended; `""` if it ended by itself, or at the time limit. What such a signal cut off says
            nothing about the program.
        signalled_at: When the first such signal came, in milliseconds since the first program was started.
        swallowed: The errors that futures kept and that nobody asked for, with their tracebacks; nothing prints them.
    """

    program: str
    file: str
    digest: str
    began: float | None = None
    ended: float | None = None
    exit_code: int | None = None
    stdout: str = ""
    stderr: str = ""
    stuck: tuple[int, ...] = ()
    arguments: tuple[str, ...] = ()
    declarations: tuple[Declaration, ...] = ()
    signalled: str = ""
    signalled_at: float | None = None
    swallowed: str = ""


@dataclass(frozen=True)
class Recording:
    """What one run of a program did, or of several in one network.

    Args:
        program: The program's path, as given.
        source: The SHA-256 of its text, first 16 hexadecimal digits, to tell a stale recording.
        python: The version that ran it.
        system: The operating system and release that ran it.
        milliseconds: How long it ran; of several programs, until the last one had ended.
        exit_code: Its exit status, negative for a signal (as `subprocess` reports it); `None` if it was
            stopped at its time limit.
        stdout: What it printed, if that was captured.
        stderr: What it wrote to standard error.
        stuck: Where it stood when the time limit came: the program's own lines, innermost first.
        sockets: Every socket it held, in order of opening.
        calls: Every call, in order of beginning.
        packets: Every packet that crossed the loopback interface, in order.
        left: What the kernel's tables still held when it had ended.
        survivors: Threads and processes that outlived it.
        declarations: What it says it means to show.
        unseen: One line for each thing that could not be witnessed in this run.
        strangers: Command lines of programs it started, whose calls no witness saw.
        lookups: The host names it asked for; addresses written as numbers do not count.
        arguments: The words after the program's name.
        streams: What moved, where the calls do not show all of it.
        chosen: What the kernel chose, where the program spelled it.
        beside: The programs that ran beside it, each started when the one before listened. The sockets, calls and
            packets are of all.
        signalled: The signal that told it to end, as in `Program`.
        signalled_at: When, as in `Program`.
        swallowed: As in `Program`.
        joined: Command lines of the programs that somebody ran in its network meanwhile, with `socktrace join`, and
            whose calls no witness saw.
        stands: Where its threads and tasks stood when the time limit came, the main thread first.
        on_host: True if it ran in the host's network, where it may have met any program.
        inline: The texts that Pythons which it started were given with `-c`: `Call.path` of the lines in the first is
            `-c`, of those in the second `-c 2`.
        owners: Of which program each child is, as `Call.process` counts, if there are several programs.
    """

    program: str
    source: str
    python: str
    system: str
    milliseconds: float
    exit_code: int | None
    stdout: str
    stderr: str
    stuck: tuple[int, ...]
    sockets: tuple[Socket, ...]
    calls: tuple[Call, ...]
    packets: tuple[Packet, ...]
    left: tuple[Leftover, ...]
    survivors: tuple[Survivor, ...]
    declarations: tuple[Declaration, ...]
    unseen: tuple[str, ...] = ()
    strangers: tuple[str, ...] = ()
    lookups: tuple[Lookup, ...] = ()
    arguments: tuple[str, ...] = ()
    streams: tuple[Stream, ...] = ()
    chosen: tuple[Chosen, ...] = ()
    beside: tuple[Program, ...] = ()
    signalled: str = ""
    signalled_at: float | None = None
    joined: tuple[str, ...] = ()
    on_host: bool = False
    stands: tuple[Stand, ...] = ()
    inline: tuple[str, ...] = ()
    owners: tuple[int, ...] = ()
    swallowed: str = ""

    @cached_property
    def programs(self) -> tuple[Program, ...]:
        """All programs of the run, in order of their start, as `Call.process` counts them."""
        first = Program(
            self.program,
            "",
            self.source,
            0.0,
            self.milliseconds,
            self.exit_code,
            self.stdout,
            self.stderr,
            self.stuck,
            self.arguments,
            self.declarations,
            self.signalled,
            self.signalled_at,
            self.swallowed,
        )
        return first, *self.beside

    @property
    def output(self) -> str:
        """What all programs printed, each after the one before, parted by a form feed."""
        return "\f".join(one.stdout for one in self.programs)

    def owner(self, process: int) -> int | None:
        """Return the program that a process is, or is a child of; `None` if that was not written down.

        Args:
            process: As in `Call.process`.
        """
        count = len(self.programs)
        if process < count:
            return process
        return self.owners[process - count] if process < count + len(self.owners) else None if self.beside else 0

    def inline_line(self, path: str | None, line: int | None) -> str | None:
        """Return a line of a text that was given with `-c`; `None` if the path is not that of such a text.

        Args:
            path: As in `Call.path`.
            line: The line, counted from 1.
        """
        if path is None or not path.startswith(INLINE):
            return None
        number = int(path.removeprefix(INLINE) or 1)
        lines = self.inline[number - 1].splitlines() if number <= len(self.inline) else []
        return lines[line - 1].strip() if line and line <= len(lines) else ""

    def socket(self, id: int) -> Socket:
        """Return the socket with this id."""
        return self.sockets[id - 1]

    @cached_property
    def calls_by_socket(self) -> dict[int, tuple[Call, ...]]:
        """The calls made on each socket, by `Socket.id`, in order."""
        found: dict[int, list[Call]] = {}
        for call in self.calls:
            found.setdefault(call.socket, []).append(call)
        return {socket: tuple(calls) for socket, calls in found.items()}

    @cached_property
    def openings(self) -> dict[int, Call]:
        """The call that opened each socket, by `Socket.id`."""
        return openings(self.calls)

    @property
    def saw_calls(self) -> bool:
        """True if the calls witness could write down all calls that opened or closed something."""
        return not any(reason.startswith("calls:") for reason in self.unseen)

    @property
    def saw_bytes(self) -> bool:
        """True if all that moved was seen, by the calls and by the packets."""
        return self.saw_packets and self.saw_calls and not any(one.startswith("bytes:") for one in self.unseen)

    @property
    def saw_packets(self) -> bool:
        """True if the packets witness was present."""
        return not any(reason.startswith("packets:") for reason in self.unseen)


def openings(calls: tuple[Call, ...]) -> dict[int, Call]:
    """Return the call that opened each socket: for an accepted one the `accept()`, else its own first call."""
    found: dict[int, Call] = {}
    for call in calls:
        for socket in (call.made, call.socket):
            if socket is not None:
                found.setdefault(socket, call)
    return found


def milliseconds(moment: int, began: int) -> float:
    """Return how much later than another a moment is, in milliseconds, to the nearest microsecond.

    Args:
        moment: The one, in nanoseconds.
        began: The other.
    """
    return (moment - began + 500) // 1000 / 1000


def digest(source: str) -> str:
    """Return what tells one version of a program's text from another: SHA-256, first 16 hexadecimal digits.

    Args:
        source: The text; the way its lines end does not matter.
    """
    import hashlib  # it takes longer to load than all else here, and a run can begin without it

    return hashlib.sha256(source.replace("\r\n", "\n").encode()).hexdigest()[:16]


def to_json(recording: Recording) -> str:
    """Write a recording as JSON: one call or packet a line, so that a diff can be read."""
    write = json.JSONEncoder(ensure_ascii=False).encode
    lines = []
    for name in (field.name for field in fields(recording)):
        value = getattr(recording, name)
        if name in _RARE and not value:
            continue
        if isinstance(value, tuple) and value and not isinstance(value[0], (str, int)):
            rows = ["    " + write(_slim(row)) for row in value]
            lines.append(f"  {write(name)}: [\n" + ",\n".join(rows) + "\n  ]")
        else:
            lines.append(f"  {write(name)}: {write(value)}")
    return "{\n" + ",\n".join(lines) + "\n}\n"


def from_json(text: str) -> Recording:
    """Read what `to_json` wrote.

    Raises:
        ValueError: The text is not JSON, or a field is missing, unknown or of another type.
    """
    try:
        fields = json.loads(text, parse_constant=no_constant)
        for name in _LISTS:
            fields[name] = tuple(fields.get(name, ()) if name in _RARE else fields[name])
        for name, kind in _ROWS.items():
            rows = fields.get(name, ()) if name in _RARE else fields[name]
            fields[name] = tuple(checked(kind(**_full(row)), name) for row in rows)
        recording: Recording = checked(Recording(**fields), "recording")
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"not a recording: {error}") from error
    for one in (recording, *recording.beside):
        for name, kind in _LISTS.items():
            if any(type(item) is not kind for item in getattr(one, name, ())):
                raise ValueError(f"not a recording: {name} holds something else than {kind.__name__}")
    return recording


def no_constant(word: str) -> Any:
    """Refuse what Python's JSON takes beyond JSON itself: `NaN` and the infinities (RFC 8259 section 6).

    Raises:
        ValueError: Always.
    """
    raise ValueError(f"not JSON: {word}")


def checked(row: Any, name: str) -> Any:
    """Return a row of data whose fields all have the types that its class says.

    Args:
        row: The row.
        name: What the error calls it.

    Raises:
        TypeError: One has not.
    """
    for field, types in _types(row.__class__).items():
        value = getattr(row, field)
        if type(value) not in types:
            raise TypeError(f"{name}: {field} cannot be {value!r}")
    return row


@cache
def _types(kind: type) -> dict[str, frozenset[type]]:
    found = {}
    for name, hint in get_type_hints(kind).items():
        types = {get_origin(one) or one for one in (get_args(hint) if isinstance(hint, UnionType) else (hint,))}
        found[name] = frozenset(types | {int} if float in types else types)
    return found


_ROWS: dict[str, type] = {
    "sockets": Socket,
    "calls": Call,
    "packets": Packet,
    "left": Leftover,
    "survivors": Survivor,
    "declarations": Declaration,
    "lookups": Lookup,
    "streams": Stream,
    "chosen": Chosen,
    "beside": Program,
    "stands": Stand,
}
_RARE = (
    *("arguments", "streams", "chosen", "beside", "signalled", "signalled_at", "joined", "on_host", "stands"),
    *("inline", "owners", "swallowed"),
)
"""What is left out if there is nothing in it."""
_LISTS: dict[str, type] = {
    "stuck": int,
    "unseen": str,
    "strangers": str,
    "arguments": str,
    "joined": str,
    "inline": str,
    "owners": int,
}
_OFTEN_EMPTY = (
    *("argument", "data", "tls", "via", "file", "stdout", "stderr", "signalled", "holder", "daemon", "on"),
    *("swallowed", "first", "last"),
)
"""The fields of a row that are left out if they say nothing."""
_ENDPOINTS = ("local", "peer", "remote", "source", "destination")


def _slim(row: Any) -> dict[str, Any]:
    """Drop what says nothing, and write endpoints as `[address, port]`."""
    slim = {}
    for name in row.__dataclass_fields__:
        value = getattr(row, name)
        if value is None and name not in ("path", "line"):
            continue
        if name in _ENDPOINTS:
            value = [value.address, value.port]
        elif name == "about":
            value = [[end.address, end.port] for end in value]
        elif name == "declarations":
            value = [_slim(one) for one in value]
        elif value in ("", False) and name in _OFTEN_EMPTY:
            continue
        slim[name] = value
    return slim


def _full(row: dict[str, Any]) -> dict[str, Any]:
    full = dict(row)
    for name in _ENDPOINTS:
        if name in full and full[name] is not None:
            full[name] = checked(Endpoint(*full[name]), name)
    if full.get("about"):
        source, destination = full["about"]
        full["about"] = tuple(checked(Endpoint(*end), "about") for end in (source, destination))
    if "size" in full:  # a call, a packet or a stream
        full.setdefault("data", "")
    full |= {name: tuple(full[name]) for name in ("stuck", "arguments") if name in full}
    if "declarations" in full:
        full["declarations"] = tuple(checked(Declaration(**one), "declarations") for one in full["declarations"])
    return full
