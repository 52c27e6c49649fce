"""The files that the calls witness writes, and how they are read.

A program may close every descriptor, forbid itself to write files, change its user, or be killed at any moment. So the
rows go into memory that is mapped from a file: no descriptor stays open, no system call is made for a row, and what
stands in the memory of a process that dies is in its file (mmap(2), MAP_SHARED).
"""

from __future__ import annotations

import marshal
import mmap
import os
import struct
import sys
import time
from itertools import chain

if sys.platform != "win32":
    import resource

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from socktrace.calls.rows import Row

_HEAD = mmap.ALLOCATIONGRANULARITY
"""The bytes at the beginning of a file that are kept for its last words. A mapping begins at a multiple of this."""
_FIRST, _FORKED, _NEXT = 1 << 20, 1 << 16, 1 << 20
"""How many bytes the first file of a process takes, that of a forked child, and each further one."""
_PLENTY = 24 << 20
"""How many bytes a process fills with rows of every kind. Of what comes later those that only move bytes, or find that
there is nothing to do yet, are kept as long as they are the last. A program that calls for ever must not fill the disk,
nor the memory of whoever reads what it did."""
_LAST = 1 << 18
"""How many bytes of the last ones are kept at least, and at most twice as many."""
_LIMIT = 160 << 20
"""How many bytes a process may fill at all."""
_SHORT = 1 << 23
"""How many bytes of files are read only once."""
_COUNT = struct.Struct("<Q")
"""At the end of the head: how many rows the file has lost."""
_LENGTH = struct.Struct("<I")
_WHOLE = b"\xff"
"""What stands behind each row: if it is missing, the process was killed while it wrote that row."""
_OPEN, _CLOSE, _FSTAT, _PID, _NOW, _DUMPS = os.open, os.close, os.fstat, os.getpid, time.time_ns, marshal.dumps
"""As they are before they are watched, or replaced by the program."""
_DESCRIPTORS = 1 << 16
"""Below which number a descriptor is searched that was just given: it is the lowest that was free."""
_PID_AT, _COMMON = 2, 17
"""Where in a `CallRow` its process is, and how many fields it has that most calls fill (`rows`)."""
_REST = (None, None, "", "", False, "", False, None)
"""What the others are by default, so that they need not be written."""
_SHOWN = 48  # bytes of what a call moved that are shown
_MARSHAL = 2
"""A format that every Python reads. Later ones look for objects that stand in a row more than once, which takes longer
than to write them again."""


class Log:
    """Takes rows, from this process and from the children it forks, and keeps them in files of a folder.

    Args:
        folder: The folder, which is there.

    Raises:
        OSError: The folder takes no files.
    """

    def __init__(self, folder: str | Path) -> None:
        self._folder = os.path.abspath(folder)
        self._made = 0
        self._filled = 0
        self._has_stopped = False
        self._pid = _PID()
        self._kept: list[mmap.mmap] = []  # see _without_descriptor
        self._ring: _Ring | None = None
        self._head = self._rows = self._file(_FIRST)
        if hasattr(os, "register_at_fork"):
            os.register_at_fork(after_in_child=self._begin_again)

    def __call__(self, row: Row) -> None:
        """Keep one row: a `CallRow`, or a dictionary of numbers, texts, bytes and lists of them.

        One call of `mmap.write` is never cut in two by another thread or by a signal handler, so no lock is needed that
        such a handler could wait for.
        """
        if self._has_stopped:
            return
        try:
            entry = _entry(row)
            pid = _PID() if isinstance(row, dict) else row[_PID_AT]
            if pid != self._pid:  # forked by a C extension, past Python's own os.fork()
                self._begin_again()
            if self._filled > _PLENTY and _is_passing(row):
                self._ring = self._ring or _Ring(self._file(_LAST), self._file(_LAST))
                self._ring.write(entry if len(entry) < _LAST else _entry(_shortened(row)))
                return
            while not self._fits(entry):
                self._extend(len(entry))
        except (OSError, ValueError) as error:
            self._last_words(getattr(error, "strerror", None) or str(error))

    def _fits(self, entry: bytes) -> bool:
        """Write a row, unless the file is full; another thread may have made a file since that is too small for it."""
        try:
            self._rows.write(entry)
        except ValueError:
            return False
        return True

    def _extend(self, least: int) -> None:
        if self._filled > _LIMIT:
            raise OSError(f"it filled {_LIMIT >> 20} MiB with them")
        full, self._rows = self._rows, self._file(max(_NEXT, least))
        if hasattr(full, "madvise"):
            full.madvise(mmap.MADV_DONTNEED)  # it is in its file; this process needs its memory for other things

    def _last_words(self, reason: str) -> None:
        """Say that no more rows will come from this process, and why."""
        self._has_stopped = True
        if self._head[0] == 0:  # the first reason is the one that counts, and a child may share its parent's file
            data = reason.encode(errors="replace")[: _HEAD - _COUNT.size]
            self._head[: len(data)] = data

    def _begin_again(self) -> None:
        """Begin the files of a child that was forked; if it cannot, its parent's file says so."""
        self._pid, self._filled, self._has_stopped, self._ring = _PID(), 0, False, None
        try:
            self._head = self._rows = self._file(_FORKED)
        except OSError as error:
            self._last_words(f"a forked child: {error.strerror or error}")

    def _file(self, size: int) -> mmap.mmap:
        """Make a file and map it; what is written goes behind its head."""
        if _size_limit() < _HEAD + size:  # to go beyond it would be the process's end (SIGXFSZ)
            raise OSError("it may not write files of that size (RLIMIT_FSIZE)")
        self._made += 1
        self._filled += size
        path = os.path.join(self._folder, f"{_PID()}-{self._made}-{_NOW()}")
        fd = _OPEN(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
        try:
            if hasattr(os, "posix_fallocate"):  # a write to memory that finds the disk full would be the process's end
                os.posix_fallocate(fd, 0, _HEAD + size)
            else:
                os.ftruncate(fd, _HEAD + size)
            mapped = self._without_descriptor(fd, _HEAD + size)
        finally:
            _CLOSE(fd)
        mapped.seek(_HEAD)
        return mapped

    def _without_descriptor(self, fd: int, size: int) -> mmap.mmap:
        """Map a file and keep no descriptor of it, which the program would find in its way.

        Up to Python 3.12 a mapping keeps a duplicate for itself. That is closed here, and the mapping kept to the end,
        because it would close it again, whatever that is by then.
        """
        if sys.version_info >= (3, 13):
            return mmap.mmap(fd, size, trackfd=False)
        mapped = mmap.mmap(fd, size)
        if os.name == "posix":
            self._kept.append(mapped)
            own = _FSTAT(fd)
            duplicate = next((one for one in range(_DESCRIPTORS) if one != fd and _is_same(one, own)), None)
            if duplicate is not None:
                _CLOSE(duplicate)
        return mapped


class _Ring:
    """Two files that are filled in turn, so that the last rows stand there, however many there have been.

    Args:
        first: The one to begin with.
        second: The other.
    """

    def __init__(self, first: mmap.mmap, second: mmap.mmap) -> None:
        self._now, self._before = first, second
        self._counts = [0, 0]  # rows in the one and in the other
        self._lost = 0

    def write(self, entry: bytes) -> None:
        """Keep a row until two files full have come after it."""
        try:
            self._now.write(entry)
        except ValueError:  # it is full
            self._turn()
            self._now.write(entry)
        self._counts[0] += 1

    def _turn(self) -> None:
        self._lost += self._counts[1]
        self._counts = [0, self._counts[0]]
        self._now, self._before = self._before, self._now
        self._now[_HEAD:] = bytes(len(self._now) - _HEAD)
        self._now.seek(_HEAD)
        for file, lost in ((self._now, self._lost), (self._before, 0)):
            _COUNT.pack_into(file, _HEAD - _COUNT.size, lost)


def _entry(row: Row) -> bytes:
    """Return a row as it stands in a file: of a call without the last fields, if they are as most calls have them."""
    if isinstance(row, dict):
        data = _DUMPS(row, _MARSHAL)
    else:
        data = _DUMPS(row[:_COMMON] if row[_COMMON:] == _REST else tuple(row), _MARSHAL)
    return _LENGTH.pack(len(data)) + data + _WHOLE


def _is_passing(row: Row) -> bool:
    """Say whether a row tells of a call that changed nothing but what lies in a socket, if anything."""
    return not isinstance(row, dict) and (row.name in ("send", "recv") or row.error == "EAGAIN")


def _shortened(row: Row) -> Row:
    return row if isinstance(row, dict) else row.shortened(_SHOWN)


def _is_same(fd: int, status: os.stat_result) -> bool:
    try:
        return os.path.samestat(_FSTAT(fd), status)
    except OSError:
        return False


def _size_limit() -> float:
    """Return how many bytes a file may have that this process writes."""
    if sys.platform == "win32":
        return float("inf")
    soft, _ = resource.getrlimit(resource.RLIMIT_FSIZE)
    return float("inf") if soft == resource.RLIM_INFINITY else soft


class Rows:
    """What the processes of one program wrote: the rows, those of each process in order.

    They take much more room than what was written. So those of a long run are read again whenever they are asked for.

    Args:
        contents: What stands in their files.
    """

    def __init__(self, contents: Sequence[bytes]) -> None:
        self._contents = contents
        self._is_short = sum(map(len, contents)) <= _SHORT
        self._read: list[Row] | None = None

    def __iter__(self) -> Iterator[Row]:
        if not self._is_short:
            return chain.from_iterable(map(_rows, self._contents))
        if self._read is None:
            self._read = list(chain.from_iterable(map(_rows, self._contents)))
        return iter(self._read)

    @property
    def reasons(self) -> list[str]:
        """Why some could not be written."""
        heads = (one[: _HEAD - _COUNT.size] for one in self._contents)
        return list(dict.fromkeys(filter(None, (head.rstrip(b"\0").decode(errors="replace") for head in heads))))

    @property
    def lost(self) -> int:
        """How many that told of bytes that were moved, or of nothing to do, made room for later ones."""
        return sum(_COUNT.unpack_from(one, _HEAD - _COUNT.size)[0] for one in self._contents if len(one) >= _HEAD)


def read(folder: Path) -> Rows:
    """Read what the processes of one program wrote.

    Args:
        folder: Where they wrote it.
    """
    files = sorted(folder.iterdir(), key=lambda path: int(path.name.rpartition("-")[2]))
    return Rows([path.read_bytes() for path in files])


def _rows(content: bytes) -> Iterator[Row]:
    from socktrace.calls.rows import CallRow  # which whoever only writes would load in vain

    at = _HEAD
    while at + _LENGTH.size <= len(content):
        (size,) = _LENGTH.unpack_from(content, at)
        end = at + _LENGTH.size + size
        if size == 0 or content[end : end + 1] != _WHOLE:
            return
        row = marshal.loads(content[end - size : end])
        yield CallRow(*row) if isinstance(row, tuple) else row
        at = end + 1
