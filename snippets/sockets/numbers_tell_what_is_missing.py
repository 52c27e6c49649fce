"""Number your datagrams, and the reader knows what the road did."""

import socket


def bad_road(road: socket.socket, to: tuple[str, int]) -> None:
    """Pass four datagrams on, as a network may do it.

    Source: udp(7): "may be reordered or duplicated".
    """
    zero, one, two, _lost = (road.recv(1024) for _ in range(4))
    for datagram in one, zero, zero, two:
        road.sendto(datagram, to)


def main() -> None:
    """Send four, and read what arrives of them."""
    kind = socket.SOCK_DGRAM
    with (
        socket.socket(type=kind) as sender,
        socket.socket(type=kind) as road,
        socket.socket(type=kind) as reader,
    ):
        for endpoint in sender, road, reader:
            endpoint.bind(("127.0.0.1", 0))
            endpoint.settimeout(0.1)  # seconds
        for number in range(4):
            sender.sendto(bytes([number]), road.getsockname())
        bad_road(road, reader.getsockname())
        seen = set()
        try:
            while True:
                number = reader.recv(1024)[0]
                twice = ", again" if number in seen else ""
                print(f"datagram {number}{twice}")
                seen.add(number)
        except TimeoutError:
            print("missing:", set(range(4)) - seen)


if __name__ == "__main__":
    main()
