"""The kernel's own tables of sockets, the judge between the witnesses (Linux: sock_diag(7); /proc/net, see proc(5))."""

from __future__ import annotations

import contextlib
import os
import re
import socket
from collections.abc import Iterator
from pathlib import Path

from socktrace.kernel import diag
from socktrace.kernel.endpoints import Endpoint, Leftover

_HERE = Path("/proc/thread-self/net")
_STATES = {
    1: "ESTABLISHED",
    2: "SYN_SENT",
    3: "SYN_RECV",
    4: "FIN_WAIT1",
    5: "FIN_WAIT2",
    6: "TIME_WAIT",
    7: "CLOSE",
    8: "CLOSE_WAIT",
    9: "LAST_ACK",
    10: "LISTEN",
    11: "CLOSING",
    12: "NEW_SYN_RECV",
}
_FAMILIES = {"tcp": socket.AF_INET, "tcp6": socket.AF_INET6}
_OTHERS = ("udp", "udp6", "udplite", "udplite6", "raw", "raw6")
_UNIX_LISTENING = 0x10000  # __SO_ACCEPTCON in the flags column
_UNIX_DATAGRAM = "0002"  # SOCK_DGRAM in the type column
_IN_USE = re.compile(r"^(?:TCP|UDP|UDPLITE|RAW)6?: inuse (\d+)", re.MULTILINE)
_PIECE, _ROW = 4096, 512  # bytes: what the kernel gives at once, and more than any row takes
_TIME_WAIT = re.compile(r"^TCP: .* tw (\d+)", re.MULTILINE)


def at_rest(root: Path = _HERE) -> bool:
    """Say whether a network namespace holds no socket that is still in use; those in TIME_WAIT are not.

    Args:
        root: The directory that holds `sockstat`, `sockstat6` and `unix`.
    """
    for table in ("sockstat", "sockstat6"):
        if any(int(count) for count in _IN_USE.findall(_text(root, table))):
            return False
    return not _lines(root, "unix")


def tables(root: Path = _HERE) -> tuple[Leftover, ...]:
    """Return every socket of the network namespace that `root` shows.

    Args:
        root: The directory that holds `tcp`, `udp`, `unix`; a table that is absent counts as empty.
    """
    found: list[Leftover] = []
    counted = _text(root, "sockstat")
    waiting = int(match[1]) if (match := _TIME_WAIT.search(counted)) else 0
    # to find the TCP sockets the kernel walks the hash of the whole host, so it is not asked for nothing
    if waiting or not at_rest(root):
        found += _tcp(root, "tcp")
    if waiting > len(found) or not at_rest(root):
        found += _tcp(root, "tcp6")
    for protocol in _OTHERS:
        found += _inet(root, protocol)
    for line in _lines(root, "unix"):
        fields = line.split(maxsplit=7)
        path = fields[7] if len(fields) > 7 else ""
        state = "BOUND" if path and fields[4] == _UNIX_DATAGRAM else "OPEN"
        state = "LISTEN" if int(fields[3], 16) & _UNIX_LISTENING else state
        found.append(Leftover("unix", state, Endpoint(path), Endpoint("")))
    return tuple(found)


def rows(root: Path = _HERE) -> tuple[Leftover, ...]:
    """Return the sockets of a network namespace, none if it is at rest: cheaper than `tables`, to be asked often.

    Args:
        root: The directory that holds the tables.
    """
    return () if at_rest(root) else tables(root)


def _tcp(root: Path, protocol: str) -> tuple[Leftover, ...]:
    """Return the TCP sockets of a family; where the kernel tells no program of them, as gVisor's, from its table."""
    if root == _HERE:
        with contextlib.suppress(OSError):
            return tuple(
                Leftover(protocol, _STATES[state], _named(*local), _named(*remote))
                for state, local, remote in diag.tcp(_FAMILIES[protocol])
            )
    return tuple(_inet(root, protocol))


def _inet(root: Path, protocol: str) -> Iterator[Leftover]:
    for line in _lines(root, protocol):
        _, local, remote, state, *_ = line.split()
        name = _STATES[int(state, 16)] if protocol.startswith("tcp") else "BOUND"
        yield Leftover(protocol, name, _endpoint(local), _endpoint(remote))


def _text(root: Path, table: str) -> str:
    """Return a table, `""` if there is none. It is asked for often, so by the plainest means.

    The kernel gives as many whole rows as fit, so one that leaves room for another has given the last. To be asked
    once more and say that there is nothing, it would walk its whole hash again.
    """
    try:
        fd = os.open(f"{root}/{table}", os.O_RDONLY)
    except OSError:
        return ""
    pieces = [b" " * _PIECE]
    try:
        while len(pieces[-1]) >= _PIECE - _ROW:
            pieces.append(os.read(fd, _PIECE))
        return b"".join(pieces[1:]).decode(errors="replace")
    finally:
        os.close(fd)


def _lines(root: Path, table: str) -> list[str]:
    return _text(root, table).splitlines()[1:]


def _endpoint(text: str) -> Endpoint:
    """Decode `0100007F:1F90`: the address in the host's byte order, four bytes at a time, then the port."""
    address, port = text.split(":")
    words = [bytes.fromhex(address[start : start + 8])[::-1] for start in range(0, len(address), 8)]
    return _named(b"".join(words), int(port, 16))


def _named(address: bytes, port: int) -> Endpoint:
    name = socket.inet_ntop(socket.AF_INET if len(address) == 4 else socket.AF_INET6, address)
    return Endpoint(name.removeprefix("::ffff:"), port)
