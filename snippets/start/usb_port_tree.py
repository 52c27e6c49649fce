"""A hardware port has a place, and its name is the way there.

The devices are made up, so that the program runs anywhere. On Linux
the real ones are folders, with names like these, in
/sys/bus/usb/devices.
"""

# socktrace: expect no-socket

MADE_UP = {
    "usb1": "controller",
    "1-1": "hub",
    "1-1.3": "mouse",
    "1-2": "printer",
}


def main() -> None:
    """Name four devices as Linux does, and say where they are.

    Source: linux-usb FAQ, the sysfs structures for Linux USB.
    """
    for name, product in MADE_UP.items():
        bus, dash, ports = name.partition("-")
        if dash:
            way = ", then ".join(ports.split("."))
            print(f"{product}: bus {bus}, port {way}")
        else:
            print(f"{product}: in no port")


if __name__ == "__main__":
    main()
