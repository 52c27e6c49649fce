"""A network interface has a name and a number; none is a port.

The kernel counts the interfaces. How many there are depends on the
machine, so only relations are printed.
"""

import socket

# socktrace: expect no-socket


def main() -> None:
    """Read the list of interfaces, and look each of them up again.

    Source: if_nameindex(3), if_nametoindex(3).
    """
    listed = socket.if_nameindex()
    numbers = [number for number, _ in listed]
    names = [name for _, name in listed]
    print("at least one:", len(listed) > 0)
    print("0 is a number of one:", 0 in numbers)
    print("numbers differ:", len(set(numbers)) == len(listed))
    print("names differ:", len(set(names)) == len(listed))

    found = [socket.if_nametoindex(name) for name in names]
    print("from name to number:", found == numbers)
    back = [socket.if_indextoname(number) for number in found]
    print("and back:", back == names)

    try:
        socket.if_nametoindex("port 8080")
    except OSError as error:
        print("port 8080:", type(error).__name__)


if __name__ == "__main__":
    main()
