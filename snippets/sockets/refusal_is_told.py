"""Catch the one error that you expect, and say what it means."""

import socket
from concurrent.futures import ThreadPoolExecutor


def stock(address: tuple[str, int]) -> str:
    """Ask the shop how many apples it has.

    Args:
        address: The host and port of the shop.

    Source: connect(2).
    """
    try:
        with (
            socket.create_connection(address) as client,
            client.makefile() as answer,
        ):
            return f"apples in the shop: {int(answer.read())}"
    except ConnectionRefusedError:
        return "the shop does not answer"


def main() -> None:
    """Ask before the shop listens, and after."""
    socket.setdefaulttimeout(5)  # seconds
    with socket.socket() as shop, ThreadPoolExecutor() as pool:
        shop.bind(("127.0.0.1", 0))
        # socktrace: expect refused
        print(stock(shop.getsockname()))
        shop.listen()
        answer = pool.submit(stock, shop.getsockname())
        with shop.accept()[0] as connection:
            connection.sendall(b"7")
        print(answer.result())


if __name__ == "__main__":
    main()
