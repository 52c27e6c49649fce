"""An M.2 card fits where it has a notch for each key of the socket.

A key is a wall in the socket; it takes the place of eight contacts.
"""

# socktrace: expect no-socket

KEYS = {
    "A": range(8, 16),
    "B": range(12, 20),
    "E": range(24, 32),
    "M": range(59, 67),
}
CARDS = {
    "disk on four lanes": "M",
    "disk on two lanes": "BM",
    "radio": "AE",
}
PLACES = 75


def gone(letters: str) -> set[int]:
    """Say which of the places have no contact.

    Args:
        letters: The keys of a socket, or the notches of a card.

    Source: Samsung, manual of the MZ-V6E1T0, M.2 keys.
    """
    return {place for key in letters for place in KEYS[key]}


def main() -> None:
    """Try each card in a socket of each key."""
    for card, notches in CARDS.items():
        left = PLACES - len(gone(notches))
        print(f"{card}, notches {notches}: {left} contacts")
        for socket in KEYS:
            if gone(socket) <= gone(notches):
                print(f"  goes into a socket with key {socket}")


if __name__ == "__main__":
    main()
