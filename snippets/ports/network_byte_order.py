"""On the wire 8080 is 1f 90; read backwards it is 36895."""

import socket
import sys


def main() -> None:
    """Send a port number, and read its two bytes both ways round.

    Source: ip(7), byteorder(3).
    """
    socket.setdefaulttimeout(5)  # seconds
    with (
        socket.socket(type=socket.SOCK_DGRAM) as sender,
        socket.socket(type=socket.SOCK_DGRAM) as receiver,
    ):
        receiver.bind(("127.0.0.1", 0))
        sender.connect(receiver.getsockname())
        sender.send((8080).to_bytes(2, "big"))
        field = receiver.recv(2)
        print("on the wire:", field.hex(" "))
        print("high byte first:", int.from_bytes(field, "big"))
        print("low byte first:", int.from_bytes(field, "little"))
        turned = socket.htons(8080).to_bytes(2, sys.byteorder)
        print("htons() puts the high one first:", turned == field)


if __name__ == "__main__":
    main()
