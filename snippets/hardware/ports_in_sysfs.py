"""Linux shows some hardware ports as folders below /sys."""

import tempfile
from pathlib import Path

# socktrace: expect no-socket

KINDS = {
    "network": "class/net/*/device",
    "USB": "bus/usb/devices/*-*/product",
    "serial": "class/tty/*/device",
    "display": "class/drm/card*-*/status",
    "card slot": "bus/pci/slots/*/address",
}
MADE_UP = """
class/net/eth0/device class/net/lo/mtu
class/tty/ttyS0/device class/tty/tty0/dev
bus/usb/devices/1-1.3/product bus/pci/slots/4/address
class/drm/card0-HDMI-A-1/status
"""


def ports(root: Path, kind: str) -> list[str]:
    """Name the ports of one kind.

    Args:
        root: The top of the tree, /sys as a rule.
        kind: Which kind, one of KINDS.

    Source: Linux, Documentation/ABI, and drm_sysfs.c.
    """
    found = root.glob(KINDS[kind])
    return sorted(path.parent.name for path in found)


def main() -> None:
    """Read a made-up tree, then the real one."""
    with tempfile.TemporaryDirectory() as folder:
        for name in MADE_UP.split():
            Path(folder, name).parent.mkdir(parents=True)
            Path(folder, name).touch()
        for kind in KINDS:
            print(f"{kind}: {ports(Path(folder), kind)}")
    real = Path("/sys")
    print("a real tree is here:", real.is_dir())
    print("lo is among its ports:", "lo" in ports(real, "network"))


if __name__ == "__main__":
    main()
