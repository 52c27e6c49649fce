"""To connect, a client needs an address and a port, both right.

Linux: every address that begins with 127 is this host's own.
"""

import socket


def dial(target: tuple[str, int]) -> str:
    """Try to connect, and say what came of it.

    Args:
        target: What to connect to.

    Source: connect(2), ip(7).
    """
    try:
        socket.create_connection(target).close()
    except TypeError:
        return "TypeError"
    except ConnectionRefusedError:  # socktrace: expect refused
        return "refused"
    return "connected"


def main() -> None:
    """Dial a server with half of its address, or a wrong half.

    Source: connect(2), ip(7).
    """
    socket.setdefaulttimeout(5)  # seconds
    with (
        socket.create_server(("127.0.0.1", 0)) as server,
        socket.socket() as silent,
    ):
        silent.bind(("127.0.0.1", 0))  # has a port, does not listen
        address, port = server.getsockname()
        print("port only:", dial(port))
        print("wrong address:", dial(("127.0.0.2", port)))
        print("wrong port:", dial(silent.getsockname()))
        print("both right:", dial((address, port)))
        server.accept()[0].close()


if __name__ == "__main__":
    main()
