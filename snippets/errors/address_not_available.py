"""You can bind your own addresses only; this one is not yours."""

import socket


def main() -> None:
    """Bind an address that no machine has, then two of mine.

    Source: bind(2); 192.0.2.1 is for examples (RFC 5737).
    """
    for address in ("192.0.2.1", "127.0.0.1", "127.0.0.2"):
        with socket.socket() as server:
            try:
                # socktrace: expect beyond-loopback
                server.bind((address, 0))
                print(f"{address}: bound")
            except OSError as error:
                print(f"{type(error).__name__}: {error}")


if __name__ == "__main__":
    main()
