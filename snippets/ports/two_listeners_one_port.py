"""With SO_REUSEPORT two sockets listen on one port at a time.

Both must ask for it before they bind. It works on Linux, not on
Windows, which lacks the option.
"""

import errno
import socket


def share(port: int) -> socket.socket:
    """Return a listening socket that lets others have its port.

    Args:
        port: The number to ask for, 0 for any.
    """
    address = ("127.0.0.1", port)
    return socket.create_server(address, reuse_port=True)


def main() -> None:
    """Let a second server join, and the first one leave.

    Source: socket(7).
    """
    socket.setdefaulttimeout(5)  # seconds
    with share(0) as first:
        name = first.getsockname()
        second = share(name[1])
        print("first listens on port", name[1])
        print("second listens on port", second.getsockname()[1])
    with second, socket.socket() as stranger:
        try:
            stranger.bind(name)
        except OSError as error:
            taken = error.errno == errno.EADDRINUSE
            print("taken for one that did not ask:", taken)

        with (
            socket.create_connection(name) as client,
            second.accept()[0] as server,
        ):
            server.sendall(b"from the second")
            print("the first has left:", client.recv(1024))


if __name__ == "__main__":
    main()
