"""One listening socket on :: serves IPv6 and IPv4 callers."""

import socket


def main() -> None:
    """Call one IPv6 server over both versions of IP.

    Source: ipv6(7).
    """
    socket.setdefaulttimeout(5)  # seconds
    with socket.create_server(
        ("::", 0),  # socktrace: expect wildcard
        family=socket.AF_INET6,
        dualstack_ipv6=True,
    ) as listener:
        port = listener.getsockname()[1]
        for called in ("::1", "127.0.0.1"):
            with socket.create_connection((called, port)) as client:
                server, (caller, *_) = listener.accept()
                server.close()
                print(f"called {called}, caller seen as: {caller}")
                own = client.getsockname()[0]
                print("  caller's own socket says:", own)


if __name__ == "__main__":
    main()
