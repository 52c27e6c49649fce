"""A UDP socket with a full buffer loses the rest without a word."""

import socket
import struct


def main() -> None:
    """Send twenty datagrams to a reader that is busy elsewhere.

    Source: socket(7), SO_RCVBUF; linux/sock_diag.h.
    """
    level, meminfo = socket.SOL_SOCKET, 55  # SO_MEMINFO of Linux
    with (
        socket.socket(type=socket.SOCK_DGRAM) as reader,
        socket.socket(type=socket.SOCK_DGRAM) as sender,
    ):
        reader.setsockopt(level, socket.SO_RCVBUF, 1000)
        reader.bind(("127.0.0.1", 0))
        reader.settimeout(0.05)  # seconds
        for _ in range(20):
            sender.sendto(bytes(2000), reader.getsockname())
        print("sent without an error: 20")

        read = 0
        try:
            while reader.recv(2000):
                read += 1
        except TimeoutError:
            print("read:", read)
        numbers = reader.getsockopt(level, meminfo, 36)
        *_, drops = struct.unpack("9I", numbers)
        print("thrown away by the kernel:", drops)


if __name__ == "__main__":
    main()
