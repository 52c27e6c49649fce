"""An Ethernet header tells to whom, from whom, and what follows.

It is 14 bytes long. No IP address and no port number is in it.
"""

import struct

# socktrace: expect no-socket

FORMAT = "!6s6sH"  # destination, source, EtherType
KINDS = {0x0800: "IPv4", 0x0806: "ARP", 0x86DD: "IPv6"}
HEADERS = (
    "ffffffffffff 00005e005307 0806",
    "00005e005301 00005e005307 0800",
    "333300000001 02005e005307 86dd",
)


def describe(header: bytes) -> str:
    """Take a header apart.

    Args:
        header: The first 14 bytes of a frame.

    Raises:
        KeyError: It carries something that we have no name for.
        struct.error: It is not 14 bytes long.

    Source: Linux, if_ether.h and etherdevice.h.
    """
    target, sender, kind = struct.unpack(FORMAT, header)
    group, local = bool(target[0] & 1), bool(sender[0] & 2)
    where = f"to {target.hex(':')}, a group: {group}"
    return f"{KINDS[kind]} {where}; sender local: {local}"


def main() -> None:
    """Read three headers."""
    print("bytes:", struct.calcsize(FORMAT))
    for text in HEADERS:
        print(describe(bytes.fromhex(text)))


if __name__ == "__main__":
    main()
