"""What this kernel has not, or this kind of socket can't do."""

import socket
from collections.abc import Callable


def fail(call: Callable[..., object], *arguments: object) -> None:
    """Ask for what there is not."""
    try:
        call(*arguments)
    except OSError as error:
        print(f"{type(error).__name__}: {error}")


def main() -> None:
    """Make sockets that cannot be; let UDP listen.

    Source: socket(2), listen(2), setsockopt(2); on Linux.
    """
    v4, tcp = socket.AF_INET, socket.SOCK_STREAM
    with socket.socket(type=socket.SOCK_DGRAM) as udp:
        fail(socket.socket, 12, tcp)  # DECnet: long gone
        fail(socket.socket, v4, tcp, socket.IPPROTO_UDP)
        fail(socket.socket, v4, socket.SOCK_SEQPACKET)
        fail(udp.setsockopt, socket.IPPROTO_UDP, 9999, 1)
        fail(udp.listen)
        device = (socket.SOL_SOCKET, socket.SO_BINDTODEVICE)
        fail(udp.setsockopt, *device, b"none0")


if __name__ == "__main__":
    main()
