"""A server on 0.0.0.0 is reached at each address of the host."""

import socket


def main() -> None:
    """Call one listening socket at several addresses.

    Source: ip(7).
    """
    socket.setdefaulttimeout(5)  # seconds
    # socktrace: expect wildcard
    with socket.create_server(("0.0.0.0", 0)) as listener:
        wildcard, port = listener.getsockname()
        print("the listening socket has:", wildcard)
        for called in ("127.0.0.1", "127.0.0.2", wildcard):
            with (
                socket.create_connection((called, port)),
                listener.accept()[0] as server,
            ):
                print("called", called, end=", ")
                print("accepted at:", server.getsockname()[0])


if __name__ == "__main__":
    main()
