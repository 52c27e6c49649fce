"""TCP port n and UDP port n are two ports, with two owners."""

import errno
import socket


def main() -> None:
    """Use one number in both protocols at once.

    Source: RFC 6335 section 6.
    """
    socket.setdefaulttimeout(5)  # seconds
    with (
        socket.create_server(("127.0.0.1", 0)) as tcp,
        socket.socket(type=socket.SOCK_DGRAM) as udp,
        socket.create_connection(tcp.getsockname()) as caller,
        tcp.accept()[0] as accepted,
        socket.socket(type=socket.SOCK_DGRAM) as writer,
        socket.socket() as rival,
    ):
        number = tcp.getsockname()
        udp.bind(number)
        print("TCP:", number[1], "UDP:", udp.getsockname()[1])
        try:
            rival.bind(number)
        except OSError as error:
            name = errno.errorcode[error.errno or 0]
            print("for another TCP socket:", name)

        caller.sendall(b"stream")
        writer.bind(("127.0.0.1", 0))
        writer.sendto(b"datagram", number)
        print("TCP reads:", accepted.recv(1024))
        print("UDP reads:", udp.recv(1024))


if __name__ == "__main__":
    main()
