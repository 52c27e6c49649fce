"""A plug that fits is no use if its contacts lie in another order.

CTIA and OMTP swap two contacts of a headset. A stereo plug has one
long sleeve where a headset's plug has its last two contacts.
"""

# socktrace: expect no-socket

Contacts = tuple[str, str, str, str]

CTIA: Contacts = ("left", "right", "ground", "microphone")
OMTP: Contacts = ("left", "right", "microphone", "ground")
STEREO: Contacts = ("left", "right", "ground", "ground")


def meet(plug: Contacts, jack: Contacts) -> str:
    """Return which contacts meet one that they are not made for.

    Args:
        plug: Its contacts, from the tip to the cable.
        jack: Those that they touch, in the same order.

    Source: Android, 3.5 mm jack.
    """
    pairs = zip(plug, jack, strict=True)
    wrong = [f"{one} on {two}" for one, two in pairs if one != two]
    return ", ".join(wrong) or "each on its own"


def main() -> None:
    """Put three plugs into the jack of a phone."""
    phone = CTIA
    print("CTIA headset:", meet(CTIA, phone))
    print("OMTP headset:", meet(OMTP, phone))
    print("stereo phones:", meet(STEREO, phone))


if __name__ == "__main__":
    main()
