"""How a socket ended: the one table of it, for the rules, the report, the figure and the pages. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from socktrace.recording import Call


@dataclass(frozen=True, slots=True)
class Ending:
    """One way in which a process lets go of a socket.

    Args:
        words: What became of the socket, for a sentence, a report, a figure or a table.
        closes: Whether it closes the descriptor; a socket that is handed on stays open.
    """

    words: str
    closes: bool = True


ENDINGS: Mapping[str, Ending] = {
    "close": Ending("closed"),
    "collected": Ending("closed by the garbage collector"),
    "exit": Ending("closed by the end of the process"),
    "exec": Ending("closed by exec, which replaced the program"),
    "detach": Ending("handed on", closes=False),
}
"""Each ending by the name of its call (`Call.name`)."""

CLOSINGS = frozenset(name for name, ending in ENDINGS.items() if ending.closes)
"""The names of the calls that close a descriptor."""


def last_ending(calls: Iterable[Call]) -> Call | None:
    """Return the last of a socket's calls that ended something; `None` if nobody was seen to let go of it.

    Args:
        calls: The calls on one socket, in order.
    """
    return next((call for call in reversed(tuple(calls)) if call.name in ENDINGS), None)
