"""The server took the question, and hung up."""

import http.client
import socket


def main() -> None:
    """Ask over HTTP; the server closes and says nothing.

    Source: Python documentation of http.client.
    """
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        client = http.client.HTTPConnection("127.0.0.1", port, 5)
        client.request("GET", "/")
        with listener.accept()[0] as accepted:
            print(accepted.recv(1024).splitlines()[0])
        try:
            client.getresponse()
        except OSError as error:
            print(f"{type(error).__name__}: {error}")


if __name__ == "__main__":
    main()
