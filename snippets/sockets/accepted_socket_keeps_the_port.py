"""accept() returns a new socket with the listener's own port."""

import errno
import socket


def main() -> None:
    """Compare the three sockets that one connection takes.

    Source: accept(2); RFC 9293 section 3.4.1.
    """
    socket.setdefaulttimeout(5)  # seconds
    with (
        socket.create_server(("127.0.0.1", 0)) as listener,
        socket.create_connection(listener.getsockname()) as client,
        listener.accept()[0] as accepted,
    ):
        sockets = {s.fileno() for s in (listener, client, accepted)}
        print("sockets opened:", len(sockets))
        _, asked = listener.getsockname()
        _, given = accepted.getsockname()
        print("same port as the listener:", given == asked)
        other, peer = client.getsockname(), accepted.getpeername()
        print("its peer is the client:", peer == other)
        try:
            listener.getpeername()
        except OSError as error:
            alone = error.errno == errno.ENOTCONN
            print("the listener has no peer:", alone)


if __name__ == "__main__":
    main()
