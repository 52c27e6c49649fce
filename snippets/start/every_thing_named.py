"""One word meets things of many kinds, and each has its own name.

Addresses, ports, sockets and descriptors are what a program can see
of the way; the protocol is TCP.
"""

import socket


def main() -> None:
    """Say hello over the loopback, and look at the three sockets.

    Source: ip(7), socket(2), accept(2), tcp(7).
    """
    socket.setdefaulttimeout(5)  # seconds
    with (
        socket.create_server(("127.0.0.1", 0)) as listener,
        socket.socket() as client,
    ):
        client.connect(listener.getsockname())
        conn, _ = listener.accept()
        with conn:
            client.sendall(b"hello")
            print("conn reads:", conn.recv(1024))
            three = (listener, client, conn)
            ports = [one.getsockname()[1] for one in three]
            print("ports of listener, client, conn:", *ports)
            print("conn: descriptor", conn.fileno())


if __name__ == "__main__":
    main()
