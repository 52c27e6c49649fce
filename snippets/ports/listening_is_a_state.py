"""Listening is a state of a socket, not of a port number.

The errors of its own send() and recv() are Linux's.
"""

import errno
import socket
from collections.abc import Callable


def error_of(call: Callable[..., object], *args: object) -> str:
    """Make a call and name its error; "none" if all is well.

    Args:
        call: A method of a socket.
        args: Its arguments.

    Source: connect(2), send(2), recv(2).
    """
    try:
        call(*args)
    except OSError as error:
        return errno.errorcode[error.errno or 0]
    return "none"


def main() -> None:
    """Call one port before listen() and after it.

    Source: listen(2); SO_ACCEPTCONN in socket(7).
    """
    socket.setdefaulttimeout(5)  # seconds
    listens = socket.SOL_SOCKET, socket.SO_ACCEPTCONN
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        address = server.getsockname()
        for _ in range(2):
            print("listens:", server.getsockopt(*listens) == 1)
            with socket.socket() as client:
                # socktrace: expect refused
                print("connect:", error_of(client.connect, address))
            server.listen()
        server.accept()[0].close()
        server.setblocking(False)  # else Python waits first
        print("its own send:", error_of(server.send, b"x"))
        print("its own recv:", error_of(server.recv, 1))


if __name__ == "__main__":
    main()
