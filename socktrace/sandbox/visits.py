"""The runs that are going on, and how another program joins their network (Linux).

A run keeps a visitors' book: a file in memory that has no name in any folder and is gone with the run, however that
ends. Others of the same user find it where the kernel lists what a process holds open (proc(5), /proc/PID/fd), and who
joins writes down in it what is about to be run.
"""

from __future__ import annotations

import contextlib
import ctypes
import json
import os
import shlex
import shutil
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import NoReturn

from socktrace.calls.children import inherited, is_python
from socktrace.sandbox.farewell import parent_of

_NAME = "socktrace-run"
_NAMESPACES = {"user": 0x10000000, "net": 0x40000000}
"""What is joined, with its flag for setns(2): the user namespace first, for it holds the right to enter the other."""


class Book:
    """The visitors' book of a run, which keeps it for as long as it goes on.

    Args:
        commands: The command lines that it runs, each behind the name that its program goes by.
        log: Where the witness in a visitor that is a Python is to write.
        code: What the lines of such a visitor are seen from: the first program's file, as in `Command.code`.

    Raises:
        OSError: There can be none.
    """

    def __init__(self, commands: Sequence[tuple[str, str]], log: str = "", code: str = "") -> None:
        self._file = os.fdopen(os.memfd_create(_NAME), "r+", encoding="utf-8")
        first = {"commands": list(commands), "began": time.time(), "log": log, "code": code}
        self._file.write(json.dumps(first) + "\n")
        self._file.flush()

    def visitors(self) -> tuple[Visitor, ...]:
        """Return those who have joined so far."""
        self._file.seek(0)
        return tuple(Visitor(**json.loads(line)) for line in self._file.readlines()[1:])

    def close(self) -> None:
        """Let go of it."""
        self._file.close()


@dataclass(frozen=True, slots=True)
class Visitor:
    """A command that joined a run.

    Args:
        command: Its command line.
        token: What its witness says who it is, if it is a Python.
    """

    command: str
    token: str


@dataclass(frozen=True, slots=True)
class Run:
    """A run that is going on.

    Args:
        pid: The process that keeps its network.
        names: What its programs go by.
        commands: Their command lines.
        began: When it began, in seconds of the system clock.
        book: Where its visitors' book can be opened.
        log: Where the witness in a visitor is to write.
        code: What its lines are seen from.
        folder: The folder that it was started in.
    """

    pid: int
    names: tuple[str, ...]
    commands: tuple[str, ...]
    began: float
    book: Path
    log: str
    code: str
    folder: str

    @property
    def socktrace(self) -> int:
        """The process id of the command that somebody typed."""
        return parent_of(self.pid)

    def __str__(self) -> str:
        return f"{' and '.join(self.commands)} (process {self.socktrace}, for {time.time() - self.began:.0f} s)"


def going_on() -> list[Run]:
    """Return the runs that are going on, the newest first: those of this user, who is whoever logged in."""
    found: dict[int, Run] = {}
    me = _owner(Path("/proc/self"))
    for process in sorted((entry for entry in Path("/proc").iterdir() if entry.name.isdigit()), key=_number):
        with contextlib.suppress(OSError, ValueError, KeyError):  # processes come and go
            if _owner(process) == me:
                for book in _books(process):
                    # a process that was forked a moment ago still holds what its parent does
                    found.setdefault(book.stat().st_ino, _read(_number(process), book))
    return sorted(found.values(), key=lambda run: run.began, reverse=True)


def _owner(process: Path) -> tuple[int, str]:
    """Return whose a process is: the user that it has, and the one who logged in, which sudo(8) does not change."""
    try:
        login = (process / "loginuid").read_text()
    except FileNotFoundError:
        login = ""  # this kernel does not keep it
    return process.stat().st_uid, login


def _number(process: Path) -> int:
    return int(process.name)


def _books(process: Path) -> Iterator[Path]:
    for held in (process / "fd").iterdir():
        with contextlib.suppress(OSError):
            if os.readlink(held).startswith(f"/memfd:{_NAME} "):
                yield held


def _read(pid: int, book: Path) -> Run:
    first = json.loads(book.read_text(encoding="utf-8").partition("\n")[0])
    names, commands = zip(*first["commands"], strict=True)
    return Run(pid, names, commands, first["began"], book, first["log"], first["code"], _folder(pid))


def _folder(process: int | str) -> str:
    return os.readlink(f"/proc/{process}/cwd")


def choose(runs: Sequence[Run], process: int | None = None, name: str | None = None, folder: str = "") -> Run:
    """Return the run that is to be joined: of those that are meant the newest, one of the same folder before others.

    Args:
        runs: Those that are going on, the newest first.
        process: A process of it, or the one that started it, if only such a run is meant.
        name: The name of a program that it runs, if only such a run is meant.
        folder: The folder of whoever joins.

    Raises:
        OSError: There is no such run.
    """
    if not runs:
        raise OSError(
            "there is no run to join: start one in another terminal, as the same user, "
            "with `socktrace run PROGRAM` (one with --network host needs no joining)"
        )
    own = set(_line(process)) if process is not None else set()
    meant = [run for run in runs if process is None or run.pid in own or process in _line(run.pid)]
    named = [run for run in meant if name is None or name in run.names]
    if named:
        return next((run for run in named if run.folder == folder), named[0])
    what = f"process {process} belongs to no run of yours" if not meant else f"no run of yours has a program {name}"
    raise OSError(f"{what} that is going on; these are:{_listed(runs)}")


def _listed(runs: Sequence[Run]) -> str:
    return "".join(f"\n    --pid {run.socktrace}: {run}" for run in runs)


def _line(pid: int) -> Iterator[int]:
    """Yield a process, its parent, and so on."""
    while pid > 1:
        yield pid
        pid = parent_of(pid)


def join(words: Sequence[str], process: int | None = None, name: str | None = None) -> NoReturn:
    """Become a command in the network of a run that is going on.

    Where there are several runs, it is said which one that is.

    Args:
        words: The command.
        process: A process of the run, as in `choose`.
        name: The name of a program of it.

    Raises:
        OSError: There is no such run or command, or the kernel does not let it in.
    """
    if not sys.platform.startswith("linux"):
        raise OSError("there is nothing to join: only on Linux does a run have a network of its own (join)")
    if not words:
        raise OSError("join what? give a command, such as `socktrace join python3 client.py`")
    runs = going_on()
    run = choose(runs, process, name, _folder("self"))
    program = shutil.which(words[0])
    if program is None:
        raise FileNotFoundError(2, "there is no such command", words[0])
    others = [other for other in runs if other is not run]
    if others and process is None:
        print(f"socktrace: joining {run}; others go on:{_listed(others)}", file=sys.stderr, flush=True)
    visitor = Visitor(shlex.join(words), f"visitor.{os.getpid()}" if is_python(words[0]) else "")
    _enter(run, visitor)
    environ = inherited(os.environ, run.log, run.code, visitor.token) if visitor.token else os.environ
    os.execve(program, list(words), environ)


def _enter(run: Run, visitor: Visitor) -> None:
    """Move this process into the network of a run, and say so in its book."""
    libc = ctypes.CDLL(None, use_errno=True)
    try:
        book = run.book.open("a", encoding="utf-8")
        for kind, flag in _NAMESPACES.items():
            there = f"/proc/{run.pid}/ns/{kind}"
            if os.stat(there).st_ino != os.stat(f"/proc/self/ns/{kind}").st_ino:
                descriptor = os.open(there, os.O_RDONLY)
                if libc.setns(descriptor, flag) != 0:
                    raise OSError(ctypes.get_errno(), f"the kernel does not let this process in, setns(2): {kind}")
                os.close(descriptor)
    except FileNotFoundError as error:
        raise OSError(f"{run} ended before it could be joined") from error
    with book:
        book.write(json.dumps(asdict(visitor)) + "\n")
