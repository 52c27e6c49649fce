"""One program listens on two hundred ports at the same time."""

import socket
from contextlib import ExitStack


def main() -> None:
    """Open two hundred listening sockets and count their ports.

    Source: RFC 9293 section 3.1.
    """
    with ExitStack() as stack:
        keep = stack.enter_context
        listeners = [
            keep(socket.create_server(("127.0.0.1", 0)))
            for _ in range(200)
        ]
        ports = {one.getsockname()[1] for one in listeners}
        print("listening sockets:", len(listeners))
        print("different ports:", len(ports))


if __name__ == "__main__":
    main()
