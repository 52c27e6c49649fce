"""Linux gives a socket twice the buffer that was asked for.

A connection that comes in by a listening socket has its size.
"""

import socket

SIZES = {
    "receive": (socket.SOL_SOCKET, socket.SO_RCVBUF),
    "send": (socket.SOL_SOCKET, socket.SO_SNDBUF),
}


def main() -> None:
    """Ask for two buffers, then look at what came of it.

    Source: socket(7), SO_RCVBUF and SO_SNDBUF; tcp(7).
    """
    socket.setdefaulttimeout(5)  # seconds
    with socket.socket() as listener:
        for name, option in SIZES.items():
            listener.setsockopt(*option, 10_000)  # bytes
            size = listener.getsockopt(*option)
            print(f"{name} buffer, 10000 asked for:", size)
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        with (
            socket.create_connection(listener.getsockname()),
            listener.accept()[0] as accepted,
        ):
            size = accepted.getsockopt(*SIZES["receive"])
            print("receive buffer, accepted socket:", size)


if __name__ == "__main__":
    main()
