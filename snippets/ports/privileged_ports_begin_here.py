"""No port that Linux chooses for a program is a privileged one."""

import socket
from pathlib import Path

LIMIT = Path("/proc/sys/net/ipv4/ip_unprivileged_port_start")


def first_port_for_everyone() -> int:
    """Return the first port that needs no privilege.

    Source: Linux kernel documentation, ip-sysctl; ip(7).
    """
    return int(LIMIT.read_text()) if LIMIT.exists() else 1024


def main() -> None:
    """Let the kernel choose ports for three sockets.

    Source: ip(7).
    """
    socket.setdefaulttimeout(5)  # seconds
    with (
        socket.create_server(("127.0.0.1", 0)) as server,
        socket.create_connection(server.getsockname()) as client,
        server.accept()[0],
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as udp,
    ):
        udp.bind(("127.0.0.1", 0))
        chosen = [s.getsockname()[1] for s in (server, client, udp)]

    limit = first_port_for_everyone()
    print("ports chosen:", len(chosen))
    print("privileged ones:", sum(port < limit for port in chosen))


if __name__ == "__main__":
    main()
