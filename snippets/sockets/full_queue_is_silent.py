"""A full queue is silent: on Linux the next client times out.

listen(0) leaves room for one connection, which waits there until
accept() takes it out; then there is room for the next.
"""

import socket
from socket import create_connection, create_server


def knock(server: socket.socket) -> str:
    """Try to connect for a short while, and hang up again.

    Args:
        server: The listening socket.

    Source: connect(2), ETIMEDOUT.
    """
    try:
        # socktrace: expect unanswered
        with create_connection(server.getsockname(), timeout=0.1):
            return "connected"
    except TimeoutError as error:
        return f"TimeoutError: {error}"


def main() -> None:
    """Let three clients come to a queue with room for one.

    Source: listen(2); Linux, sk_acceptq_is_full().
    """
    socket.setdefaulttimeout(5)  # seconds
    with create_server(("127.0.0.1", 0), backlog=0) as server:
        with create_connection(server.getsockname()):
            print("first client: connected")
            print("second client:", knock(server))
            server.accept()[0].close()  # takes the first one out
            print("third client:", knock(server))
        server.accept()[0].close()


if __name__ == "__main__":
    main()
