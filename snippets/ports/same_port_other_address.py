"""One port number on two addresses is two ports.

On Linux every address that begins with 127 is this host. macOS has
only 127.0.0.1 until it is told of more.
"""

import socket


def ask(listener: socket.socket, words: bytes) -> bytes:
    """Call a server, and return what it says.

    Args:
        listener: The server's listening socket.
        words: What the server is to say.
    """
    address = listener.getsockname()
    with socket.create_connection(address) as client:
        with listener.accept()[0] as server:
            server.sendall(words)
        with client.makefile("rb") as answer:
            return answer.read()


def main() -> None:
    """Let two servers listen on one number.

    Source: bind(2), ip(7).
    """
    socket.setdefaulttimeout(5)  # seconds
    with socket.create_server(("127.0.0.1", 0)) as ann:
        port = ann.getsockname()[1]
        with socket.create_server(("127.0.0.2", port)) as ben:
            print("at 127.0.0.2:", ask(ben, b"I am Ben"))
            print("at 127.0.0.1:", ask(ann, b"I am Ann"))


if __name__ == "__main__":
    main()
