"""On Linux only a connected UDP socket hears of a dead port."""

import socket


def dead_port() -> tuple[str, int]:
    """Return an address that was just given back."""
    with socket.socket(type=socket.SOCK_DGRAM) as former:
        former.bind(("127.0.0.1", 0))
        host, port = former.getsockname()
        return host, port


def main() -> None:
    """Send to a dead port, without connect() and with it.

    Source: connect(2), ip(7).
    """
    nobody = dead_port()
    for connected in False, True:
        with socket.socket(type=socket.SOCK_DGRAM) as sender:
            sender.bind(("127.0.0.1", 0))
            sender.settimeout(0.05)
            if connected:
                sender.connect(nobody)
                sender.send(b"anyone?")
            else:
                sender.sendto(b"anyone?", nobody)
            try:
                sender.recv(1024)
            except OSError as error:
                print(f"connected: {connected},", repr(error))


if __name__ == "__main__":
    main()
