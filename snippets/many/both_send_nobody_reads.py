"""Both ends send and nobody reads: neither can finish.

Each sendall() waits for the other end to read, and the other
end would read when its own sendall() is done: a deadlock.
"""

import socket
from concurrent.futures import ThreadPoolExecutor

WORDS = bytes(500_000)
SEND_BUFFER = (socket.SOL_SOCKET, socket.SO_SNDBUF, 32768)


def main() -> None:
    """Let both ends send more than the buffers between them hold.

    Source: RFC 9293 section 3.9.1.2; send(2).
    """
    socket.setdefaulttimeout(0.2)  # seconds
    with (
        socket.create_server(("127.0.0.1", 0)) as listener,
        socket.create_connection(listener.getsockname()) as client,
        # socktrace: expect reset
        listener.accept()[0] as accepted,
        ThreadPoolExecutor() as threads,
    ):
        for end in (client, accepted):
            end.setsockopt(*SEND_BUFFER)
        sends = (
            threads.submit(client.sendall, WORDS),
            threads.submit(accepted.sendall, WORDS),
        )
        errors = [send.exception() for send in sends]
        print("sends that finished:", errors.count(None))
        print("client:", type(errors[0]).__name__, errors[0])
        print("server:", type(errors[1]).__name__, errors[1])


if __name__ == "__main__":
    main()
