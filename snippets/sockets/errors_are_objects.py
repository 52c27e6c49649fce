"""A dozen ways to fail: each error has a class, most an errno."""

import errno
import socket
from collections.abc import Callable


def fail(at: str, call: Callable[..., object], *a: object) -> None:
    """Make a call that fails, and print the names of its error."""
    try:
        call(*a)
    except OSError as error:
        number = errno.errorcode.get(error.errno or 0, error.errno)
        print(f"{at}: {type(error).__name__} {number}")


def main() -> None:
    """Provoke them, one after the other. Source: errno(3)."""
    socket.setdefaulttimeout(5)  # seconds
    with (
        socket.create_server(("127.0.0.1", 0)) as listener,
        socket.create_connection(listener.getsockname()) as client,
        listener.accept()[0] as accepted,
        socket.socket() as fresh,
        socket.socket(type=socket.SOCK_DGRAM) as udp,
    ):
        here, big = listener.getsockname(), b"0" * 70000
        fail("bind where another is", fresh.bind, here)
        fail("accept, not listening", fresh.accept)
        fail("name a missing peer", fresh.getpeername)
        fail("connect again", accepted.connect, here)
        fresh.bind(("127.0.0.1", 0))  # but does not listen
        deaf = fresh.getsockname()
        # socktrace: expect refused
        fail("call the deaf", socket.create_connection, deaf)
        client.settimeout(0.05)
        fail("wait too short", client.recv, 1)
        client.settimeout(0)
        fail("do not wait", client.recv, 1)
        accepted.shutdown(socket.SHUT_WR)
        fail("send after the end", accepted.send, b"!")
        fail("datagram to nobody", udp.send, b"?")
        fail("datagram too long", udp.sendto, big, here)
        fail("no such service", socket.getaddrinfo, "", "no")
    fail("use it closed", client.send, b"?")


if __name__ == "__main__":
    main()
