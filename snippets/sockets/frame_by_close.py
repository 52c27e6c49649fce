"""If the end of the stream ends the frame, a cut goes unseen."""

import socket


def fetch(answer: bytes, sent: int) -> bytes:
    """Let a server answer and close; read until the end.

    Args:
        answer: What the server means to say.
        sent: After how many bytes it closes.

    Source: RFC 9293 section 3.6; recv(2).
    """
    with (
        socket.create_server(("127.0.0.1", 0)) as listener,
        socket.create_connection(listener.getsockname()) as client,
    ):
        with listener.accept()[0] as accepted:
            accepted.sendall(answer[:sent])
        data = b""
        while part := client.recv(1024):
            data += part
        return data


def main() -> None:
    """Fetch an answer whole, and one whose server gives up."""
    socket.setdefaulttimeout(5)  # seconds
    answer = b"pay 100 to Ann"
    print("server sent all:", fetch(answer, len(answer)))
    print("server gave up:", fetch(answer, len(b"pay 10")))


if __name__ == "__main__":
    main()
