"""IANA divides the 65536 port numbers into three ranges."""

import socket

RANGES = {
    "System": range(1024),
    "User": range(1024, 49152),
    "Dynamic": range(49152, 65536),
}


def range_of(port: int) -> str:
    """Name the range that a port number belongs to.

    Args:
        port: A number from 0 to 65535.

    Source: RFC 6335 section 6.
    """
    return next(name for name in RANGES if port in RANGES[name])


def main() -> None:
    """Measure the ranges and sort some numbers into them.

    Source: RFC 6335 section 6.
    """
    for name, ports in RANGES.items():
        print(f"{name}: {len(ports)} numbers")
    for port in (22, 443, 1024, 8080, 49151, 49152):
        print(f"{port} is in:", range_of(port))

    with socket.socket() as endpoint:
        endpoint.bind(("127.0.0.1", 0))
        _, port = endpoint.getsockname()
        low = range_of(port) == "System"
        print("the kernel's own choice is in System:", low)


if __name__ == "__main__":
    main()
