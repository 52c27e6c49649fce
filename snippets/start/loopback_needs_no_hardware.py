"""A network interface needs no hardware: the loopback has none.

Linux describes each interface by files; elsewhere there are none,
and the program leaves that part out.
"""

import socket
from pathlib import Path

# socktrace: expect no-socket


def main() -> None:
    """Find the loopback interface and look for what is behind it.

    Source: if_nameindex(3), sysfs(5).
    """
    name = next(n for _, n in socket.if_nameindex() if "lo" in n)
    print("its index is above 0:", socket.if_nametoindex(name) > 0)

    files = Path("/sys/class/net", name)
    if files.exists():
        print("a device behind it:", (files / "device").exists())
        address = (files / "address").read_text().strip()
        print("hardware address:", address)


if __name__ == "__main__":
    main()
