"""What the rules know of a run beside the recording: who talked to whom, and what was cut off from outside. Pure."""

from __future__ import annotations

import itertools
import posixpath
import re
from dataclasses import dataclass
from functools import cached_property

from socktrace.calls.rows import INLINE
from socktrace.recording import Call, Endpoint, Program, Recording, Socket, Stream
from socktrace.recording.conversations import Conversation, calls_of, conversations
from socktrace.recording.endings import CLOSINGS
from socktrace.verdict.events import Finding

_SHOWN = 60
"""How many characters of a line are shown at most that stands in no file."""
_FRAME = re.compile(r"^ +(?:\| ?|\+-+(?:\+?-.*)?|\+ )", re.MULTILINE)
"""What stands before each line of a group of errors, and between them (`traceback`)."""
_FUNCTION = re.compile(r'^ *File "[^"]*", line \d+, in (\w+)', re.MULTILINE)
"""In which function a line of a traceback is."""
_ERROR = re.compile(r"(?:\w+\.)+\w+: ")
"""How the line of an error begins whose name says of which module it is."""
_BEGINS = re.compile(r"^(?:Exception in thread .*\n)?Traceback \(most recent call last\):$", re.MULTILINE)
"""How what is said of an error begins, that of a thread by the words of `threading.excepthook`."""
_LISTED = 2
"""How many lines of such a list are told: gRPC begins it with the status and the details."""
_LAST_WORDS = 50.0
"""How many milliseconds before its end a program at its time limit was told to end, if nobody wrote that down."""


@dataclass(frozen=True)
class Case:
    """A run that is to be judged.

    Args:
        recording: What it did.
    """

    recording: Recording

    @cached_property
    def conversations(self) -> tuple[Conversation, ...]:
        """Who talked to whom."""
        return conversations(self.recording)

    @cached_property
    def served(self) -> dict[int, Conversation]:
        """The conversation of each accepted socket."""
        return {one.server_socket: one for one in self.conversations if one.server_socket is not None}

    @cached_property
    def other_ends(self) -> dict[int, int]:
        """Which socket is at the other end of the connection of each."""
        pairs = ((one.client_socket, one.server_socket) for one in self.conversations)
        known = [(one, other) for one, other in pairs if one is not None and other is not None]
        return dict(known) | {other: one for one, other in known}

    @cached_property
    def sent(self) -> dict[int, Stream]:
        """What each socket sent, where its calls do not show all of it."""
        return {one.socket: one for one in self.recording.streams if one.name == "send"}

    def calls(self, socket: int | None) -> tuple[Call, ...]:
        """Return the calls on a socket, in order."""
        return calls_of(self.recording, socket)

    def program(self, process: int) -> Program:
        """Return the program that a process is, or is a child of; the first one if nobody wrote that down."""
        return self.recording.programs[self.recording.owner(process) or 0]

    def is_child(self, process: int) -> bool:
        """Say whether a process is none of the programs, but was started by one."""
        return process >= len(self.recording.programs)

    def heard(self, one: Conversation) -> bool:
        """Say whether the client of a conversation was seen to receive anything."""
        return any(call.name == "recv" and call.size for call in self.calls(one.client_socket))

    @cached_property
    def last_answered(self) -> dict[tuple[Endpoint, str | None, int | None], float]:
        """When a connection was last asked for that was answered, by its server and the line that asked for it."""
        answered = (one for one in self.conversations if not one.reset and self.heard(one))
        calls = ((one.server, call) for one in answered for call in self.calls(one.client_socket))
        return {(server, call.path, call.line): call.at for server, call in calls if call.name == "connect"}

    # -- what was cut off ----------------------------------------------------------------------------------------------

    @cached_property
    def _cuts(self) -> tuple[float | None, ...]:
        return tuple(_cut(one) for one in self.recording.programs)

    def cut(self, process: int | None = None) -> float | None:
        """Return from when on a process did what it did because it was told to end; `None` if it was not told.

        Args:
            process: As in `Call.process`; if it is not known, or whose child it is, the first that was told counts.
        """
        owner = None if process is None else self.recording.owner(process)
        if owner is not None:
            return self._cuts[owner]
        return min((moment for moment in self._cuts if moment is not None), default=None)

    def was_cut_off(self, process: int | None = None) -> bool:
        """Say whether a process was ended from outside, so that it could not clear up.

        Args:
            process: As in `cut`.
        """
        owner = None if process is None else self.recording.owner(process)
        if owner is not None:
            return self._is_cut_off[owner]
        return any(self._is_cut_off)

    @cached_property
    def _is_cut_off(self) -> tuple[bool, ...]:
        programs = zip(self.recording.programs, self._cuts, strict=True)
        return tuple(moment is not None or (one.exit_code or 0) < 0 for one, moment in programs)

    @cached_property
    def daemons(self) -> frozenset[tuple[int, int]]:
        """The daemon threads that the end of the program cut off, as `Call.process` and `Call.thread` count."""
        ended = (one for one in self.recording.survivors if one.daemon and one.thread is not None)
        return frozenset((0, one.thread) for one in ended if one.thread is not None)

    @cached_property
    def sockets_by_port(self) -> dict[int, tuple[Socket, ...]]:
        """The sockets whose own name has a port, by the port."""
        found: dict[int, list[Socket]] = {}
        for one in self.recording.sockets:
            if one.local and one.local.port:
                found.setdefault(one.local.port, []).append(one)
        return {port: tuple(sockets) for port, sockets in found.items()}

    @cached_property
    def last_deeds(self) -> dict[tuple[int, int], float]:
        """When each thread last did more than to close, by process and thread, as in `Call`."""
        deeds = (call for call in self.recording.calls if call.name not in (*CLOSINGS, "shutdown"))
        return {(call.process, call.thread): call.at for call in deeds}

    def held_by_libraries(self, process: int) -> tuple[Call, ...]:
        """Return the calls that opened what the pools of libraries have given out: connections that are not closed.

        Args:
            process: As in `Call.process`. What a thread closed when it had done everything else counts as not closed.
        """
        clients = (one for one in self.recording.sockets if one.role == "client")
        opened = (self.recording.openings[one.id] for one in clients)
        return tuple(
            one
            for one in opened
            if one.via
            and one.process == process
            and not any(self._is_timely(call) for call in self.calls(one.socket) if call.name in CLOSINGS)
        )

    def _is_timely(self, close: Call) -> bool:
        """Say whether the thread that closed a socket did more than that afterwards."""
        return close.at < self.last_deeds.get((close.process, close.thread), 0.0)

    def own_line(self, close: Call) -> Call:
        """Return the call itself, or the last one on its socket that has a line of the program's, if it has none.

        So what a library closes is told by the line that last had to do with it, and else by the one that opened it.
        """
        calls = [call for call in self.calls(close.socket) if call.at <= close.at and call.line]
        moved = [call for call in calls if call.name in ("send", "recv") and call.process == close.process]
        return close if close.line else (moved or [self.recording.openings[close.socket]])[-1]

    def is_after_cut(self, call: Call) -> bool:
        """Say whether a call came when its process had been told to end."""
        moment = self.cut(call.process)
        return moment is not None and call.until >= moment

    # -- findings ------------------------------------------------------------------------------------------------------

    def file(self, file: str) -> str:
        """Return the path of one of the program's own files.

        Args:
            file: As in `Call.path`.
        """
        folder, slash, _ = self.recording.program.rpartition("/")
        return posixpath.normpath(f"{folder}{slash}{file}") if file else self.recording.program

    def finding(
        self,
        event: str,
        message: str,
        fix: str,
        call: Call | None = None,
        *,
        line: int | None = None,
        file: str = "",
        is_allowed: bool = False,
        is_note: bool = False,
    ) -> Finding:
        """Return a finding at the line of a call, or at another line."""
        socket = None
        if call:
            line, file, socket = call.line, call.path or "", call.made or call.socket
        if (text := self.recording.inline_line(file, line)) is not None:
            message = f"{self.spot(line or 0, file)}, `{_short(text)}`: {message}"
            file, line = self._inline_owner(file).file, None
        path = self.file(file)
        return Finding(event, path, line, message, fix, is_note=is_note, is_allowed=is_allowed, socket=socket)

    def place(self, call: Call | None, besides: Call | str = "") -> str:
        """Name the line of a call in a sentence, such as `line 12` or `client.py:7`; `""` if it has none.

        Args:
            call: The call.
            besides: The file at which the sentence stands, as in `Call.path`, or a call there: a line of that file goes
                by its number.
        """
        besides = besides if isinstance(besides, str) else besides.path or ""
        return "" if call is None or call.line is None else self.spot(call.line, call.path or "", besides)

    def spot(self, line: int, file: str, besides: str = "") -> str:
        """Name a line in a sentence.

        Args:
            line: The line.
            file: Its file, as in `Call.path`.
            besides: As in `place`.
        """
        if self.recording.inline_line(file, line) is not None:
            return f"line {line} of its {self._inline_name(file)}"
        return f"line {line}" if file == besides else f"{file or self._name}:{line}"

    def _inline_owner(self, file: str) -> Program:
        """Return the program whose child was given a text with `-c`."""
        return self.program(next((call.process for call in self.recording.calls if call.path == file), 0))

    def _inline_name(self, file: str) -> str:
        """Say which text of a program's children it is, such as `-c text 2`; the one text needs no number."""
        owner = self._inline_owner(file)
        paths = (f"{INLINE} {number}" if number > 1 else INLINE for number in range(1, len(self.recording.inline) + 1))
        own = [path for path in paths if self._inline_owner(path) is owner]
        number = own.index(file) + 1 if file in own else 1
        return f"{INLINE} text" + (f" {number}" if number > 1 else "")

    @cached_property
    def _name(self) -> str:
        return self.recording.program.rpartition("/")[2]


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}\N{HORIZONTAL ELLIPSIS}"


def _cut(one: Program) -> float | None:
    """Return from when on a program did what it did because somebody told it to end."""
    if one.signalled_at is not None:
        return one.signalled_at
    if one.exit_code is None and one.ended is not None:
        return max(0.0, one.ended - _LAST_WORDS)
    return None


def raised_at(one: Program) -> int | None:
    """Read the program's own line out of the last traceback on standard error, if there is one."""
    name = re.escape(one.program.rpartition("/")[2])
    lines = re.findall(rf'^ *File "(?:[^"]*/)?{name}", line (\d+)', _ungrouped(one.stderr), re.MULTILINE)
    return int(lines[-1]) if lines else None


def raised_in(one: Program) -> str:
    """Read out of the tracebacks on standard error through which functions the error came, the innermost one last."""
    return ".".join(_FUNCTION.findall(_ungrouped(one.stderr)))


def outlived_main(one: Program) -> bool:
    """Say whether an error ended the main thread of a program that was still running when its time limit came."""
    begins = _BEGINS.findall(one.stderr) if one.exit_code is None else []
    return bool(begins) and begins[-1].startswith("Traceback ")


def _ungrouped(stderr: str) -> str:
    """Return what a program wrote to standard error without the frame that Python draws around a group of errors."""
    return _FRAME.sub("", stderr) if "Exception Group Traceback" in stderr else stderr


def target(call: Call) -> Endpoint | None:
    """Read back the address that a call was given."""
    address, colon, port = call.argument.rpartition(":")
    return Endpoint(address, int(port)) if colon and port.isdigit() else None


def last_words(one: Program) -> str:
    """Return the last line that a program wrote to standard error; `""` if it wrote none.

    Of an error that goes on for several lines, those that are set in are left out, unless it only begins a list.
    """
    lines = _ungrouped(one.stderr).strip().splitlines()[::-1]
    begins = next((number for number, line in enumerate(lines) if line.startswith("Traceback ")), None)
    if begins is not None:
        told = lines[:begins]
        lines = [line for line in told if line.strip("-") and not line[:1].isspace()] or lines
        if _ERROR.match(lines[-1]):  # what stands below it is more of its message
            return " ".join([lines[-1].strip(), *_listed(told[::-1], lines[-1])])
    return lines[0].strip() if lines else ""


def _listed(lines: list[str], first: str) -> list[str]:
    """Return the first lines that stand set in below an error which ends with a colon."""
    below = lines[lines.index(first) + 1 :] if first.rstrip().endswith(":") else []
    return [line.strip() for line in itertools.takewhile(lambda line: line[:1].isspace(), below)][:_LISTED]


def other_end(one: Conversation, end: Endpoint) -> Endpoint:
    """Return the end of a conversation that is not this one."""
    return one.server if end == one.client else one.client


def socket_at(one: Conversation, end: Endpoint) -> int | None:
    """Return which socket has an end of a conversation, as far as it is known."""
    return one.client_socket if end == one.client else one.server_socket
