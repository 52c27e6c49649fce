"""localhost is a name, and it may stand for two addresses."""

import ipaddress
import socket


def main() -> None:
    """Look localhost up, listen at it, and call its other address.

    Source: RFC 6761 section 6.3; getaddrinfo(3).
    """
    socket.setdefaulttimeout(5)  # seconds
    rows = socket.getaddrinfo("localhost", None)
    found = [ipaddress.ip_address(row[4][0]) for row in rows]
    inside = all(address.is_loopback for address in found)
    print("its addresses are loopback:", inside)

    with socket.create_server(("localhost", 0)) as listener:
        address, port = listener.getsockname()
        print("a server at localhost has:", address)
        try:
            # socktrace: expect refused
            socket.create_connection(("::1", port)).close()
            print("at ::1: connected")
        except ConnectionRefusedError:
            print("at ::1: ConnectionRefusedError")


if __name__ == "__main__":
    main()
