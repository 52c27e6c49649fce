"""Catch the one error that you expect, and say what it means."""

import socket


def stock(shop: socket.socket) -> str:
    """Ask the shop how many apples it has, and let it answer.

    Args:
        shop: The shop's own socket, whether it is open or not.

    Source: connect(2).
    """
    try:
        # socktrace: expect refused
        client = socket.create_connection(shop.getsockname())
    except ConnectionRefusedError:
        return "the shop does not answer"
    with client, shop.accept()[0] as keeper:
        keeper.sendall(b"7")
        return f"apples in the shop: {int(client.recv(1024))}"


def main() -> None:
    """Ask before the shop listens, and after."""
    socket.setdefaulttimeout(5)  # seconds
    with socket.socket() as shop:
        shop.bind(("127.0.0.1", 0))
        print(stock(shop))
        shop.listen()
        print(stock(shop))


if __name__ == "__main__":
    main()
