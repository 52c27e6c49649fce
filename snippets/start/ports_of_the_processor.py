"""An x86 processor has numbered ports that are not those of TCP.

The sample is from /proc/ioports on a PC with Linux, where only the
superuser sees the numbers.
"""

# socktrace: expect no-socket

SAMPLE = """\
0020-0021 : pic1
0040-0043 : timer0
0060-0060 : keyboard
03f8-03ff : serial
0cf8-0cff : PCI conf1
"""


def regions(text: str) -> dict[str, range]:
    """Read which device has which ports.

    Args:
        text: Lines such as `0060-0060 : keyboard`, in base 16.

    Source: proc(5), /proc/ioports.
    """
    found = {}
    for line in text.splitlines():
        numbers, _, name = line.partition(" : ")
        first, _, last = numbers.partition("-")
        found[name] = range(int(first, 16), int(last, 16) + 1)
    return found


def main() -> None:
    """Print what the devices of the sample have.

    Source: outb(2), where a port is an unsigned short.
    """
    devices = regions(SAMPLE)
    for name, ports in devices.items():
        print(f"{name}: {len(ports)} from {ports[0]}")
    highest = max(max(ports) for ports in devices.values())
    print("all fit 16 bits:", highest <= 65535)


if __name__ == "__main__":
    main()
