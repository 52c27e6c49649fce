"""Whoever closes first keeps the connection's port in TIME-WAIT.

Binding that port again fails, unless SO_REUSEADDR allows it. On
POSIX systems create_server() sets that option (Python docs).
"""

import socket


def bind_again(address: tuple[str, int]) -> str:
    """Bind an address once more and say what happened.

    Args:
        address: The host and port of a socket that was closed.

    Source: bind(2).
    """
    with socket.socket() as late:
        try:
            late.bind(address)
        except OSError as error:
            return str(error)
        return "ok"


def main() -> None:
    """Let the server close first, then try both ports again.

    Source: RFC 9293 section 3.6.1; socket(7), NOTES.
    """
    socket.setdefaulttimeout(5)  # seconds
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = listener.getsockname()
        with socket.create_connection(server) as client:
            here = client.getsockname()
            listener.accept()[0].close()
            print("server closed, client reads:", client.recv(1024))

    print("client's port again:", bind_again(here))
    print("server's port again:", bind_again(server))
    with socket.create_server(server):  # sets SO_REUSEADDR
        print("with SO_REUSEADDR: ok")


if __name__ == "__main__":
    main()
