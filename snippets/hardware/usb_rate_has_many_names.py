"""One rate has had many names, and the newest one tells it.

A name that ends in Gen 2x2 counts twice: the first number stands
for the rate of one lane, the second says how many lanes there are.
"""

from collections import defaultdict

# socktrace: expect no-socket

GBPS_OF_ONE_LANE = {"1": 5, "2": 10, "3": 20, "4": 40}
RENAMED = {
    "USB 3.0": "USB 3.2 Gen 1",
    "USB 3.1 Gen 1": "USB 3.2 Gen 1",
    "USB 3.1 Gen 2": "USB 3.2 Gen 2",
}
OTHERS = [
    "USB 3.2 Gen 1x2",
    "USB 3.2 Gen 2x2",
    "USB4 Gen 2x2",
    "USB4 Gen 3x2",
]


def gbps(name: str) -> int:
    """Return the rate that a name stands for, in Gbit/s.

    Args:
        name: An old name, or one that ends in a generation and, if
            there are two, the number of lanes.

    Source: USB-IF, USB 3.2 language; Wikipedia, USB, the rates.
    """
    _, _, end = RENAMED.get(name, name).partition("Gen ")
    generation, _, lanes = end.partition("x")
    return GBPS_OF_ONE_LANE[generation] * int(lanes or "1")


def main() -> None:
    """Sort the names by rate."""
    found = defaultdict(set)
    for name in [*RENAMED, *RENAMED.values(), *OTHERS]:
        found[gbps(name)].add(name)
    found[gbps("USB4 Gen 4x2")].add("USB4 Version 2.0")
    for rate, names in sorted(found.items()):
        print(f"USB {rate}Gbps: {', '.join(sorted(names))}")


if __name__ == "__main__":
    main()
