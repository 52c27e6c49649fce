"""One datagram to a group reaches every member of it."""

import socket

GROUP = "239.1.2.3"
KIND = (socket.AF_INET, socket.SOCK_DGRAM)
LOOPBACK = socket.inet_aton("127.0.0.1")


def join(port: int) -> socket.socket:
    """Return a socket that hears what is sent to the group.

    Args:
        port: The UDP port; 0 to let the kernel choose one.

    Source: ip(7), IP_ADD_MEMBERSHIP.
    """
    member = socket.socket(*KIND)
    member.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    member.bind((GROUP, port))  # socktrace: expect beyond-loopback
    request = socket.inet_aton(GROUP) + LOOPBACK
    ip, option = socket.IPPROTO_IP, socket.IP_ADD_MEMBERSHIP
    member.setsockopt(ip, option, request)
    return member


def main() -> None:
    """Send one datagram, and read it at two members.

    Source: ip(7), IP_MULTICAST_IF.
    """
    socket.setdefaulttimeout(5)  # seconds
    with join(0) as one, socket.socket(*KIND) as sender:
        group = one.getsockname()
        with join(group[1]) as other:
            ip, option = socket.IPPROTO_IP, socket.IP_MULTICAST_IF
            sender.setsockopt(ip, option, LOOPBACK)
            sender.bind(("127.0.0.1", 0))
            sender.sendto(b"hello, all", group)
            print("one member reads:", one.recv(1024))
            print("the other reads:", other.recv(1024))


if __name__ == "__main__":
    main()
