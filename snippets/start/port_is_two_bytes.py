"""A port is a two-byte number in every TCP and UDP header.

Both headers begin with the sender's port, then the receiver's, each
with its high byte first.
"""

import struct

# socktrace: expect no-socket


def fits(port: int) -> bool:
    """Say whether a number fits the field that carries a port.

    Args:
        port: The number to try.

    Source: RFC 9293 section 3.1; RFC 768.
    """
    try:
        struct.pack("!H", port)
    except struct.error:
        return False
    return True


def main() -> None:
    """Write the two ports that open a header, and read them back.

    Source: RFC 9293 section 3.1; RFC 768.
    """
    start = struct.pack("!HH", 49152, 8080)  # H: two bytes
    print("from 49152 to 8080:", start.hex(" "))
    print("read back:", struct.unpack("!HH", start))
    print("65535 fits:", fits(65535))
    print("65536 fits:", fits(65536))


if __name__ == "__main__":
    main()
