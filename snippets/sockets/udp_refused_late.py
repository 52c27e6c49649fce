"""A UDP port that nobody has refuses late: after the first send.

connect() sends nothing. The refusal is an ICMP message that answers
the datagram. Windows names it WSAECONNRESET (Winsock recvfrom).
"""

import socket


def main() -> None:
    """Send to a port that was given back.

    Source: connect(2), udp(7).
    """
    socket.setdefaulttimeout(5)  # seconds
    with socket.socket(type=socket.SOCK_DGRAM) as sender:
        sender.bind(("127.0.0.1", 0))
        with socket.socket(type=socket.SOCK_DGRAM) as former:
            former.bind(("127.0.0.1", 0))
            nobody = former.getsockname()

        sender.connect(nobody)
        print("its peer has port:", sender.getpeername()[1])
        print("bytes sent:", sender.send(b"anyone?"))
        try:
            print("then recv:", sender.recv(1024))
        except ConnectionRefusedError:
            print("then recv: ConnectionRefusedError")


if __name__ == "__main__":
    main()
