"""What a test must not do, and what it may: the events by name, from a project's settings and a test's own marker."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

LEFT = frozenset({"left-open", "collected", "survivor"})
"""What no test may do unless it is allowed."""

TOLD: Mapping[str, str] = {
    "left-open": "it leaves a socket open",
    "collected": "it leaves a socket to be closed by the garbage collector",
    "survivor": "it leaves a thread that serves, or a child process",
    "socket": "it opens a socket at all",
    "reset": "a call on a socket fails because the other end was reset: ECONNRESET, EPIPE or ECONNABORTED",
    "refused": "a connect() fails with ECONNREFUSED",
    "beyond-loopback": "it binds, calls or sends to an address that is not loopback, or asks for the address of a name",
    "wildcard": "it binds an address that stands for every interface",
    "fixed-port": "it binds a port number that the kernel did not choose",
}
"""Each event that can be allowed and denied, and what in the process shows it."""


class UnknownEventError(ValueError):
    """A name that is none of the events; the message lists them."""


@dataclass(frozen=True, slots=True)
class Demands:
    """What is demanded of a test or of a fixture.

    Args:
        denied: The events that must not happen.
    """

    denied: frozenset[str] = LEFT

    def changed(self, allow: Iterable[str] = (), deny: Iterable[str] = ()) -> Demands:
        """Return these demands with some events allowed, and then some denied.

        Args:
            allow: Names of events.
            deny: Names of events.

        Raises:
            UnknownEventError: One of the names is none of `TOLD`.
        """
        return Demands(self.denied - _known(allow) | _known(deny))

    def watches_calls(self) -> bool:
        """Say whether single calls matter, not only what is left in the end."""
        return not self.denied <= LEFT


def _known(names: Iterable[str]) -> frozenset[str]:
    found = frozenset((names,) if isinstance(names, str) else names)
    for name in sorted(found - set(TOLD)):
        raise UnknownEventError(f"nothing is called {name!r}; there are: {', '.join(TOLD)}")
    return found
