"""The inode in a row leads to the process that has the socket."""

import glob
import os
import socket
from contextlib import suppress
from pathlib import Path


def main() -> None:
    """Go from a port number to a process, and compare.

    Source: Linux, proc_net_tcp; proc(5).
    """
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = f":{server.getsockname()[1]:04X}"
        table = Path("/proc/net/tcp").read_text().splitlines()
        rows = [line.split() for line in table]
        (inode,) = [row[9] for row in rows if row[1].endswith(port)]

        for link in glob.glob("/proc/[0-9]*/fd/*"):
            with suppress(OSError):  # gone, or not ours to see
                if os.readlink(link) == f"socket:[{inode}]":
                    process = link.split("/")[2]
                    print("process", process, "has inode", inode)
        print("I am process", os.getpid())


if __name__ == "__main__":
    main()
