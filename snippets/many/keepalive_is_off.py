"""Keepalive is off, and once on it waits for two hours.

A program that wants to know sooner must say how soon.
"""

import socket

KEEPALIVE = (socket.SOL_SOCKET, socket.SO_KEEPALIVE)
IDLE = (socket.IPPROTO_TCP, socket.TCP_KEEPIDLE)
EVERY = (socket.IPPROTO_TCP, socket.TCP_KEEPINTVL)
COUNT = (socket.IPPROTO_TCP, socket.TCP_KEEPCNT)


def main() -> None:
    """Turn keepalive on, then make it quicker.

    Source: RFC 9293 section 3.8.4; tcp(7).
    """
    with socket.socket() as end:
        print("at first, on:", bool(end.getsockopt(*KEEPALIVE)))
        end.setsockopt(*KEEPALIVE, True)
        print("then, on:", bool(end.getsockopt(*KEEPALIVE)))
        hours = end.getsockopt(*IDLE) // 3600
        print("silent hours before the first probe:", hours)
        end.setsockopt(*IDLE, 60)  # seconds
        end.setsockopt(*EVERY, 10)  # seconds
        end.setsockopt(*COUNT, 3)  # probes
        wait = end.getsockopt(*IDLE)
        wait += end.getsockopt(*EVERY) * end.getsockopt(*COUNT)
        print("seconds until a dead peer is given up:", wait)


if __name__ == "__main__":
    main()
