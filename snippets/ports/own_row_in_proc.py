"""A listening socket has a row in /proc/net/tcp, in hexadecimal.

A socket that is only bound has none, so netstat, which reads this
table, does not show it. A newer ss does, with -B.
"""

import socket
from pathlib import Path


def rows(port: int) -> list[list[str]]:
    """Read the rows of the kernel's table that have a local port.

    Args:
        port: The number to look for.

    Returns:
        The columns of each row, as the kernel wrote them.

    Source: proc(5).
    """
    _, *lines = Path("/proc/net/tcp").read_text().splitlines()
    table = [line.split() for line in lines]
    return [row for row in table if row[1].endswith(f":{port:04X}")]


def main() -> None:
    """Look for a socket's row before listen() and after it.

    Source: proc(5); Linux, net/tcp_states.h.
    """
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        port = server.getsockname()[1]
        print("bound to port:", port)
        print("rows when bound:", len(rows(port)))
        server.listen()
        print("rows when listening:", len(rows(port)))
        _, local, _, state, *_ = rows(port)[0]
        print("read back:", int(local[-4:], 16), "state:", state)


if __name__ == "__main__":
    main()
