"""Whoever waits at a listener that closes is lost, and reset."""

import socket


def listen(port: int = 0) -> socket.socket:
    """Listen at the port, and let others join.

    Source: socket(7), SO_REUSEPORT.
    """
    address = ("127.0.0.1", port)
    return socket.create_server(address, reuse_port=True)


def main() -> None:
    """Call before the second listener comes, and after.

    Source: socket(7); Linux kernel documentation, ip-sysctl.
    """
    socket.setdefaulttimeout(5)  # seconds
    first = listen()
    address = first.getsockname()
    early = socket.create_connection(address)
    with early, listen(address[1]) as second:
        first.close()  # nobody has accepted the early caller
        try:
            print("the early caller:", early.recv(16))
        # socktrace: expect reset
        except ConnectionResetError as error:
            print("the early caller:", error.strerror)

        with socket.create_connection(address) as late:
            accepted, _ = second.accept()
            with accepted:
                accepted.sendall(b"served")
            print("a later one:", late.recv(16))


if __name__ == "__main__":
    main()
