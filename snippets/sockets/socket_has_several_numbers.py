"""A copied descriptor is a second ticket for the same socket."""

import os
import socket


def numbers(of: socket.socket) -> str:
    """Say which numbers Linux knows a socket by."""
    inode = os.fstat(of.fileno()).st_ino
    port = of.getsockname()[1]
    return f"fd {of.fileno()}, inode {inode}, port {port}"


def main() -> None:
    """Compare one socket with its copy and with another socket."""
    with socket.socket() as one, socket.socket() as other:
        one.bind(("127.0.0.1", 0))
        other.bind(("127.0.0.1", 0))
        with one.dup() as copy:
            print("one:  ", numbers(one))
            print("copy: ", numbers(copy))
            print("other:", numbers(other))
            same = os.path.sameopenfile(one.fileno(), copy.fileno())
            print("one and its copy, one socket:", same)


if __name__ == "__main__":
    main()
