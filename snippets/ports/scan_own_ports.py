"""A scan finds the ports that listen, and only those."""

import socket
from contextlib import ExitStack


def is_open(address: tuple[str, int]) -> bool:
    """Try to connect, and close at once if that works.

    Args:
        address: The host and port to try.

    Source: connect(2); RFC 9293 section 3.5.2.
    """
    try:
        socket.create_connection(address).close()
    except ConnectionRefusedError:
        return False
    return True


def main() -> None:
    """Bind twenty ports, listen on some, and scan all of them.

    Source: listen(2).
    """
    socket.setdefaulttimeout(5)  # seconds
    everyone, listeners = [], []
    with ExitStack() as stack:
        for number in range(20):
            server = stack.enter_context(socket.socket())
            server.bind(("127.0.0.1", 0))
            everyone.append(server.getsockname())
            if number % 4:  # fifteen of the twenty
                server.listen()
                listeners.append(server)

        # socktrace: expect refused
        found = [one for one in everyone if is_open(one)]
        names = [server.getsockname() for server in listeners]
        print(f"open: {len(found)} of {len(everyone)}")
        print("just those that listen:", found == names)
        for server in listeners:
            server.accept()[0].close()


if __name__ == "__main__":
    main()
