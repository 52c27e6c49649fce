"""What fits may not work: shape, interface and power must agree."""

from dataclasses import dataclass

# socktrace: expect no-socket


@dataclass(frozen=True)
class End:
    """A port, or the plug of a device; these here are made up.

    Args:
        connector: The shape.
        interface: What it speaks; a port may offer several.
        watts: What a port gives, or a device needs, in W.
    """

    connector: str
    interface: str
    watts: float


LAPTOP = End("USB-C", "USB, DisplayPort", 15)
PHONE = End("USB-C", "USB", 2.5)
DISK = End("USB-C", "USB", 7)
SCREEN = End("USB-C", "DisplayPort", 1.5)
RECORDER = End("HDMI", "HDMI", 0.3)


def verdict(port: End, device: End) -> str:
    """Say what comes of putting a device into a port."""
    if device.connector != port.connector:
        return "does not fit"
    if device.interface not in port.interface.split(", "):
        return f"fits, but has no {device.interface}"
    if device.watts > port.watts:
        return f"fits, but gives {port.watts} W, not {device.watts}"
    return "fits and works"


def main() -> None:
    """Try three devices in the ports of a laptop and a phone."""
    for name, port in ("laptop", LAPTOP), ("phone", PHONE):
        print(f"disk in {name}: {verdict(port, DISK)}")
        print(f"screen in {name}: {verdict(port, SCREEN)}")
        print(f"recorder in {name}: {verdict(port, RECORDER)}")


if __name__ == "__main__":
    main()
