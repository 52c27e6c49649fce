"""Asks the kernel for the TCP sockets of this thread's network namespace (Linux: sock_diag(7)).

The tables in /proc/net say the same, and to write one of them the kernel takes ten times as long: it walks the hash of
the whole host, step by step.
"""

from __future__ import annotations

import os
import socket
import struct
from collections.abc import Iterator

_NETLINK_SOCK_DIAG, _SOCK_DIAG_BY_FAMILY, _IPPROTO_TCP = 4, 20, 6
_REQUEST_DUMP = 0x301  # NLM_F_REQUEST | NLM_F_DUMP
_NLMSG_ERROR, _NLMSG_DONE = 2, 3
_HEADER = struct.Struct("=IHHII")
"""struct nlmsghdr (linux/netlink.h): length, type, flags, sequence number, port."""
_REQUEST = struct.Struct("=BBBxI48x")
"""struct inet_diag_req_v2 (linux/inet_diag.h): family, protocol, what else is asked for, states; of whatever socket."""
_ANSWER = struct.Struct("!BB2xHH16s16s")
"""The first fields of struct inet_diag_msg: family, state, both ports, both addresses."""
_STATES = (1 << 13) - 1  # from TCP_ESTABLISHED to TCP_NEW_SYN_RECV; what is only bound no table has
_ROOM = 1 << 15  # bytes: what the kernel puts together at most


def tcp(family: socket.AddressFamily) -> Iterator[tuple[int, tuple[bytes, int], tuple[bytes, int]]]:
    """Yield the state, the local and the remote address and port of each TCP socket.

    Args:
        family: `AF_INET` or `AF_INET6`.

    Raises:
        OSError: The kernel cannot tell.
    """
    size = 4 if family == socket.AF_INET else 16
    asked = _REQUEST.pack(family, _IPPROTO_TCP, 0, _STATES)
    with socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, _NETLINK_SOCK_DIAG) as kernel:
        kernel.send(_HEADER.pack(_HEADER.size + len(asked), _SOCK_DIAG_BY_FAMILY, _REQUEST_DUMP, 0, 0) + asked)
        while True:
            said, at = kernel.recv(_ROOM), 0
            while at < len(said):
                length, kind, *_ = _HEADER.unpack_from(said, at)
                body = at + _HEADER.size
                if kind == _NLMSG_DONE:
                    return
                if kind == _NLMSG_ERROR:
                    (number,) = struct.unpack_from("=i", said, body)
                    raise OSError(-number, os.strerror(-number))
                _, state, here, there, local, remote = _ANSWER.unpack_from(said, body)
                yield state, (local[:size], here), (remote[:size], there)
                at += length + 3 & ~3
