"""One server port carries fifty connections at the same time."""

import socket


def count(end: str, sockets: list[socket.socket]) -> None:
    """Print how many sockets and ports one end has.

    Args:
        end: Its name.
        sockets: All its sockets.
    """
    ports = {one.getsockname()[1] for one in sockets}  # each once
    print(f"{end}: {len(sockets)} sockets, ports: {len(ports)}")


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
        count("server", [listener, *accepted])  # all 51
        count("clients", clients)
        for one in clients + accepted:
            one.close()


if __name__ == "__main__":
    main()
