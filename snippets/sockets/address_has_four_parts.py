"""An IPv6 socket address has four parts, not two."""

import socket


def main() -> None:
    """Talk over IPv6, and take the client's address apart.

    Source: ipv6(7), "Address format".
    """
    socket.setdefaulttimeout(5)  # seconds
    with (
        socket.create_server(
            ("::1", 0), family=socket.AF_INET6
        ) as listener,
        socket.create_connection(
            listener.getsockname()[:2]
        ) as client,
        listener.accept()[0] as accepted,
    ):
        name = client.getsockname()
        print("parts of the address:", len(name))
        address, _, flow, scope = name
        print("address:", address)
        print("flow information:", flow)
        print("scope:", scope)
        same = accepted.getpeername() == name
        print("the server sees the same:", same)

        client.sendall(b"hello")
        print("server reads:", accepted.recv(1024))


if __name__ == "__main__":
    main()
