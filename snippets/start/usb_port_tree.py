"""A hardware port has a place, and its name is the way there.

The folder is made up, so that the program runs anywhere. On Linux
the real one is /sys/bus/usb/devices.
"""

import tempfile
from pathlib import Path

# socktrace: expect no-socket

MADE_UP = {
    "usb1": "controller",
    "1-1": "hub",
    "1-1.3": "mouse",
    "1-2": "printer",
}


def main() -> None:
    """Lay out four devices as Linux does, and read where they are.

    Source: linux-usb FAQ, the sysfs structures for Linux USB.
    """
    with tempfile.TemporaryDirectory() as folder:
        for name, product in MADE_UP.items():
            Path(folder, name).mkdir()
            Path(folder, name, "product").write_text(product)

        for device in sorted(Path(folder).iterdir()):
            product = (device / "product").read_text()
            bus, dash, ports = device.name.partition("-")
            if dash:
                way = ", then ".join(ports.split("."))
                print(f"{product}: bus {bus}, port {way}")
            else:
                print(f"{product}: in no port")


if __name__ == "__main__":
    main()
