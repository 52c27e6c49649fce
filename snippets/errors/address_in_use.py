"""SO_REUSEADDR gets you past TIME-WAIT, not past a listener."""

import socket


def main() -> None:
    """Bind twice; the second time works when the first is closed.

    Source: bind(2), socket(7); recorded on Linux.
    """
    with socket.socket() as second:
        reuse = (socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        second.setsockopt(*reuse)
        with socket.create_server(("127.0.0.1", 0)) as first:
            address = first.getsockname()
            try:
                second.bind(address)
            except OSError as error:
                print(f"{type(error).__name__}: {error}")
        second.bind(address)
        print("the first is closed: bound")


if __name__ == "__main__":
    main()
