"""What was readable a moment ago may have nothing to read now."""

import select
import socket


def main() -> None:
    """Hear that two readers can read; let both try.

    Source: select(2), section BUGS; recv(2), error EAGAIN.
    """
    socket.setdefaulttimeout(5)  # seconds
    with (
        socket.create_server(("127.0.0.1", 0)) as listener,
        socket.create_connection(listener.getsockname()) as client,
        listener.accept()[0] as one,
        one.dup() as other,
    ):
        one.setblocking(False)
        other.setblocking(False)
        client.sendall(b"hello")
        ready, _, _ = select.select([one, other], [], [], 5)
        print("readable:", len(ready))
        for name, reader in ("first", one), ("second", other):
            try:
                print(name, "reads:", reader.recv(1024))
            except BlockingIOError as error:
                print(name, "reads:", error)


if __name__ == "__main__":
    main()
