"""A display says what it is in 128 bytes, the last one a check.

They add up to a multiple of 256. These here are made up. On
Linux those of a real display are in /sys/class/drm/card*-*/edid.
"""

# socktrace: expect no-socket

DISPLAY = bytes.fromhex("""
    00ffffffffffff004c6b2a000000000001240104a5351e7806ee91a3544c9926
    0f505420000001010101010101010101010101010101023a801871382d40582c
    4500122c2100001e000000fc004c69676874686f7573650a2020000000fd0038
    4b1e5311010a20202020202000000010000000000000000000000000000000b2
""")


def maker(edid: bytes) -> str:
    """Return the maker's three letters, five bits each; 1 is A.

    Args:
        edid: The block; the letters are in its bytes 8 and 9.

    Source: VESA E-EDID, ID Manufacturer Name.
    """
    bits = int.from_bytes(edid[8:10], "big")
    return "".join(chr(64 + (bits >> n & 31)) for n in (10, 5, 0))


def check(edid: bytes) -> str:
    """Say whether a block is one, and whole.

    Source: VESA E-EDID, Header and Checksum.
    """
    if not edid.startswith(bytes.fromhex("00ffffffffffff00")):
        return "no EDID, for want of the header"
    rest = sum(edid) % 256
    return f"damaged, sum {rest}" if rest else "sound, sum 0"


def main() -> None:
    """Read the block; then read it with one bit of it changed."""
    flipped = bytearray(DISPLAY)
    flipped[9] ^= 1
    for edid in DISPLAY, bytes(flipped):
        name = edid[edid.index(b"\xfc") + 2 :].split(b"\n")[0]
        print(f"{name.decode()} by {maker(edid)}: {check(edid)}")


if __name__ == "__main__":
    main()
