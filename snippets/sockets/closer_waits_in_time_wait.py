"""Whoever closes first keeps the connection's port in TIME-WAIT.

Binding that port again fails on Linux, unless both the old socket
and the new one have set SO_REUSEADDR. The old one has it here:
on POSIX systems create_server() sets it (Python docs).
"""

import socket


def main() -> None:
    """Let the server close first, then bind both ports again.

    Source: RFC 9293 section 3.6.1; socket(7), NOTES.
    """
    socket.setdefaulttimeout(5)  # seconds
    with socket.create_server(("127.0.0.1", 0)) as listener:
        there = listener.getsockname()
        with socket.create_connection(there) as client:
            accepted, here = listener.accept()
            accepted.close()  # the server closes first
            print("client reads:", client.recv(1024))
    for end, at in ("client", here), ("server", there):
        with socket.socket() as again:
            try:
                again.bind(at)
                print(f"{end}'s port again: ok")
            except OSError as error:
                print(f"{end}'s port again:", error)


if __name__ == "__main__":
    main()
