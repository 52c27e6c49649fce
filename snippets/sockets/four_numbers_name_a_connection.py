"""Two addresses and two ports name a connection, and only one.

One client port can talk to two servers, but not twice to one.
macOS wants SO_REUSEPORT for such a pair (setsockopt(2) there).
"""

import errno
import socket


def main() -> None:
    """Connect three times from one client port.

    Source: RFC 9293 section 3.4.1; socket(7), SO_REUSEADDR.
    """
    socket.setdefaulttimeout(5)  # seconds
    with (
        socket.create_server(("127.0.0.1", 0)) as red,
        socket.create_server(("127.0.0.1", 0)) as blue,
        socket.socket() as first,
        socket.socket() as second,
        socket.socket() as third,
    ):
        here = ("127.0.0.1", 0)
        for client in (first, second, third):
            client.setsockopt(
                socket.SOL_SOCKET, socket.SO_REUSEADDR, 1
            )
            client.bind(here)
            here = client.getsockname()

        first.connect(red.getsockname())
        second.connect(blue.getsockname())
        with red.accept()[0] as at_red, blue.accept()[0] as at_blue:
            print("red is called by port", at_red.getpeername()[1])
            print(
                "blue is called by port", at_blue.getpeername()[1]
            )
            code = third.connect_ex(red.getsockname())
            answer = errno.errorcode.get(code, "connected")
            print("the same four numbers again:", answer)


if __name__ == "__main__":
    main()
