"""What you put into a socket comes out of another one."""

import socket


def main() -> None:
    """Say hello to a socket beside this one, and hang up.

    Source: send(2), recv(2), close(2).
    """
    socket.setdefaulttimeout(5)  # seconds
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yours = socket.socket()
        print("your socket's number:", yours.fileno())
        yours.connect(listener.getsockname())
        theirs, _ = listener.accept()
        yours.sendall(b"hello")
        yours.close()
    with theirs:
        print("they read:", theirs.recv(1024))


if __name__ == "__main__":
    main()
