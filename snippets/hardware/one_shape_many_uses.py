"""Where ports share a shape, PC 99 gave each use a colour.

The rows are those of the PC System Design Guide PC 99: the shape
of the port, what it is for, and its colour.
"""

# socktrace: expect no-socket

PORTS = """
jack        line in                light blue
jack        line out               lime
jack        microphone             pink
jack        subwoofer              orange
jack        right-to-left speaker  brown
mini-DIN    keyboard               purple
mini-DIN    mouse                  green
DE-9        serial                 teal
DA-15       game and MIDI          gold
DE-15       monitor                blue
DB-25       parallel               burgundy
DVI         digital monitor        white
FireWire    IEEE 1394              grey
USB-A       USB                    black
RCA         video out              yellow
"""


def main() -> None:
    """Find the shapes with several uses, and equal colours.

    Source: PC 99, connector colours.
    """
    uses: dict[str, list[str]] = {}
    colours = []
    for row in PORTS.strip().splitlines():
        shape, use, colour = row[:12], row[12:35], row[35:]
        uses.setdefault(shape.rstrip(), []).append(use.rstrip())
        colours.append(colour)

    shared = {one: uses[one] for one in uses if len(uses[one]) > 1}
    for shape, several in shared.items():
        print(f"{shape}: {', '.join(several)}")
    print("other shapes:", len(uses) - len(shared))
    print("a colour twice:", len(set(colours)) < len(colours))


if __name__ == "__main__":
    main()
