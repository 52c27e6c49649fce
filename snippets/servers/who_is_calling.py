"""What a server is told of a caller: an address and a port."""

import socket


def main() -> None:
    """Call three times, and look at what accept() gives.

    Source: accept(2), ip(7).
    """
    with socket.create_server(("127.0.0.1", 0)) as server:
        address = server.getsockname()
        with (
            socket.create_connection(address) as ann,
            socket.create_connection(address) as ben,
            socket.create_connection(
                address, source_address=("127.0.0.2", 0)
            ) as cleo,
        ):
            for _ in (ann, ben, cleo):
                conn, (host, port) = server.accept()
                conn.close()
                print("a caller at", host, "port", port)
            print("Ben calls from port", ben.getsockname()[1])


if __name__ == "__main__":
    main()
