"""The files that the calls witness writes, and how they are read.

A program may close every descriptor, forbid itself to write files, change its user, or be killed at any moment. So the
rows go into memory that is mapped from a file: no descriptor stays open, no system call is made for a row, and what
stands in the memory of a process that dies is in its file (mmap(2), MAP_SHARED).
"""

from __future__ import annotations

import marshal
import math
import mmap
import os
import struct
import sys
import time

if sys.platform != "win32":
    import resource

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import Any

_HEAD = mmap.ALLOCATIONGRANULARITY
"""The bytes at the beginning of a file that are kept for its last words. A mapping begins at a multiple of this."""
_FIRST, _FORKED, _NEXT = 1 << 20, 1 << 16, 1 << 22
"""How many bytes the first file of a process takes, that of a forked child, and each further one."""
_LIMIT = 1 << 29
"""How many bytes a process may fill. A program that calls for ever must not fill the disk."""
_LENGTH = struct.Struct("<I")
_WHOLE = b"\xff"
"""What stands behind each row: if it is missing, the process was killed while it wrote that row."""
_MARSHAL = 4  # a format that every Python from 3.4 on reads


class Log:
    """Takes rows, from this process and from the children it forks, and keeps them in files of a folder.

    Args:
        folder: The folder, which is there.

    Raises:
        OSError: The folder takes no files.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = os.path.abspath(folder)
        self._made = 0
        self._filled = 0
        self._spare: tuple[mmap.mmap, mmap.mmap] | None = None
        self._pid = os.getpid()
        self._head, self._rows = self._file(_FIRST)
        if hasattr(os, "register_at_fork"):
            os.register_at_fork(before=self._prepare, after_in_parent=self._drop, after_in_child=self._take_over)

    def __call__(self, row: dict[str, Any]) -> None:
        """Keep one row: a dictionary of numbers, texts, bytes and lists of them.

        One call of `mmap.write` is never cut in two by another thread or by a signal handler, so no lock is needed that
        such a handler could wait for.
        """
        try:
            data = marshal.dumps(row, _MARSHAL)
            entry = _LENGTH.pack(len(data)) + data + _WHOLE
            if os.getpid() != self._pid:  # forked by a C extension, past Python's own os.fork()
                self._prepare()
                self._take_over()
            try:
                self._rows.write(entry)
            except ValueError:  # it is full
                self._extend(len(entry))
                self._rows.write(entry)
        except (OSError, ValueError) as error:
            self._last_words(str(error))

    def _extend(self, least: int) -> None:
        self._filled += len(self._rows)
        if self._filled > _LIMIT:
            raise OSError(f"it filled {_LIMIT >> 20} MiB with them")
        _, self._rows = self._file(max(_NEXT, least))

    def _last_words(self, reason: str) -> None:
        """Say that no more rows will come from this process, and why."""
        data = reason.encode(errors="replace")[: _HEAD - 1]
        self._head[: len(data)] = data

    def _prepare(self) -> None:
        """Make the file of a child that is about to be forked: it may not be able to, and could not even say so."""
        try:
            self._spare = self._file(_FORKED)
        except OSError as error:
            self._spare = None
            self._last_words(f"a forked child: {error.strerror or error}")

    def _drop(self) -> None:
        self._spare = None

    def _take_over(self) -> None:
        if self._spare is None:  # it is said already; what it would write into is its parent's
            self._head, self._rows = mmap.mmap(-1, _HEAD), mmap.mmap(-1, _NEXT)
        else:
            self._head, self._rows = self._spare
        self._spare, self._pid, self._filled = None, os.getpid(), 0

    def _file(self, size: int) -> tuple[mmap.mmap, mmap.mmap]:
        """Make a file and map it: its head, and the place for rows."""
        self._made += 1
        if _size_limit() < _HEAD + size:  # to go beyond it would be the process's end (SIGXFSZ)
            raise OSError("it may not write files of that size (RLIMIT_FSIZE)")
        path = os.path.join(self._folder, f"{os.getpid()}-{self._made}-{time.time_ns()}")
        fd = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
        try:
            if hasattr(os, "posix_fallocate"):  # a write to memory that finds the disk full would be the process's end
                os.posix_fallocate(fd, 0, _HEAD + size)
            else:
                os.ftruncate(fd, _HEAD + size)
            return mmap.mmap(fd, _HEAD), mmap.mmap(fd, size, offset=_HEAD)
        finally:
            os.close(fd)


def _size_limit() -> float:
    """Return how many bytes a file may have that this process writes."""
    if sys.platform == "win32":
        return math.inf
    soft, _ = resource.getrlimit(resource.RLIMIT_FSIZE)
    return math.inf if soft == resource.RLIM_INFINITY else soft


def read(folder: Path) -> tuple[list[dict[str, Any]], list[str]]:
    """Read what the processes of one program wrote.

    Args:
        folder: Where they wrote it.

    Returns:
        The rows, those of each process in order, and why some could not be written.
    """
    files = sorted(folder.iterdir(), key=lambda path: int(path.name.rpartition("-")[2]))
    contents = [path.read_bytes() for path in files]
    words = [one[:_HEAD].rstrip(b"\0").decode(errors="replace") for one in contents]
    return [row for one in contents for row in _rows(one)], list(dict.fromkeys(filter(None, words)))


def _rows(content: bytes) -> Iterator[dict[str, Any]]:
    at = _HEAD
    while at + _LENGTH.size <= len(content):
        (size,) = _LENGTH.unpack_from(content, at)
        end = at + _LENGTH.size + size
        if size == 0 or content[end : end + 1] != _WHOLE:
            return
        yield marshal.loads(content[end - size : end])
        at = end + 1
