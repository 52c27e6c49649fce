"""What the kernel calls the ends of communications, and what it still holds of them. Plain data."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

WILDCARDS = ("0.0.0.0", "::")


class Endpoint(NamedTuple):
    """One end of a communication, under the name the kernel gives it.

    It is a tuple because packets and calls are found by it, again and again: a dataclass takes six times as long to
    hash.

    Attributes:
        address: An IPv4 or IPv6 address; for a Unix-domain socket its path, or `""` when it has no name.
        port: The 16-bit port number; `None` for a family that has no ports.
    """

    address: str
    port: int | None = None

    def __str__(self) -> str:
        if self.port is None:
            return self.address or "(no name)"
        return f"[{self.address}]:{self.port}" if ":" in self.address else f"{self.address}:{self.port}"

    @property
    def is_wildcard(self) -> bool:
        """True for `0.0.0.0` and `::`, which stand for every address of the host (ip(7), INADDR_ANY)."""
        return self.port is not None and self.address in WILDCARDS

    @property
    def is_loopback(self) -> bool:
        """True if nothing sent here can leave the host: 127.0.0.0/8, ::1, and every Unix-domain name.

        Sources: RFC 1122 section 3.2.1.3 (g); RFC 4291 section 2.5.3.
        """
        if self.port is None:
            return True
        return _is_loopback(self.address)

    def names(self, other: Endpoint) -> bool:
        """Say whether this endpoint, perhaps a wildcard, covers the concrete endpoint `other`."""
        return self.port == other.port and (self.address == other.address or self.is_wildcard)


@lru_cache(maxsize=8192)
def endpoint(address: str, port: int | None = None) -> Endpoint:
    """Return an endpoint: for one name the same object, which dictionaries find without comparing it.

    Both ends of a connection stand in each of its packets, and in most of its calls.
    """
    return Endpoint(address, port)


@lru_cache(maxsize=1024)
def _is_loopback(address: str) -> bool:
    import ipaddress  # which takes longer to load than all else here, and a program can be started without it

    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return address == "localhost"


@dataclass(frozen=True, slots=True)
class Leftover:
    """A row of the kernel's socket tables after the program ended (proc(5), /proc/net).

    Args:
        protocol: `tcp`, `udp`, `unix`, ...
        state: `TIME_WAIT`, `LISTEN`, ... as Linux spells it.
        local: Its own name.
        remote: The other end's name.
    """

    protocol: str
    state: str
    local: Endpoint
    remote: Endpoint

    @property
    def is_door(self) -> bool:
        """True if it waits for whoever calls: if it listens, or has a name for datagrams."""
        return self.state in ("LISTEN", "BOUND")
