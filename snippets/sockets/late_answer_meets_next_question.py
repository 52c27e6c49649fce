"""After a timeout, the late answer is read as the next one."""

import socket


def main() -> None:
    """Ask, give up waiting, and ask something else.

    Source: Python documentation, notes on socket timeouts.
    """
    socket.setdefaulttimeout(5)  # seconds
    with (
        socket.create_server(("127.0.0.1", 0)) as listener,
        socket.create_connection(listener.getsockname()) as client,
        listener.accept()[0] as accepted,
    ):
        client.sendall(b"capital of France?")
        client.settimeout(0.05)
        try:
            print("France:", client.recv(6))
        except TimeoutError as error:
            print("France:", error)
        accepted.recv(1024)
        accepted.sendall(b"Paris.")  # the server was only slow

        client.sendall(b"capital of Norway?")
        accepted.recv(1024)
        accepted.sendall(b"Oslo!!")
        print("Norway:", client.recv(6))
        print("left over:", client.recv(6))


if __name__ == "__main__":
    main()
