"""An IPv6 listener may keep to IPv6, and share its number."""

import socket


def listen(only: bool, port: int) -> socket.socket:
    """Return a socket that listens at ::, the wildcard of IPv6.

    Args:
        only: Whether it leaves IPv4 callers to others.
        port: The TCP port.

    Raises:
        OSError: The port is taken.

    Source: ipv6(7), IPV6_V6ONLY.
    """
    level, name = socket.IPPROTO_IPV6, socket.IPV6_V6ONLY
    listener = socket.socket(socket.AF_INET6)
    try:
        listener.setsockopt(level, name, only)
        listener.bind(("::", port))  # socktrace: expect wildcard
        listener.listen()
    except OSError:
        listener.close()
        raise
    return listener


def main() -> None:
    """Listen over IPv4, then over IPv6 with the same number."""
    socket.setdefaulttimeout(5)  # seconds
    with socket.create_server(("127.0.0.1", 0)) as four:
        port = four.getsockname()[1]
        try:
            with listen(False, port):
                print("for both families: listening")
        except OSError as error:
            print("for both families:", error)
        with listen(True, port) as six:
            for name, server in (("127.0.0.1", four), ("::1", six)):
                own = server.getsockname()[0]
                with socket.create_connection((name, port)):
                    server.accept()[0].close()
                    print(f"listens at {own}, called at {name}")


if __name__ == "__main__":
    main()
