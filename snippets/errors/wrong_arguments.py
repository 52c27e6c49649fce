"""What Python itself refuses, before any call to the kernel."""

import socket
from collections.abc import Callable


def fail(call: Callable[..., object], *arguments: object) -> None:
    """Make a call with the wrong arguments."""
    try:
        call(*arguments)
    except (TypeError, OverflowError, AttributeError) as error:
        print(f"{type(error).__name__}: {error}")


def main() -> None:
    """Send text, and call a host in five wrong ways."""
    with (
        socket.create_server(("127.0.0.1", 0)) as listener,
        socket.socket() as client,
    ):
        fail(client.send, "hello")
        fail(client.connect, "127.0.0.1")
        fail(client.connect, "127.0.0.1", 80)
        fail(client.connect, ("127.0.0.1", "80"))
        fail(client.connect, ("127.0.0.1", 70000))
        client.connect(listener.getsockname())
        accepted = listener.accept()  # two things, not one
        fail(getattr, accepted, "recv")
        accepted[0].close()


if __name__ == "__main__":
    main()
