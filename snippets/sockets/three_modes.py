"""A socket blocks, does not block, or has a timeout.

With a timeout Python does the waiting, not the kernel's recv.
"""

import os
import socket


def main() -> None:
    """Put one socket into each mode.

    Source: Python documentation, notes on socket timeouts.
    """
    ours, theirs = socket.socketpair()
    with ours, theirs:
        for seconds in (None, 5.0, 0.0):
            ours.settimeout(seconds)
            print(f"settimeout({seconds})")
            print("- recv may wait:", ours.getblocking())
            print("- kernel waits:", os.get_blocking(ours.fileno()))
        for _ in range(2):
            try:
                print("recv:", ours.recv(1024))
            except BlockingIOError as error:
                print("recv:", error)
                theirs.sendall(b"now")


if __name__ == "__main__":
    main()
