"""PCI Express is as fast as one lane, times how many there are.

Some bits on a lane only keep the two ends in step and are no data.
"""

# socktrace: expect no-socket

VERSIONS = {  # thousand million bits a second; so many of so many
    "1.0": (2.5, 8, 10),
    "2.0": (5, 8, 10),
    "3.0": (8, 128, 130),
    "4.0": (16, 128, 130),
    "5.0": (32, 128, 130),
}
BITS_IN_A_BYTE = 8
SLOTS = (1, 4, 16)


def main() -> None:
    """Work out what one, four and sixteen lanes carry.

    Source: Linux, drivers/pci/pci.h, PCIE_SPEED2MBS_ENC.
    """
    before = 0.0
    for version, (bits, data, sent) in VERSIONS.items():
        lane = bits * data / sent / BITS_IN_A_BYTE
        row = [f"x{lanes} {lane * lanes:.2f}" for lanes in SLOTS]
        print(f"{version}: {', '.join(row)} Gbyte/s")
        if before:
            print(f"  {lane / before:.2f} times the one before")
        before = lane


if __name__ == "__main__":
    main()
