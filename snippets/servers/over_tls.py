"""TLS goes around a socket: same port, same calls, sealed bytes."""

import socket
import ssl
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


def serve(listener: socket.socket, context: ssl.SSLContext) -> None:
    """Answer one client, over TLS. Source: ssl."""
    conn, _ = listener.accept()
    conn.settimeout(5)
    with (
        suppress(ssl.SSLError),  # one client's error ends no server
        context.wrap_socket(conn, server_side=True) as conn,
    ):
        conn.sendall(conn.recv(1000).upper())
        conn.unwrap()  # goodbye


def visit(
    address: tuple[str, int], context: ssl.SSLContext
) -> None:
    """Say hello, over TLS. Source: ssl."""
    sock = socket.create_connection(address, 5)
    with context.wrap_socket(
        sock, server_hostname="localhost"
    ) as sock:
        print("speaks:", sock.version())
        sock.sendall(b"hello")
        print("answer:", sock.recv(1000))
        print("then:", sock.recv(1000))
        sock.unwrap()  # goodbye


def main() -> None:
    """Put TLS around both ends of a connection."""
    ours, theirs = contexts()
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = Thread(target=serve, args=(listener, ours))
        server.start()
        visit(listener.getsockname(), theirs)
        server.join()


if __name__ == "__main__":
    main()
