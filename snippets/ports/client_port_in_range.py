"""Linux takes a client's port from a range that is not IANA's."""

import socket
from pathlib import Path

DYNAMIC = range(49152, 65536)
SETTING = Path("/proc/sys/net/ipv4/ip_local_port_range")


def system_range() -> range:
    """Read the range from which this system chooses client ports.

    Returns:
        Linux's setting. Elsewhere IANA's range, which macOS and
        Windows use unless it is changed there.

    Source: ip(7).
    """
    if not SETTING.exists():
        return DYNAMIC
    first, last = map(int, SETTING.read_text().split())
    return range(first, last + 1)


def main() -> None:
    """Compare a client's port with two ranges.

    Source: RFC 6335 section 6.
    """
    socket.setdefaulttimeout(5)  # seconds
    with (
        socket.create_server(("127.0.0.1", 0)) as listener,
        socket.create_connection(listener.getsockname()) as client,
        listener.accept()[0],
    ):
        _, port = client.getsockname()
        ours = system_range()
        print(port, "is in the system's range:", port in ours)
        print("that range is IANA's Dynamic one:", ours == DYNAMIC)


if __name__ == "__main__":
    main()
