"""Without a free descriptor accept() fails, and the caller waits.

Unix: the module resource sets the limit.
"""

import resource
import select
import socket


def main() -> None:
    """Use up the descriptors, accept twice, and free some.

    Source: accept(2), EMFILE; getrlimit(2).
    """
    socket.setdefaulttimeout(5)  # seconds
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    with (
        socket.create_server(("127.0.0.1", 0)) as listener,
        socket.create_connection(listener.getsockname()) as client,
    ):
        last = client.fileno() + 1
        resource.setrlimit(resource.RLIMIT_NOFILE, (last, hard))
        for _ in range(2):
            ready, _, _ = select.select([listener], [], [], 5)
            print("somebody waits:", ready == [listener])
            try:
                listener.accept()
            except OSError as error:
                print("accept:", error)
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
        with listener.accept()[0]:
            print("with descriptors to spare: accepted")


if __name__ == "__main__":
    main()
