"""A port can be taken in three ways while nobody listens on it."""

import errno
import socket


def new_server_gets(taken: socket.socket) -> str:
    """Say what a new server gets that wants a socket's port."""
    try:
        socket.create_server(taken.getsockname()).close()
    except OSError as error:
        return errno.errorcode[error.errno or 0]
    return "the port"


def main() -> None:
    """Take a port three times, and ask for it again each time."""
    socket.setdefaulttimeout(5)  # seconds
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        print("only bound:", new_server_gets(server))

        server.listen()
        client = socket.create_connection(server.getsockname())
        accepted, _ = server.accept()
    with client, accepted:
        print("an old connection:", new_server_gets(accepted))
        print("a client's own port:", new_server_gets(client))


if __name__ == "__main__":
    main()
