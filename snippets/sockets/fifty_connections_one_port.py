"""One server port carries fifty connections at the same time."""

import socket


def main() -> None:
    """Open fifty connections and count their sockets and ports.

    Source: RFC 9293 section 3.4.1.
    """
    socket.setdefaulttimeout(5)  # seconds
    with socket.create_server(("127.0.0.1", 0)) as listener:
        address = listener.getsockname()
        clients = [
            socket.create_connection(address) for _ in range(50)
        ]
        accepted = [listener.accept()[0] for _ in clients]

        ends = {"server": [listener, *accepted], "clients": clients}
        for end, own in ends.items():
            ports = {one.getsockname()[1] for one in own}
            print(f"{end}: {len(own)} sockets, ports: {len(ports)}")
        for one in clients + accepted:
            one.close()


if __name__ == "__main__":
    main()
