"""A serial line puts each byte into a frame of its own.

8N1 says: 8 data bits, no parity bit, 1 stop bit. In 7E1 there are
7 data bits and a parity bit that makes the number of ones even.
"""

# socktrace: expect no-socket


def encode(value: int, size: int, parity: str) -> str:
    """Return the bits of a frame in the order they are sent.

    Args:
        value: What the frame carries.
        size: The number of data bits.
        parity: `E` for an even one, `N` for none.

    Source: Microchip, UART Asynchronous Modes.
    """
    data = f"{value:0{size}b}"[::-1]
    check = str(data.count("1") % 2) if parity == "E" else ""
    return "0" + data + check + "1"


def decode(frame: str, size: int, parity: str) -> str:
    """Return the letter in a frame, or what is wrong with it."""
    if frame[-1] != "1":
        return "no stop bit"
    if parity == "E" and frame[:-1].count("1") % 2:
        return "wrong parity"
    return repr(chr(int(frame[size:0:-1], 2)))


def main() -> None:
    """Frame two letters, then spoil the last frame."""
    for letter in "AC":
        for size, parity in ((8, "N"), (7, "E")):
            frame = encode(ord(letter), size, parity)
            print(f"{letter} as {size}{parity}1: {frame}")

    print("the last one, read as 8N1:", decode(frame, 8, "N"))
    for flipped in ((1,), (1, 3), (9,)):
        bits = enumerate(map(int, frame))
        bad = "".join(str(b ^ (n in flipped)) for n, b in bits)
        print("flipped:", *flipped, "->", decode(bad, size, parity))


if __name__ == "__main__":
    main()
