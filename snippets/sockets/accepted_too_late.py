"""accept() hands over a caller who has already gone."""

import socket
import struct


def main() -> None:
    """Let a client hang up with a reset before it is accepted.

    Source: accept(2), "Error handling".
    """
    socket.setdefaulttimeout(5)  # seconds
    with socket.create_server(("127.0.0.1", 0)) as listener:
        client = socket.create_connection(listener.getsockname())
        at_once = struct.pack("ii", 1, 0)
        option = socket.SO_LINGER
        client.setsockopt(socket.SOL_SOCKET, option, at_once)
        client.close()  # socktrace: expect reset

        with listener.accept()[0] as server:
            print("accept: a socket, as ever")
            for call in server.getpeername, lambda: server.recv(9):
                try:
                    print(call())
                except OSError as error:
                    print(type(error).__name__, error)


if __name__ == "__main__":
    main()
