"""The file that the calls witness writes: one JSON object a line."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

from socktrace.descriptors import out_of_the_way

_WRITE = os.write
"""As it is before it is watched."""


class Log:
    """Appends rows to a file, from this process and from the children it forks.

    Args:
        path: The file, which is made if it is not there.
    """

    def __init__(self, path: str | Path) -> None:
        self._path = path
        self._opened = out_of_the_way(os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600))
        self._inode = os.fstat(self._opened).st_ino

    def __call__(self, row: dict[str, Any]) -> None:
        """Append one line; one write() with O_APPEND is whole even when several processes write (POSIX write())."""
        try:
            mine = os.fstat(self._opened).st_ino == self._inode
        except OSError:
            mine = False
        if not mine:  # the program closed descriptors it did not open, as daemons do
            self._opened = out_of_the_way(os.open(self._path, os.O_WRONLY | os.O_APPEND))
        _WRITE(self._opened, (json.dumps(row) + "\n").encode())
