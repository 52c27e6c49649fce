"""A new TCP socket has its switches off; a server has one on."""

import socket

SOCKET, TCP = socket.SOL_SOCKET, socket.IPPROTO_TCP
SWITCHES = {
    "SO_REUSEADDR": (SOCKET, socket.SO_REUSEADDR),
    "SO_REUSEPORT": (SOCKET, socket.SO_REUSEPORT),
    "SO_KEEPALIVE": (SOCKET, socket.SO_KEEPALIVE),
    "SO_LINGER": (SOCKET, socket.SO_LINGER),
    "SO_BROADCAST": (SOCKET, socket.SO_BROADCAST),
    "TCP_NODELAY": (TCP, socket.TCP_NODELAY),
    "TCP_USER_TIMEOUT": (TCP, socket.TCP_USER_TIMEOUT),
}


def turned_on(end: socket.socket) -> list[str]:
    """Name the switches that are not at 0.

    Source: socket(7), tcp(7), getsockopt(2).
    """
    return [
        name
        for name, option in SWITCHES.items()
        if end.getsockopt(*option)
    ]


def main() -> None:
    """Ask a plain socket and the socket of a server."""
    with (
        socket.socket() as plain,
        socket.create_server(("127.0.0.1", 0)) as server,
    ):
        print("on in a new socket:", turned_on(plain))
        print("on in create_server():", turned_on(server))
        kind = plain.getsockopt(SOCKET, socket.SO_TYPE)
        print("SO_TYPE:", socket.SocketKind(kind).name)
        print(
            "SO_ERROR:", plain.getsockopt(SOCKET, socket.SO_ERROR)
        )


if __name__ == "__main__":
    main()
