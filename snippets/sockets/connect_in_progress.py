"""A non-blocking connect() begins; SO_ERROR says how it ended.

"Writable" means only that it has ended, well or badly.
"""

import os
import select
import socket
from socket import SO_ERROR, SOL_SOCKET


def attempt(address: tuple[str, int]) -> str:
    """Begin to connect, wait, and ask what came of it.

    Args:
        address: The host and port to connect to.

    Source: connect(2), EINPROGRESS.
    """
    with socket.socket() as client:
        client.setblocking(False)
        began = os.strerror(client.connect_ex(address))
        _, done, _ = select.select([], [client], [], 5)
        ended = os.strerror(client.getsockopt(SOL_SOCKET, SO_ERROR))
    return f"{began}; writable: {client in done}; {ended}"


def main() -> None:
    """Try a socket that listens, and one that does not.

    Source: connect(2), ECONNREFUSED.
    """
    socket.setdefaulttimeout(5)  # seconds
    with socket.create_server(("127.0.0.1", 0)) as server:
        print("listening:", attempt(server.getsockname()))
        server.accept()[0].close()
    with socket.socket() as mute:
        mute.bind(("127.0.0.1", 0))
        # socktrace: expect refused
        print("only bound:", attempt(mute.getsockname()))


if __name__ == "__main__":
    main()
