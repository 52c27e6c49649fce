"""Inside the program: who has the port that it wants to bind, as Linux tells in /proc at that moment (proc(5)).

It is asked for only when bind() or listen() has failed with EADDRINUSE. A little later nobody could tell any more.
"""

from __future__ import annotations

import os

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

WAITS = "TIME-WAIT"
"""What is said instead of a program, if it is a connection that waits (RFC 9293 section 3.3.2)."""
_TABLES = {"SOCK_STREAM": ("tcp", "tcp6"), "SOCK_DGRAM": ("udp", "udp6")}
_TIME_WAIT = "06"


def holder(kind: str, port: int) -> str:
    """Return who has a port: a program's command line, `WAITS`, or `""` if it is this process or cannot be told.

    Args:
        kind: The type of the socket, such as `SOCK_STREAM`.
        port: The port.
    """
    try:
        rows = [row for table in _TABLES.get(kind, ()) for row in _rows(table, port)]
    except OSError:
        return ""
    inodes = {inode for _, inode in rows if inode != "0"}
    if inodes:
        return _owner({f"socket:[{inode}]" for inode in inodes})
    return WAITS if any(state == _TIME_WAIT for state, _ in rows) else ""


def _rows(table: str, port: int) -> Iterator[tuple[str, str]]:
    """Yield the state and the inode of each socket whose own name has a port."""
    with open(f"/proc/self/net/{table}", encoding="ascii") as file:
        for line in file.read().splitlines()[1:]:
            fields = line.split()
            if int(fields[1].rpartition(":")[2], 16) == port:
                yield fields[3], fields[9]


def _owner(links: set[str]) -> str:
    """Return the command line of the process that has one of some sockets, among those that this user may look at."""
    for name in os.listdir("/proc"):
        if name.isdigit() and int(name) != os.getpid() and _has(name, links):
            with open(f"/proc/{name}/cmdline", "rb") as file:
                words = file.read().replace(b"\0", b" ").decode(errors="replace").split()
            return f"{' '.join(words)} (process {name})"
    return ""


def _has(pid: str, links: set[str]) -> bool:
    folder = f"/proc/{pid}/fd"
    try:
        return any(os.readlink(f"{folder}/{fd}") in links for fd in os.listdir(folder))
    except OSError:  # another user's, or gone
        return False
