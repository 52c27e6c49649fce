"""How its two plugs are wired makes a cable straight or crossed.

A wire keeps its colour from end to end. So the orders of colours in
the two plugs tell which contact leads to which. Plugs A and B are
T568A and T568B, and plug C looks neat. "w-" stands for white/.
"""

# socktrace: expect no-socket

PLUGS = {
    "A": "w-green green w-orange blue w-blue orange w-brown brown",
    "B": "w-orange orange w-green blue w-blue green w-brown brown",
    "C": "w-orange orange w-green green w-blue blue w-brown brown",
}


def leads(near: str, far: str) -> list[int]:
    """Return to which far contact each near one leads.

    Args:
        near: The colours of a plug, from contact 1 to 8.
        far: Those of the other plug.

    Source: T568A and T568B, after Leviton's instructions.
    """
    return [far.split().index(wire) + 1 for wire in near.split()]


def whole(plug: str) -> bool:
    """Say whether each pair of contacts gets one twisted pair.

    Args:
        plug: The colours, from contact 1 to 8.
    """
    wires = ["", *plug.replace("w-", "").split()]
    pairs = ((1, 2), (3, 6), (4, 5), (7, 8))
    return all(wires[one] == wires[other] for one, other in pairs)


def main() -> None:
    """Look at four cables."""
    for cable in ("B B", "A A", "A B", "C C"):
        near, far = (PLUGS[end] for end in cable.split())
        ends = leads(near, far)
        print(f"{cable}:", *ends, "straight:", ends == sorted(ends))
        print("  pairs whole:", whole(near) and whole(far))


if __name__ == "__main__":
    main()
