"""A USB device says who it is in 18 bytes; its port is not in them.

The device, a hub, is made up. A host asks each device for these
bytes soon after it was plugged in.
"""

import struct

# socktrace: expect no-socket

MADE_UP = "12 01 10 02 09 00 01 40 34 12 78 56 42 01 01 02 00 01"


def read_version(number: int) -> str:
    """Return a version such as 2.10.

    Args:
        number: One decimal digit in each four bits.
    """
    return f"{number >> 8:x}.{number & 255:02x}"


def main() -> None:
    """Take a device descriptor apart, field by field.

    Source: Linux, linux/usb/ch9.h, usb_device_descriptor.
    """
    data = bytes.fromhex(MADE_UP)
    numbers = struct.unpack("<BBHBBBBHHHBBBB", data)
    length, kind, usb, *classes, packet = numbers[:7]
    vendor, product, release, *texts, ways = numbers[7:]

    print(f"length {length}, really {len(data)}, type {kind}")
    print(f"follows USB {read_version(usb)}")
    print("class, subclass, protocol:", *classes)
    print(f"first packets: {packet}")
    print(f"vendor {vendor:04x}, product {product:04x}")
    print(f"release {read_version(release)}")
    print("texts of maker, product, serial number:", *texts)
    print(f"configurations: {ways}")


if __name__ == "__main__":
    main()
