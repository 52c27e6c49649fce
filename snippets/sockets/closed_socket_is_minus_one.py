"""A closed socket has descriptor -1: each call fails with EBADF."""

import socket


def main() -> None:
    """Close a socket and go on using it.

    Source: close(2); CPython, socket objects.
    """
    socket.setdefaulttimeout(5)  # seconds
    with socket.socket() as once:
        print("descriptor is -1:", once.fileno() == -1)
    print("descriptor is -1:", once.fileno() == -1)
    try:
        once.send(b"hello?")
    except OSError as error:
        print(f"{type(error).__name__}: {error}")
    once.close()
    print("closed twice: no error")


if __name__ == "__main__":
    main()
