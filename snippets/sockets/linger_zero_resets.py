"""SO_LINGER with zero seconds makes close() send RST, not FIN.

Nothing is left in TIME-WAIT, and the peer gets an error.
"""

import socket
import struct


def close(server: socket.socket, *, abort: bool) -> str:
    """Accept a client, close at once, and say what it reads.

    Args:
        server: A listening socket.
        abort: Whether to set SO_LINGER with zero seconds.

    Source: socket(7), SO_LINGER; RFC 9293 section 3.9.1.5.
    """
    with socket.create_connection(server.getsockname()) as client:
        with server.accept()[0] as accepted:
            linger = struct.pack("ii", abort, 0)  # on, seconds
            # socktrace: expect reset
            accepted.setsockopt(
                socket.SOL_SOCKET, socket.SO_LINGER, linger
            )
        try:
            return repr(client.recv(1024))
        except ConnectionResetError as error:
            return f"ConnectionResetError: {error}"


def main() -> None:
    """Close two connections, one with a goodbye and one without.

    Source: socket(7), SO_LINGER.
    """
    socket.setdefaulttimeout(5)  # seconds
    with socket.create_server(("127.0.0.1", 0)) as server:
        print("plain close():", close(server, abort=False))
        print("linger zero:", close(server, abort=True))


if __name__ == "__main__":
    main()
