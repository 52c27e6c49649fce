"""A picture fits a cable if all its dots of one second do.

Part of the bits on the wire only keep the two ends in step. And the
pauses between two lines, which also take time, are left out here.
"""

# socktrace: expect no-socket

LINKS = {  # thousand million bits a second; so many of so many
    "HDMI 1.4": (10.2, 8, 10),
    "HDMI 2.0": (18, 8, 10),
    "HDMI 2.1": (48, 16, 18),
    "DP 1.2": (21.6, 8, 10),
    "DP 1.4": (32.4, 8, 10),
    "DP 2.1": (80, 128, 132),
}
PICTURES = {  # dots across, dots down, pictures a second
    "1080p at 60 Hz": (1920, 1080, 60),
    "4K at 30 Hz": (3840, 2160, 30),
    "4K at 60 Hz": (3840, 2160, 60),
    "4K at 120 Hz": (3840, 2160, 120),
    "8K at 60 Hz": (7680, 4320, 60),
}
BITS_OF_A_DOT = 24  # eight each for red, green and blue


def main() -> None:
    """Try each picture on each link, uncompressed.

    Source: Wikipedia, DisplayPort; AMD, HDMI 2.1 transmitter.
    """
    room = {}
    for link, (wire, data, sent) in LINKS.items():
        room[link] = wire * data / sent
        print(f"{link}: {room[link]:.1f} of {wire} Gbit/s are data")
    for picture, (across, down, hertz) in PICTURES.items():
        need = across * down * hertz * BITS_OF_A_DOT / 1e9
        fits = [link for link in room if need < room[link]]
        print(f"{picture}: {need:.3f} Gbit/s")
        print(f"  fits {', '.join(fits)}")


if __name__ == "__main__":
    main()
