"""A thread for each handshake: the silent one stops nobody else."""

import socket
import ssl
import sys
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread

# A certificate for localhost and its key, for this lesson only: a
# key that everybody can read keeps no secret.
PEM = """\
-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgsX2OuRuEJo0w58sm
9S9gNGfWpN4Gx67dvoKZsh2+xh2hRANCAAR4O5DNOqrvWwSiGg6ruF7oUIIzD7Oi
NP2NoL1MldCvLgAfJIQE2TEkY2xWum+7WTD94e5uvOA/YEP0R3GZG+uB
-----END PRIVATE KEY-----
-----BEGIN CERTIFICATE-----
MIIBlDCCATugAwIBAgIUD3W3zclRVhgeSfdeP/mP8E+Zg04wCgYIKoZIzj0EAwIw
FDESMBAGA1UEAwwJbG9jYWxob3N0MCAXDTI2MTEzMDA4NTU1NloYDzIxMjYxMTA2
MDg1NTU2WjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwWTATBgcqhkjOPQIBBggqhkjO
PQMBBwNCAAR4O5DNOqrvWwSiGg6ruF7oUIIzD7OiNP2NoL1MldCvLgAfJIQE2TEk
Y2xWum+7WTD94e5uvOA/YEP0R3GZG+uBo2kwZzAdBgNVHQ4EFgQUH604dQTn9KPr
GYdxtqaycQnsuuwwHwYDVR0jBBgwFoAUH604dQTn9KPrGYdxtqaycQnsuuwwDwYD
VR0TAQH/BAUwAwEB/zAUBgNVHREEDTALgglsb2NhbGhvc3QwCgYIKoZIzj0EAwID
RwAwRAIgXHOk9HsPOm19THH/qX4t2t7iLa9VM8PmzT8dUV9uRaQCIBhSzBSE4sG0
oWc0rrz4RWFmJlkexrFqCIerDRxAF1yL
-----END CERTIFICATE-----
"""


def contexts() -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """Make the server's context and the client's. Source: ssl."""
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    with TemporaryDirectory() as folder:
        file = Path(folder, "localhost.pem")
        file.write_text(PEM)
        server.load_cert_chain(file)
    client = ssl.create_default_context(cadata=PEM)
    return server, client


def serve(
    listener: ssl.SSLSocket, idle: float, calls: int = sys.maxsize
) -> None:
    """Give each client a thread. Source: threading."""
    for _ in range(calls):
        conn, _ = listener.accept()
        conn.settimeout(idle)  # a limit for each wait
        Thread(target=talk, args=(conn,)).start()


def talk(conn: ssl.SSLSocket) -> None:
    """Shake hands, and shout back each line. Source: ssl."""
    with conn, suppress(OSError):  # an SSLError is one too
        conn.do_handshake()
        with conn.makefile("rb") as lines:
            while (line := lines.readline(1000)).endswith(b"\n"):
                conn.sendall(line.upper())
        conn.unwrap()


def visit(
    address: tuple[str, int], context: ssl.SSLContext
) -> None:
    """Be one who calls and says nothing, and Ann. Source: ssl."""
    with socket.create_connection(address, 3) as silent:
        sock = socket.create_connection(address, 3)
        with context.wrap_socket(
            sock, server_hostname="localhost"
        ) as ann:
            ann.sendall(b"hello\n")
            print("Ann hears:", ann.recv(1000))
            ann.unwrap()
        print("the silent one hears:", silent.recv(1000))


def main() -> None:
    """Serve at a port until Ctrl-C; given none, try it once."""
    port, idle = map(float, sys.argv[1:] or (0, 1))
    ours, theirs = contexts()
    plain = socket.create_server(("127.0.0.1", int(port)))
    with (
        ours.wrap_socket(
            plain, server_side=True, do_handshake_on_connect=False
        ) as listener,
        suppress(KeyboardInterrupt),
    ):
        if port:
            serve(listener, idle)
        address = listener.getsockname()
        Thread(target=visit, args=(address, theirs)).start()
        serve(listener, idle, calls=2)


if __name__ == "__main__":
    main()
