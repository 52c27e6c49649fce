"""How its two plugs are wired makes a cable straight or crossed.

A wire keeps its colour from end to end. So the orders of colours in
the two plugs tell which contact leads to which. "w-" means white/.
"""

# socktrace: expect no-socket

T568A = "w-green green w-orange blue w-blue orange w-brown brown"
T568B = "w-orange orange w-green blue w-blue green w-brown brown"
TIDY = "w-orange orange w-green green w-blue blue w-brown brown"


def leads(near: str, far: str) -> list[int]:
    """Return to which far contact each near one leads.

    Args:
        near: The colours of a plug, from contact 1 to 8.
        far: Those of the other plug.

    Raises:
        ValueError: A wire has no other end.

    Source: T568A and T568B, after Leviton.
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
    both = (
        (T568B, T568B),
        (T568A, T568A),
        (T568A, T568B),
        (TIDY, TIDY),
    )
    for near, far in both:
        ends = leads(near, far)
        print(*ends, "straight:", ends == sorted(ends), end=", ")
        print("pairs whole:", whole(near) and whole(far))


if __name__ == "__main__":
    main()
