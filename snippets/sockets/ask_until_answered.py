"""UDP does not repeat what is lost. Whoever asks must ask again."""

import socket
from concurrent.futures import ThreadPoolExecutor


def serve(server: socket.socket) -> None:
    """Be deaf to the first two questions, and answer the third."""
    for _ in range(2):
        server.recv(1024)
    question, caller = server.recvfrom(1024)
    server.sendto(b"answer to " + question, caller)


def ask(server: tuple[str, int], question: bytes) -> bytes:
    """Ask again until the answer comes, and wait longer each time.

    Raises:
        TimeoutError: Nobody has answered.
    """
    with socket.socket(type=socket.SOCK_DGRAM) as client:
        client.connect(server)
        for wait in 0.03, 0.1, 2:
            client.send(question)
            client.settimeout(wait)
            try:
                answer = client.recv(1024)
            except TimeoutError:
                print("no answer yet")
                continue
            if answer == b"answer to " + question:
                return answer
    raise TimeoutError("nobody has answered")


def main() -> None:
    """Ask a server that misses two questions."""
    with (
        ThreadPoolExecutor() as pool,
        socket.socket(type=socket.SOCK_DGRAM) as server,
    ):
        server.bind(("127.0.0.1", 0))
        server.settimeout(5)
        serving = pool.submit(serve, server)
        print(ask(server.getsockname(), b"question 7"))
        serving.result()


if __name__ == "__main__":
    main()
