"""Mains power goes from holes to pins, so no bare pin is live.

Each joint is pulled apart in turn. What is nearer to the source
stays live.
"""

# socktrace: expect no-socket

JOINTS = {
    "a computer's cord": [
        ("wall", "holes", "plug of the cord"),
        ("far end of the cord", "holes", "computer"),
    ],
    "a cord with two plugs": [
        ("wall", "holes", "plug of the cord"),
        ("far end of the cord", "pins", "other device"),
    ],
}


def main() -> None:
    """Pull each joint apart, from the wall onwards.

    Source: Electronics 2000, IEC connectors.
    """
    for cord, joints in JOINTS.items():
        print(cord)
        for live, contacts, dead in joints:
            word = "BARE" if contacts == "pins" else "hidden"
            print(f"  {live} / {dead}: live {contacts}, {word}")


if __name__ == "__main__":
    main()
