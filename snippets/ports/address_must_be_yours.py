"""As a rule a socket is bound only to an address of its host."""

import errno
import socket


def main() -> None:
    """Try to bind an address of some other host.

    Source: bind(2), ip(7).
    """
    with socket.socket() as server:
        try:
            # 192.0.2.7 is for examples: no host has it (RFC 5737)
            # socktrace: expect beyond-loopback
            server.bind(("192.0.2.7", 0))
        except OSError as error:
            foreign = error.errno == errno.EADDRNOTAVAIL
            print("not available here:", foreign)

        server.bind(("127.0.0.1", 0))
        print("available here:", server.getsockname()[0])


if __name__ == "__main__":
    main()
