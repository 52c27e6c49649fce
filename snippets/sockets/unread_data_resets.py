"""Closing with unread data resets the connection.

The peer meets ConnectionResetError where it expected b''.
"""

import socket


def hear_the_end(wanted: int) -> str:
    """Send five bytes to a server that reads some and closes.

    Args:
        wanted: How many bytes the server reads.

    Source: RFC 9293 section 3.6.1; RFC 2525 section 2.17.
    """
    with (
        socket.create_server(("127.0.0.1", 0)) as listener,
        socket.create_connection(listener.getsockname()) as client,
    ):
        client.sendall(b"hello")
        # socktrace: expect reset
        with listener.accept()[0] as accepted:
            accepted.recv(wanted)
        try:
            return repr(client.recv(1024))
        except ConnectionResetError:
            return "ConnectionResetError"


def main() -> None:
    """Read all five bytes, then one byte too few."""
    socket.setdefaulttimeout(5)  # seconds
    print("5 of 5 bytes read:", hear_the_end(5))
    print("4 of 5 bytes read:", hear_the_end(4))


if __name__ == "__main__":
    main()
