"""The packets on their way from the process that captures them to the one that decodes them; both are at work."""

from __future__ import annotations

import marshal
import os
import struct
import tempfile
from collections.abc import Iterator, Sequence

from socktrace.packets.tap import Captured

_LENGTH = _MOMENT = struct.Struct("<Q")


class Wire:
    """A file that both processes have open: who writes need never wait for who reads, as at a pipe.

    It is made before one forks the other. Each reads from the beginning, at its own pace. First comes the moment from
    which all others are counted.

    Raises:
        OSError: No such file can be made.
    """

    def __init__(self) -> None:
        self._file = tempfile.TemporaryFile(buffering=0)  # noqa: SIM115  # `close` closes it
        self._written = self._read = _MOMENT.size

    @property
    def began(self) -> int:
        """When the first program was started, in nanoseconds of the system clock; 0 if it was not."""
        data = os.pread(self._file.fileno(), _MOMENT.size, 0)
        return int(_MOMENT.unpack(data)[0]) if data else 0

    @began.setter
    def began(self, moment: int) -> None:
        os.pwrite(self._file.fileno(), _MOMENT.pack(moment), 0)

    def write(self, packets: Sequence[Captured]) -> None:
        """Write packets.

        Raises:
            OSError: There is no room for them; then none of them is there.
        """
        data = marshal.dumps([tuple(one) for one in packets])
        data, end = _LENGTH.pack(len(data)) + data, self._written
        while data:
            size = os.pwrite(self._file.fileno(), data, end)
            data, end = data[size:], end + size
        self._written = end

    def read(self) -> Iterator[Captured]:
        """Yield what was written whole since it was last read here."""
        file = self._file.fileno()
        while len(head := os.pread(file, _LENGTH.size, self._read)) == _LENGTH.size:
            (size,) = _LENGTH.unpack(head)
            data = os.pread(file, size, self._read + _LENGTH.size)
            if len(data) < size:
                return
            self._read += _LENGTH.size + size
            yield from (Captured(*one) for one in marshal.loads(data))

    def close(self) -> None:
        """Give up the file."""
        self._file.close()
