"""A lookup that fails raises an error of its own, gaierror."""

import socket


def ask(host: str, service: str, family: int, flags: int) -> None:
    """Look a host and a service up, and print what comes of it.

    Args:
        host: A name, or an address in digits.
        service: The name of a service, or a port in digits.
        family: Which addresses are wanted, such as AF_INET6.
        flags: AI_NUMERICHOST for digits only; 0 for all.

    Source: getaddrinfo(3), "Return value".
    """
    tcp = socket.SOCK_STREAM
    try:
        socket.getaddrinfo(host, service, family, tcp, 0, flags)
    except socket.gaierror as error:
        print(f"{host}, {service}: {error}")


def main() -> None:
    """Ask three questions that have no answer."""
    # socktrace: expect no-socket
    both, six = socket.AF_UNSPEC, socket.AF_INET6
    ask("localhost", "80", both, socket.AI_NUMERICHOST)
    ask("127.0.0.1", "no-such-service", both, 0)
    ask("127.0.0.1", "80", six, 0)
    kind = issubclass(socket.gaierror, OSError)
    print("each is an OSError:", kind)


if __name__ == "__main__":
    main()
