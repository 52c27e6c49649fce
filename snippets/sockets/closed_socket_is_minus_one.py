"""A closed socket has descriptor -1; to use it fails with EBADF."""

import socket


def main() -> None:
    """Close a socket and go on using it.

    Source: close(2); CPython, socket objects.
    """
    socket.setdefaulttimeout(5)  # seconds
    with socket.socket() as once:
        print("descriptor, open:", once.fileno())
    print("descriptor, closed:", once.fileno())
    for call in (lambda: once.send(b"hello?"), once.close):
        try:
            call()
            print("closed twice: no error")
        except OSError as error:
            print(f"{type(error).__name__}: {error}")


if __name__ == "__main__":
    main()
