"""The inode in a row leads to the process that has the socket."""

import glob
import os
import socket
from contextlib import suppress
from pathlib import Path


def inode_of(port: int) -> str:
    """Find the inode in the row of a port that listens.

    Args:
        port: The number to look for.

    Source: Linux, proc_net_tcp.
    """
    for line in Path("/proc/net/tcp").read_text().splitlines():
        row = line.split()
        if row[1].endswith(f":{port:04X}") and row[3] == "0A":
            return row[9]
    raise LookupError(port)


def owners(inode: str) -> set[int]:
    """Find the processes that hold a descriptor for a socket.

    Args:
        inode: The number by which the kernel keeps the socket.

    Source: proc(5).
    """
    found = set()
    for link in glob.glob("/proc/[0-9]*/fd/*"):
        with suppress(OSError):  # it is gone, or not ours to see
            if os.readlink(link) == f"socket:[{inode}]":
                found.add(int(link.split("/")[2]))
    return found


def main() -> None:
    """Go from a port number to a process, and compare."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        inode = inode_of(server.getsockname()[1])
        print("owner of inode", inode, "is process", *owners(inode))
        print("I am process", os.getpid())


if __name__ == "__main__":
    main()
