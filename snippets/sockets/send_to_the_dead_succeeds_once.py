"""A send() to a peer that has closed can still succeed.

The peer's kernel answers with a reset. After that, send() fails.
"""

import select
import socket


def send(client: socket.socket) -> str:
    """Send three bytes and say what came of it.

    Args:
        client: A connected socket.

    Source: send(2), EPIPE.
    """
    try:
        return f"{client.send(b'hey')} bytes sent"
    except BrokenPipeError as error:
        return f"BrokenPipeError: {error}"


def main() -> None:
    """Send twice to a peer that has closed.

    Source: RFC 9293 sections 3.5.2 and 3.6.1; poll(2).
    """
    socket.setdefaulttimeout(5)  # seconds
    with (
        socket.create_server(("127.0.0.1", 0)) as listener,
        socket.create_connection(listener.getsockname()) as client,
    ):
        # socktrace: expect reset
        listener.accept()[0].close()
        print("client reads:", client.recv(1024))
        print("first send:", send(client))

        reset = select.poll()
        reset.register(client, 0)  # errors only
        reset.poll(5000)  # milliseconds
        print("second send:", send(client))


if __name__ == "__main__":
    main()
