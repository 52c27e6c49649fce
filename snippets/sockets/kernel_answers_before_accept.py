"""The kernel answers a client before the program calls accept().

connect() and send() return first. accept() then hands over a
connection that already exists, with its bytes waiting.
"""

import socket


def main() -> None:
    """Connect and send, and accept only after that.

    Source: listen(2); RFC 9293 section 3.5.
    """
    socket.setdefaulttimeout(5)  # seconds
    with (
        socket.create_server(("127.0.0.1", 0)) as listener,
        socket.create_connection(listener.getsockname()) as client,
    ):
        client.sendall(b"early")
        with listener.accept()[0] as accepted:
            print("accept, then recv:", accepted.recv(1024))


if __name__ == "__main__":
    main()
