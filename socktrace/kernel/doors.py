"""Who waits for callers in a network, by the kernel's own tables, and what follows from it (Linux).

A *door* is a socket that waits for whoever calls: it listens, or has a port for datagrams.
"""

from __future__ import annotations

from collections.abc import Callable, Collection

from socktrace import kernel
from socktrace.kernel.endpoints import WILDCARDS, Leftover

_NO_DOOR_WITHIN = 0.5
"""How many seconds a program that talks to others may take until it opens a door, or else it is taken for a client."""
_NOBODY_WITHIN = 1.4
"""For how many seconds a door is open before its program is taken for a server that nobody calls. A program that calls
itself does so sooner; a person at another terminal does not."""
_LOOK = 0.5
"""How many seconds pass between two looks for it."""
_KERNEL_CHOOSES = range(32768, 61000)
"""The ports that Linux gives to whoever asks for none (ip(7), ip_local_port_range)."""
_WEB = (80, 3000, 5000, 8000, 8080, 8888)
"""Where web servers that somebody tries out listen, as a rule."""


class Turn:
    """Tells when the program after the one that has just been started may start.

    Args:
        before: The turn before it; `None` for the first of all, which has nobody to be a client of.
    """

    def __init__(self, before: Turn | None) -> None:
        self._is_first = before is None
        self.rows: tuple[Leftover, ...] = before.rows if before else kernel.rows()
        """What was there when it was last looked."""
        self._known = frozenset((row.protocol, row.local, row.remote) for row in self.rows)
        self._talks: float | None = None
        self.opened = False
        """Whether it has opened a door."""

    def is_over(self, now: float, exit_code: int | None) -> bool:
        """Say whether the next one may start.

        It may when this one has opened a door, or when it has not and will not, and somebody else's door is open: it
        has ended well, or it talks to others and opens none.

        Args:
            now: The time that this one had, in seconds.
            exit_code: This one's exit status; `None` while it runs.
        """
        self.rows = rows = kernel.rows()
        fresh = [row for row in rows if (row.protocol, row.local, row.remote) not in self._known]
        self.opened = self.opened or any(row.is_door for row in fresh)
        if self.opened:
            return True
        if exit_code is not None:
            return exit_code == 0 and any(row.is_door for row in rows)
        if not self._is_first and self._talks is None and any(row.local.address for row in fresh):
            self._talks = now
        return self._talks is not None and now - self._talks >= _NO_DOOR_WITHIN


class Lonely:
    """Finds out, once, that nobody calls at the doors of a network.

    Args:
        called: Says whether a packet came to a port, or from it.
    """

    def __init__(self, called: Callable[[int], bool]) -> None:
        self._called = called
        self._look = 0.0
        self._since: float | None = None
        self._is_known = False

    def doors(self, now: float) -> tuple[Leftover, ...]:
        """Return the doors, if it is now known that nobody calls there; it is said only once.

        Args:
            now: The time, in seconds.
        """
        if self._is_known or now < self._look:
            return ()
        self._look = now + _LOOK
        doors = tuple(sorted((row for row in kernel.rows() if _is_reachable(row)), key=str))
        self._since = (now if self._since is None else self._since) if doors else None
        if self._since is None or now - self._since < _NOBODY_WITHIN:
            return ()
        self._is_known = True
        return () if any(self._called(row.local.port or 0) for row in doors) else doors


def _is_reachable(row: Leftover) -> bool:
    """Say whether a door has an address of its own, and not only a port that the kernel chose for a sender."""
    if row.protocol.startswith("tcp"):
        return row.is_door
    return row.protocol.startswith("udp") and not row.remote.port and row.local.port not in _KERNEL_CHOOSES


def hint(program: str, doors: Collection[Leftover], timeout: float | None) -> str:
    """Return what to tell somebody whose server nobody calls.

    Args:
        program: The server.
        doors: Its doors, in its own network.
        timeout: After how many seconds it will be stopped; `None` if it will not.
    """
    places = " and ".join(dict.fromkeys(str(row.local) for row in doors))
    stop = "" if timeout is None else f"It will be stopped {timeout:g} s after its start; with --timeout 0, never. "
    return (
        f"socktrace: {program} listens at {places}, and nobody has called yet.\n"
        "    It is in a network of its own. In another terminal, put `socktrace join` before what is to reach it:\n"
        f"        {_call(next(iter(doors)))}\n"
        "        socktrace join python3 client.py\n"
        "    With --network host it would listen in this machine's network.\n"
        f"    {stop}Ctrl-C ends it.\n"
    )


def _call(door: Leftover) -> str:
    """Return a command that calls at a door."""
    address, port = door.local.address, door.local.port
    if address in WILDCARDS:
        address = "::1" if ":" in address else "127.0.0.1"
    if door.protocol.startswith("udp"):
        return f"socktrace join nc -u {address} {port}"
    if port in _WEB:
        return f"socktrace join curl http://{f'[{address}]' if ':' in address else address}:{port}/"
    return f"socktrace join nc {address} {port}"
