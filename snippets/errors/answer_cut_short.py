"""The server promised eight bytes, sent three, and closed."""

import http.client
import socket


def main() -> None:
    """Ask over HTTP; the answer breaks off in the middle.

    Source: Python documentation of http.client.
    """
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        client = http.client.HTTPConnection("127.0.0.1", port, 5)
        client.request("GET", "/")
        with listener.accept()[0] as accepted:
            accepted.recv(1024)
            accepted.sendall(b"HTTP/1.1 200 OK\r\n")
            accepted.sendall(b"Content-Length: 8\r\n\r\nabc")
        answer = client.getresponse()
        print("promised:", answer.length)
        try:
            answer.read()
        except http.client.HTTPException as error:
            print(f"{type(error).__name__}: {error}")
        client.close()


if __name__ == "__main__":
    main()
