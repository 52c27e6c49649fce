"""A coupler decides which end of a pair arrives where.

A telephone's cord is wired in reverse: contact 1 leads to 6. Two
such cords undo each other, unless what joins them reverses too.
"""

# socktrace: expect no-socket

CONTACTS = range(1, 7)  # of a 6-position plug
STRAIGHT = {contact: contact for contact in CONTACTS}
REVERSED = {contact: 7 - contact for contact in CONTACTS}


def join(*parts: dict[int, int]) -> dict[int, int]:
    """Follow each contact through parts plugged into each other.

    Args:
        parts: Where each contact leads, for every part in turn.

    Source: cordsforphones.com, straight-through and reversed cords.
    """
    ends = dict(STRAIGHT)
    for part in parts:
        ends = {contact: part[end] for contact, end in ends.items()}
    return ends


def main() -> None:
    """Join cords with both kinds of coupler, and follow line one.

    Source: 47 CFR 68.502 (1986), RJ11: ring on 3, tip on 4.
    """
    kinds = {1: "straight", 6: "reversed"}
    for name, *parts in (
        ("one telephone cord", REVERSED),
        ("two, straight coupler", REVERSED, STRAIGHT, REVERSED),
        ("two, reversing coupler", REVERSED, REVERSED, REVERSED),
        ("two data cords, straight", STRAIGHT, STRAIGHT, STRAIGHT),
    ):
        ends = join(*parts)
        line = f"3 and 4 lead to {ends[3]} and {ends[4]}"
        print(f"{name}: {kinds[ends[1]]}, {line}")


if __name__ == "__main__":
    main()
