"""Takes what a program writes to its output and its errors."""

from __future__ import annotations

import os
from dataclasses import dataclass, field

_CAPTURE_LIMIT = 4 << 20  # bytes of each stream; a program that prints for ever must not fill the memory


@dataclass(slots=True)
class Sink:
    """Takes what a program writes to a stream.

    Args:
        copy_to: The descriptor that gets a copy, if one does.
        prefix: What stands before each line of the copy.
        kept: What came, up to a limit.
        rest: The beginning of a line whose end has not come.
    """

    copy_to: int | None
    prefix: bytes = b""
    kept: bytearray = field(default_factory=bytearray)
    rest: bytes = b""

    def take(self, fd: int) -> bool:
        """Read once; say whether there may be more."""
        chunk = os.read(fd, 65536)
        if self.copy_to is not None:
            self._copy(chunk, self.copy_to)
        if len(self.kept) < _CAPTURE_LIMIT:
            self.kept += chunk
        return bool(chunk)

    def _copy(self, chunk: bytes, target: int) -> None:
        if self.prefix:
            *lines, self.rest = (self.rest + chunk).split(b"\n") if chunk else (self.rest, b"") if self.rest else (b"",)
            chunk = b"".join(self.prefix + line + b"\n" for line in lines)
        while chunk:
            chunk = chunk[os.write(target, chunk) :]
