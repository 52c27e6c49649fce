"""What a row of the calls witness says of a socket, its arguments and its result, as plain data.

Nothing here is watched, and nothing here may raise: a witness must not change what it sees.
"""

from __future__ import annotations

import errno
import os
import socket

from socktrace.calls.cpython import CSocket

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_HOW = {socket.SHUT_RD: "SHUT_RD", socket.SHUT_WR: "SHUT_WR", socket.SHUT_RDWR: "SHUT_RDWR"}
_FLAGS_AT = {"recv": 1, "recvfrom": 1, "recv_into": 2, "recvfrom_into": 2, "recvmsg": 2, "recvmsg_into": 2}
"""Where each function takes its flags, counted from 0."""


_FAMILIES = {int(one): one.name for one in socket.AddressFamily}
_TYPES = {int(one): one.name for one in socket.SocketKind}
_INTERNET = frozenset({int(socket.AF_INET), int(socket.AF_INET6)})
_PEEK = int(socket.MSG_PEEK)

fileno_of = CSocket.fileno
"""Returns the descriptor of a socket object, -1 once that is closed, whatever a class below has of that name."""


def family_of(sock: Any) -> str:
    """Return the name of a socket's family, such as `AF_INET`; `unknown` if the system does not tell."""
    family = CSocket.family.__get__(sock)
    return _FAMILIES.get(family, str(family)) if family >= 0 else "unknown"


def type_of(sock: Any) -> str:
    """Return the name of a socket's type, such as `SOCK_STREAM`, without what Linux adds to it."""
    kind = CSocket.type.__get__(sock)
    return _TYPES.get(kind & 0xF, str(kind))


def name_of(sock: Any) -> list[Any] | None:
    """Return a socket's own address and port, `None` if it has none."""
    try:
        return address_of(sock, CSocket.getsockname(sock))
    except OSError:
        return None


def peer_of(sock: Any) -> list[Any] | None:
    """Return the address and port of the other end, `None` if there is none."""
    try:
        return address_of(sock, CSocket.getpeername(sock))
    except OSError:
        return None


def address_of(sock: Any, address: Any) -> list[Any] | None:
    """Return an address as the recording keeps it: `[address, port]`, or `[path, None]` in the Unix domain.

    Args:
        sock: The socket whose family says how to read it.
        address: What the program gave to a call, or a call gave to it; `None` is returned if it is no address.
    """
    if CSocket.family.__get__(sock) in _INTERNET:
        if isinstance(address, tuple) and len(address) >= 2 and isinstance(address[1], int):
            host = address[0] if isinstance(address[0], str) else os.fsdecode(address[0])
            if ":" in host:
                host = host.removeprefix("::ffff:").partition("%")[0]
            return [host, address[1]]
        return None
    if isinstance(address, bytes):
        address = "@" + address[1:].decode(errors="backslashreplace") if address[:1] == b"\0" else os.fsdecode(address)
    if isinstance(address, os.PathLike):
        address = os.fspath(address)
    return None if address is None else [str(address), None]


def error_of(error: BaseException | None) -> str | None:
    """Return the name of an error: `ECONNREFUSED` and the like, else that of its class; `None` for none."""
    if error is None:
        return None
    number = getattr(error, "errno", None)
    if any(kind.__module__ == "ssl" for kind in type(error).__mro__):
        return type(error).__name__  # its number is one of OpenSSL's, and no errno
    if isinstance(error, OSError) and isinstance(number, int) and number in errno.errorcode:
        # Linux has one number for EOPNOTSUPP and ENOTSUP; the manual pages of sockets use the first name
        return "EOPNOTSUPP" if number == errno.EOPNOTSUPP else errno.errorcode[number]
    return type(error).__name__


def is_in_use(error: BaseException | None) -> bool:
    """Say whether an error tells that somebody else has the name that a socket was to get."""
    return isinstance(error, OSError) and error.errno == errno.EADDRINUSE


def argument_of(sock: Any, kind: str, args: tuple[Any, ...]) -> str:
    """Return the argument of a call that is worth showing, or `""`."""
    if not args:
        return ""
    if kind in ("bind", "connect"):
        address = address_of(sock, args[0])
        return repr(args[0]) if address is None else address[0] if address[1] is None else f"{address[0]}:{address[1]}"
    if kind == "shutdown":
        return _HOW.get(args[0], str(args[0]))
    if kind == "listen":
        return str(args[0])
    return ""


def bytes_of(data: Any, size: int | None) -> bytes:
    """Return the bytes that a call moved, or as many of them as lie in `data`.

    Args:
        data: What was sent, or what was received or received into; none if it is no buffer.
        size: How many bytes were moved.
    """
    if type(data) is bytes:
        return data if len(data) == size else data[:size]
    try:
        return bytes(memoryview(data).cast("B")[:size])
    except (TypeError, ValueError):
        return b""


def with_flags(function: str, args: tuple[Any, ...], flags: int) -> tuple[Any, ...]:
    """Return the arguments with flags that were given by name at the place where they can be given without."""
    position = _FLAGS_AT.get(function, len(args))
    return (*args, *(0 for _ in range(position - len(args))), flags)


def with_listed_buffers(args: tuple[Any, ...]) -> tuple[Any, ...]:
    """Return the arguments with a list in the place of an iterator over buffers, which the call would use up.

    asyncio gives `sendmsg` one from Python 3.12 on. The call itself makes a list of whatever it is given.
    """
    return ([*args[0]], *args[1:]) if args and hasattr(args[0], "__next__") else args


def given(function: str, args: tuple[Any, ...]) -> tuple[Any, Any]:
    """Return what a call was given to send, and to whom; `None` for the other end of a connection.

    Args:
        function: The method, such as `sendto`.
        args: Its arguments.
    """
    data: Any = args[0] if args else b""
    if function == "sendmsg":
        return b"".join(bytes(part) for part in data), args[3] if len(args) > 3 else None
    return data, args[-1] if function == "sendto" and len(args) > 1 else None


def received(function: str, args: tuple[Any, ...], result: Any) -> tuple[int, bytes, str]:
    """Return what a call received: how many bytes, these, and the flag that is worth showing.

    Args:
        function: The method, such as `recvfrom_into`.
        args: Its arguments, flags among them.
        result: What it returned.
    """
    first = result[0] if isinstance(result, tuple) else result
    size = first if isinstance(first, int) else len(first)
    data = args[0] if isinstance(first, int) and args else first
    if function == "recvmsg_into":
        data = args[0][0] if args and args[0] else b""
    position = _FLAGS_AT[function]
    peeks = len(args) > position and args[position] & _PEEK
    return size, bytes_of(data, size), "MSG_PEEK" if peeks else ""


def command_of(words: Any) -> str:
    """Return the command line of a program that is about to be started, `""` if the system will refuse it.

    Args:
        words: What a function that starts programs is given.
    """
    try:
        return " ".join(os.fsdecode(part) for part in words)
    except TypeError:
        return ""
