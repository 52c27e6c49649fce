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
        try:
            print("now:", ours.recv(1024))
        except BlockingIOError as error:
            print("now:", error)


if __name__ == "__main__":
    main()
