"""One server port carries fifty connections at the same time."""

import socket
from contextlib import ExitStack


def main() -> None:
    """Open fifty connections and count their sockets and ports.

    Source: RFC 9293 section 3.4.1.
    """
    socket.setdefaulttimeout(5)  # seconds
    with ExitStack() as stack:
        keep = stack.enter_context
        listener = keep(socket.create_server(("127.0.0.1", 0)))
        address = listener.getsockname()
        ends = []
        for _ in range(50):
            keep(socket.create_connection(address))
            ends.append(keep(listener.accept()[0]))

        pairs = [(s.getsockname(), s.getpeername()) for s in ends]
        print("server sockets:", len({s.fileno() for s in ends}))
        print("server ports:", len({here for here, _ in pairs}))
        print("client ports:", len({there for _, there in pairs}))
        print("different pairs:", len(set(pairs)))


if __name__ == "__main__":
    main()
