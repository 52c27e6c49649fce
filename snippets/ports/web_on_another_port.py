"""A web server answers on any port: the number is a convention."""

import contextlib
import http.client
import socket

REPLY = b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello"
REGISTERED = {"ssh": 22, "domain": 53, "http": 80, "https": 443}


def differs(name: str) -> bool:
    """Say whether this machine's list has another port for a name.

    Args:
        name: A service name, one of those in IANA's registry above.

    Source: services(5).
    """
    try:
        return socket.getservbyname(name, "tcp") != REGISTERED[name]
    except OSError:  # a machine may have a short list, or none
        return False


def main() -> None:
    """Serve a page where nobody expects one, then look at names."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        host, port = listener.getsockname()
        browser = http.client.HTTPConnection(host, port, timeout=5)
        with contextlib.closing(browser):
            browser.request("GET", "/")
            with (
                listener.accept()[0] as accepted,
                accepted.makefile("rb") as request,
            ):
                request.readline()
                http.client.parse_headers(request)
                accepted.sendall(REPLY)
            answer = browser.getresponse()
            print("served on port:", port)
            print("status:", answer.status, answer.reason)
            print("page:", answer.read())

    other = [name for name in REGISTERED if differs(name)]
    print("names with another number here:", other)


if __name__ == "__main__":
    main()
