"""A netlink socket talks to the kernel, without TCP or UDP ports.

Written for Linux. Its address is a number and a set of groups;
the number of the kernel is 0.
"""

import socket
import struct

RTM_GETLINK = 18  # linux/rtnetlink.h: tell me of an interface
NLM_F_REQUEST = 1  # linux/netlink.h


def main() -> None:
    """Ask the kernel which network interface has the number 1.

    Source: netlink(7), rtnetlink(7).
    """
    socket.setdefaulttimeout(5)  # seconds
    with socket.socket(socket.AF_NETLINK, socket.SOCK_RAW) as asker:
        asker.bind((0, 0))  # 0: the kernel chooses a number
        print("its address:", asker.getsockname())

        header = (32, RTM_GETLINK, NLM_F_REQUEST, 1, 0)
        question = struct.pack("=IHHII", *header)
        question += struct.pack("=BBHiII", 0, 0, 0, 1, 0, 0)
        asker.send(question)
        answer, sender = asker.recvfrom(64)  # the beginning will do
        print("answered by:", sender)
        print("it names lo:", b"lo\0" in answer)


if __name__ == "__main__":
    main()
