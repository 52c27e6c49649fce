"""A row of the calls witness about a call on a socket.

One is written for every call of every program, and read again. So it is a tuple: to make, write and read a dictionary
takes about five times as long. What is told once in a while, such as the end of a process, is a dictionary.
"""

from __future__ import annotations

from collections import namedtuple

TYPE_CHECKING = False
if TYPE_CHECKING:  # `typing` takes long to load, and this is loaded into every program
    from typing import Any, TypeAlias

    Row: TypeAlias = "CallRow | dict[str, Any]"


INLINE = "-c"
"""The path, as in `Call.path`, of the text that a child of the program was given with this option."""


class CallRow(
    namedtuple(  # noqa: PYI024
        "_CallRow",
        (
            "at", "until", "pid", "tid", "identity", "fd", "name", "function", "path", "line", "via", "error",
            "argument", "size", "data", "local", "peer", "made", "made_fd", "family", "type", "tls", "holder", "again",
            "asked",
        ),
        defaults=("", None, b"", None, None, None, None, "", "", False, "", False, None),
    )
):  # fmt: skip
    """What a witness saw of one call.

    That it is no dictionary is what tells it from other rows: a program may have several copies of this class.

    Args:
        at: When it began, in nanoseconds of the system clock.
        until: When it returned.
        pid: The process.
        tid: The thread, as the kernel numbers it.
        identity: The kernel's socket, as `Descriptors` names it.
        fd: The descriptor.
        name: As in `Call`, like `function`, `path`, `line`, `via`, `error`, `argument`, `size`, `holder` and `asked`.
        data: The bytes that were moved, or as many as are kept.
        local: The socket's own address and port, a list of the two.
        peer: The same of the other end.
        made: The identity of the socket that `accept` returned, or of the other half of a `socketpair`.
        made_fd: The descriptor of what `accept` returned.
        family: As in `Socket`; `""` where it is not told, as most calls do not tell it, nor `type` and `tls`.
        again: Whether this may have been told before, because the witness was interrupted.
    """

    __slots__ = ()

    def at_path(self, path: str) -> CallRow:
        """Return this row with another path."""
        return self._replace(path=path)

    def shortened(self, most: int) -> CallRow:
        """Return this row with so many bytes at most."""
        return self._replace(data=self.data[:most])

    def told_again(self) -> CallRow:
        """Return this row as one that may have been told before."""
        return self._replace(again=True)

    def tells_as(self, other: CallRow | None) -> bool:
        """Say whether another row tells of the same call."""
        return other is not None and (self.at, self.identity, self.name) == (other.at, other.identity, other.name)
