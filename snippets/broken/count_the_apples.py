"""Wrong: it was meant to print how many apples there are."""

import socket


def stock(address):
    """Ask the shop how many apples it has."""
    apples = b"0"
    try:
        with socket.create_connection(address) as client:
            apples = client.recv(1024)
    except Exception:
        pass
    return int(apples)


def main():
    """Ask a shop whose server does not listen."""
    socket.setdefaulttimeout(5)  # seconds
    with socket.socket() as shop:
        shop.bind(("127.0.0.1", 0))  # and no listen(): closed
        print("apples in the shop:", stock(shop.getsockname()))


if __name__ == "__main__":
    main()

# socktrace: wrong refused
# socktrace: wanted the shop does not answer
