"""Without a connection, recv and send fail in different ways."""

import socket


def main() -> None:
    """Use a socket that was never connected, and a listening one.

    Source: tcp(7), shutdown(2); recorded on Linux.
    """
    with (
        socket.create_server(("127.0.0.1", 0)) as listener,
        socket.socket() as fresh,
    ):
        for name, one in (("fresh", fresh), ("listener", listener)):
            try:
                one.recv(1024)
            except OSError as error:
                print(f"{name}, recv: {error}")
            try:
                one.send(b"hello?")
            except OSError as error:
                print(f"{name}, send: {error}")
        try:
            fresh.shutdown(socket.SHUT_RDWR)
        except OSError as error:
            print(f"fresh, shutdown: {error}")


if __name__ == "__main__":
    main()
