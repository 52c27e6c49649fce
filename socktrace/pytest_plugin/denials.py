"""What single rows of the calls witness say against a test that must not do it: in-process evidence, no packets."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from socktrace.calls.rows import CallRow
from socktrace.pytest_plugin.owners import Denied, Owner
from socktrace.recording import Endpoint

if TYPE_CHECKING:
    from socktrace.calls.rows import Row

_RESET = ("ECONNRESET", "EPIPE", "ECONNABORTED")
_OPENINGS = ("socket", "socketpair", "adopt", "accept")


def denials(row: Row, owner: Owner, *, is_own: bool) -> Iterator[Denied]:
    """Yield what a row says against an owner, of what its demands deny.

    Args:
        row: A row of the witness: a call, or a lookup.
        owner: Whose demands count.
        is_own: Whether the socket is the owner's. Of another's, only the end of its own connection concerns it.
    """
    denied = owner.demands.denied
    path, line = (row.path, row.line) if not isinstance(row, dict) else (row["path"], row["line"])
    for event, message, fix in _said(row, owner, is_own=is_own):
        if event in denied:
            yield Denied(event, (path, line) if path and line else None, message, fix)


def _said(row: Row, owner: Owner, *, is_own: bool) -> Iterator[tuple[str, str, str]]:
    if isinstance(row, dict):  # a lookup
        if is_own and not _is_home(row["name"]):
            yield "beyond-loopback", f"it asked for the address of {row['name']!r}", 'write "127.0.0.1" or "localhost"'
        return
    name, error, local, peer = row.name, row.error, _end(row.local), _end(row.peer)
    if error in _RESET and (is_own or _meets(peer, owner)):
        message = f"{row.function}() failed with {error}: the other end had gone without reading everything"
        yield "reset", message, "let each side read to the end of the stream before it closes"
    if not is_own:
        return
    if name in _OPENINGS and error is None:
        yield "socket", "it opened a socket", "give what needs the network a stand-in, or allow it: allow=['socket']"
    if name == "connect":
        if error is None and local:
            owner.local.add((local.address, local.port))
        if error == "ECONNREFUSED":
            yield "refused", f"connect() to {row.argument} was refused", "connect to a socket that listens"
    if name in ("connect", "send") and peer and not (peer.is_loopback or peer.is_wildcard):
        yield "beyond-loopback", f"it spoke to {peer}, which is not loopback", "speak to a socket of the same test"
    if name in ("bind", "listen") and local and error is None:
        yield from _bound(row, owner, local)


def _bound(row: CallRow, owner: Owner, local: Endpoint) -> Iterator[tuple[str, str, str]]:
    cure = 'bind "127.0.0.1" or "::1"'
    if local.is_wildcard and row.name == "bind":
        yield "wildcard", f"it bound {local}, which every interface of the host answers", cure
    elif not (local.is_loopback or local.is_wildcard):
        yield "beyond-loopback", f"it bound {local}, which is not loopback", cure
    asked = row.argument.rpartition(":")[2]
    if row.name == "bind" and local.port is not None:
        if asked == "0":
            owner.given.add(local.port)
        elif local.port not in owner.given:
            message = f"it bound port {local.port}, a number that the kernel did not choose"
            yield "fixed-port", message, "bind port 0 and ask getsockname() for the number"


def _end(pair: list[Any] | None) -> Endpoint | None:
    return Endpoint(pair[0], pair[1]) if pair else None


def _meets(peer: Endpoint | None, owner: Owner) -> bool:
    return peer is not None and (peer.address, peer.port) in owner.local


def _is_home(name: str) -> bool:
    try:
        return ipaddress.ip_address(name.partition("%")[0]).is_loopback
    except ValueError:
        plain = name.rstrip(".").lower()
        return not plain or plain == "localhost" or plain.endswith(".localhost")
