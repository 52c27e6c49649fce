"""A full queue is silent: on Linux the next client times out.

listen(0) leaves room for one connection. accept() takes it out,
and then there is room again.
"""

import socket


def main() -> None:
    """Let three clients come to a queue with room for one.

    Source: listen(2); Linux, sk_acceptq_is_full().
    """
    socket.setdefaulttimeout(5)  # seconds
    with (
        socket.create_server(("127.0.0.1", 0), backlog=0) as server,
        socket.socket() as first,
        socket.socket() as second,
        socket.socket() as third,
    ):
        address = server.getsockname()
        print("first client:", knock(first, address))
        print("second client:", knock(second, address))
        with server.accept()[0]:
            print("third, after accept():", knock(third, address))
            server.accept()[0].close()


def knock(client: socket.socket, address: tuple[str, int]) -> str:
    """Try to connect for a short while and say what came of it.

    Args:
        client: A new socket.
        address: The host and port of the listening socket.

    Source: connect(2), ETIMEDOUT.
    """
    client.settimeout(0.1)  # seconds
    try:
        client.connect(address)  # socktrace: expect unanswered
    except TimeoutError as error:
        return f"TimeoutError: {error}"
    return "connected"


if __name__ == "__main__":
    main()
