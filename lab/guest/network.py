"""Makes a run's network worse than a loopback interface is: packets come later, or not at all (tc-netem(8))."""

import socket
import struct
from _socket import SocketType  # the plain one, as it is before somebody watches a program: this is not the program's
from typing import Any

_REQUEST, _ACKNOWLEDGE, _CREATE, _REPLACE = 0x1, 0x4, 0x400, 0x100
_NEW_QDISC, _ERROR = 36, 2
_ROOT = 0xFFFFFFFF
_KIND, _OPTIONS, _LATENCY, _JITTER = 1, 2, 10, 11
_LIMIT = 10_000  # packets that may be on their way


def worsen(wanted: dict[str, Any] | None, interface: str = "lo") -> None:
    """Let an interface of this network delay or lose what it sends (rtnetlink(7)).

    Args:
        wanted: `delay` and `jitter` in milliseconds, `loss` in per cent; what is left out is none.
        interface: Its name.

    Raises:
        OSError: The kernel does not take it.
    """
    if not wanted:
        return
    loss = round(wanted.get("loss", 0) / 100 * 0xFFFFFFFF)
    options = struct.pack("=6I", 0, _LIMIT, loss, 0, 0, 0)
    for attribute, key in ((_LATENCY, "delay"), (_JITTER, "jitter")):
        options += _attribute(attribute, struct.pack("=q", round(wanted.get(key, 0) * 1_000_000)))
    body = struct.pack("=BxxxiIII", socket.AF_UNSPEC, socket.if_nametoindex(interface), 0, _ROOT, 0)
    body += _attribute(_KIND, b"netem\0") + _attribute(_OPTIONS, options)
    flags = _REQUEST | _ACKNOWLEDGE | _CREATE | _REPLACE
    kernel = SocketType(socket.AF_NETLINK, socket.SOCK_RAW, socket.NETLINK_ROUTE)
    try:
        kernel.send(struct.pack("=IHHII", 16 + len(body), _NEW_QDISC, flags, 1, 0) + body)
        answer = kernel.recv(4096)
    finally:
        kernel.close()
    kind, (error,) = struct.unpack_from("=H", answer, 4)[0], struct.unpack_from("=i", answer, 16)
    if kind == _ERROR and error:
        raise OSError(-error, f"netem on {interface}")


def _attribute(kind: int, data: bytes) -> bytes:
    """Return an attribute of a netlink message, filled up to a multiple of four bytes."""
    size = 4 + len(data)
    return struct.pack("=HH", size, kind) + data + bytes(-size % 4)
