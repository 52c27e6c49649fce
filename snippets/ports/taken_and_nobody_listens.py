"""A port can be taken in three ways while nobody listens on it."""

import errno
import socket


def again(port: int) -> str:
    """Say what a new server gets that wants the port."""
    try:
        socket.create_server(("127.0.0.1", port)).close()
    except OSError as error:
        return errno.errorcode[error.errno or 0]
    return "ok"


def main() -> None:
    """Take a port three times, and ask for it again each time."""
    socket.setdefaulttimeout(5)  # seconds
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        print("only bound:", again(bound.getsockname()[1]))

    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        client = socket.create_connection(listener.getsockname())
        accepted, _ = listener.accept()
    with client, accepted:
        port = accepted.getsockname()[1]
        print("an old connection:", again(port))
        print(
            "a client's own port:", again(client.getsockname()[1])
        )


if __name__ == "__main__":
    main()
