"""A client asks for no port, gets one, and is answered there.

Before connect() Windows has no name to show (Winsock getsockname,
WSAEINVAL).
"""

import socket


def main() -> None:
    """Look at a client's port before and after it connects.

    Source: ip(7), RFC 9293 section 3.1.
    """
    socket.setdefaulttimeout(5)  # seconds
    with (
        socket.create_server(("127.0.0.1", 0)) as listener,
        socket.socket() as client,
    ):
        print("port before connect:", client.getsockname()[1])
        client.connect(listener.getsockname())  # (address, port)
        print("port after connect:", client.getsockname()[1])
        print("the server's port:", listener.getsockname()[1])

        with listener.accept()[0] as server:
            print("the server sees port:", server.getpeername()[1])
            server.sendall(b"your answer")
            print("client reads:", client.recv(1024))


if __name__ == "__main__":
    main()
