"""A socket has several numbers, and a copied descriptor adds one.

Linux: descriptor, inode and cookie are its own names for a socket;
the port is a part of the address it is bound to.
"""

import os
import socket

SO_COOKIE = 57  # asm-generic/socket.h; Python has no name for it


def numbers(endpoint: socket.socket) -> dict[str, object]:
    """Collect what can be used to tell a socket from another.

    Args:
        endpoint: A bound socket.

    Source: socket(2), inode(7), bind(2); asm-generic/socket.h.
    """
    return {
        "descriptor": endpoint.fileno(),
        "inode": os.fstat(endpoint.fileno()).st_ino,
        "cookie": endpoint.getsockopt(
            socket.SOL_SOCKET, SO_COOKIE, 8
        ),
        "port": endpoint.getsockname()[1],
    }


def main() -> None:
    """Compare one socket with its copy and with another socket.

    Source: dup(2), socket(2).
    """
    with socket.socket() as one, socket.socket() as other:
        one.bind(("127.0.0.1", 0))
        other.bind(("127.0.0.1", 0))
        with one.dup() as copy:
            mine = numbers(one)
            for name, number in numbers(copy).items():
                print(f"copy, same {name}:", number == mine[name])
        for name, number in numbers(other).items():
            print(f"other, same {name}:", number == mine[name])


if __name__ == "__main__":
    main()
