"""One name and one port can stand for several addresses."""

import socket


def main() -> None:
    """Ask for addresses, and make a socket from each answer.

    Source: getaddrinfo(3), "The items in the linked list".
    """
    rows = socket.getaddrinfo("127.0.0.1", 80)
    print("rows for 127.0.0.1, port 80:", len(rows))
    print("  of type:", *(row[1].name for row in rows))
    print("  with address:", *{row[4][0] for row in rows})

    # no name at all stands for this host
    rows = socket.getaddrinfo(None, 0, type=socket.SOCK_STREAM)
    print("rows for this host, TCP only:", len(rows))
    for family, kind, protocol, _, address in rows:
        with socket.socket(family, kind, protocol) as door:
            door.bind(address)
            print(f"  {family.name}: bound to {address[0]}")


if __name__ == "__main__":
    main()
