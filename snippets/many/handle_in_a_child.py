"""After a fork two processes hold the socket; both close it."""

import os
import socket


def main() -> None:
    """Let a child answer and end; then close our own copy.

    Source: fork(2), _exit(2), close(2).
    """
    socket.setdefaulttimeout(5)  # seconds
    with (
        socket.create_server(("127.0.0.1", 0)) as listener,
        socket.create_connection(listener.getsockname()) as client,
        listener.accept()[0] as connection,
    ):
        child = os.fork()
        if child == 0:
            connection.sendall(b"from the child")
            os._exit(0)  # which closes all that the child holds
        os.waitpid(child, 0)
        print("client reads:", client.recv(1024))
        client.settimeout(0.1)
        try:
            print("the child has ended:", client.recv(1024))
        except TimeoutError as error:
            print("the child has ended:", error)
        connection.close()
        print("closed here, too:", client.recv(1024))


if __name__ == "__main__":
    main()
