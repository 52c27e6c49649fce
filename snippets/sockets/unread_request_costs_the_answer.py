"""A server that closes too early loses what it has answered."""

import socket
from concurrent.futures import ThreadPoolExecutor, wait


def serve(listener: socket.socket, answer: bytes) -> None:
    """Read the first line of a request, answer, and close.

    Source: RFC 9112 section 9.6; RFC 9293 section 3.6.1.
    """
    with listener.accept()[0] as server:
        server.recv(6)
        server.sendall(answer)
        print("the server has sent:", len(answer))


def main() -> None:
    """Ask in two lines, and read the answer a little later."""
    socket.setdefaulttimeout(5)  # seconds
    with (
        ThreadPoolExecutor() as pool,
        socket.create_server(("127.0.0.1", 0)) as listener,
        socket.socket() as client,
    ):
        client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        client.connect(listener.getsockname())
        client.sendall(b"GET /\nHost: shop\n")
        # socktrace: expect reset
        wait([pool.submit(serve, listener, bytes(20_000))], 0.1)
        count = 0
        try:
            while part := client.recv(4096):
                count += len(part)
            print("the client reads:", count, "bytes, to the end")
        except ConnectionResetError as error:
            print("the client reads:", count, "bytes, then", error)


if __name__ == "__main__":
    main()
