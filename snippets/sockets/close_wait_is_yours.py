"""CLOSE-WAIT: the other end is done, and you have not closed."""

import socket
import sys

STATES = {1: "ESTABLISHED", 8: "CLOSE-WAIT"}


def state(sock: socket.socket) -> str:
    """Ask the kernel for the state of a socket."""
    info = sock.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, 1)
    return STATES[info[0]]


def main() -> None:
    """Leave three connections open whose clients are gone."""
    if sys.platform != "linux":
        raise SystemExit("this program reads TCP_INFO of Linux")
    socket.setdefaulttimeout(5)  # seconds
    with socket.create_server(("127.0.0.1", 0)) as listener:
        kept = []
        for _ in range(3):
            peer = socket.create_connection(listener.getsockname())
            kept.append(listener.accept()[0])
            print("a client is there:", state(kept[-1]))
            peer.close()
        print("all are gone:", [conn.recv(1024) for conn in kept])
        print("still open:", [state(conn) for conn in kept])
        for conn in kept:
            conn.close()


if __name__ == "__main__":
    main()
