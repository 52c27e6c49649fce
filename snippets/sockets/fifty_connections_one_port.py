"""One server port carries fifty connections at the same time."""

import socket


def main() -> None:
    """Open fifty connections and count their sockets and ports.

    Source: RFC 9293 section 3.4.1.
    """
    socket.setdefaulttimeout(5)  # seconds
    with socket.create_server(("127.0.0.1", 0)) as listener:
        address = listener.getsockname()
        clients: list[socket.socket] = []
        accepted: list[socket.socket] = []
        while len(accepted) < 50:
            clients.append(socket.create_connection(address))
            connection, _ = listener.accept()
            accepted.append(connection)

        here = [listener, *accepted]
        ports = {one.getsockname()[1] for one in here}
        theirs = {one.getsockname()[1] for one in clients}
        print(f"server: {len(here)} sockets, ports: {len(ports)}")
        print(f"clients: {len(clients)} sockets,", end=" ")
        print(f"ports: {len(theirs)}")
        for one, other in zip(clients, accepted, strict=True):
            one.close()
            other.close()


if __name__ == "__main__":
    main()
