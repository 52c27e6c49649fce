"""A connection is ESTABLISHED before the program accepts it.

The listening socket stays in LISTEN, whoever connects to it.
"""

import socket
import sys

STATES = {1: "ESTABLISHED", 7: "CLOSED", 10: "LISTEN"}


def state(of: socket.socket) -> str:
    """Ask the kernel which state a TCP socket is in.

    Args:
        of: The socket. TCP_INFO begins with the state's number.

    Source: Linux, include/uapi/linux/tcp.h and net/tcp_states.h.
    """
    info = of.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, 1)
    return STATES[info[0]]


def main() -> None:
    """Look at each socket after each step of an opening.

    Source: RFC 9293 section 3.3.2.
    """
    if sys.platform != "linux":
        raise SystemExit("this program reads TCP_INFO of Linux")
    socket.setdefaulttimeout(5)  # seconds
    with socket.socket() as server, socket.socket() as client:
        server.bind(("127.0.0.1", 0))
        print("server, bound:", state(server))  # asks Linux
        server.listen()
        print("server, listening:", state(server))
        client.connect(server.getsockname())  # (address, port)
        print("client, before accept():", state(client))
        with server.accept()[0] as accepted:  # [0]: the socket
            print("accepted socket:", state(accepted))
            print("listening socket, still:", state(server))


if __name__ == "__main__":
    main()
