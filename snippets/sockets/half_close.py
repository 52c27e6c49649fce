"""shutdown() ends one direction; the other still carries data."""

import socket


def main() -> None:
    """Ask, say that this was all, and still read the answer.

    Source: shutdown(2); RFC 9293 section 3.6.
    """
    socket.setdefaulttimeout(5)  # seconds
    with socket.create_server(("127.0.0.1", 0)) as listener:
        client = socket.create_connection(listener.getsockname())
        with client, listener.accept()[0] as accepted:
            client.sendall(b"question")
            client.shutdown(socket.SHUT_WR)
            print("server reads:", accepted.recv(1024))
            print("then the end:", accepted.recv(1024))
            try:
                print("client sends:", client.send(b"one more"))
            except BrokenPipeError:
                print("client sends: BrokenPipeError")
            accepted.sendall(b"answer")
            print("client reads:", client.recv(1024))


if __name__ == "__main__":
    main()
