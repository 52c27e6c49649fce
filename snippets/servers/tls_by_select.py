"""select() sees the wire, and TLS has a drawer of its own."""

import select
import socket
import ssl
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
    """Answer one client, and wait for its goodbye. Source: ssl."""
    conn, _ = listener.accept()
    conn.settimeout(5)
    with context.wrap_socket(conn, server_side=True) as conn:
        while words := conn.recv(1000):
            conn.sendall(words.upper())
        conn.unwrap()


def readable(sock: socket.socket, limit: float) -> bool:
    """Ask the kernel whether bytes have come. Source: select."""
    return bool(select.select([sock], [], [], limit)[0])


def receive(sock: ssl.SSLSocket, size: int) -> bytes:
    """Receive as soon as TLS has something. Source: ssl."""
    while True:
        try:
            return sock.recv(size)
        except ssl.SSLWantReadError:
            readable(sock, 5)


def visit(sock: ssl.SSLSocket) -> None:
    """Read without waiting. Source: ssl."""
    sock.setblocking(False)
    print("readable:", readable(sock, 5))
    try:
        print(sock.recv(2))
    except ssl.SSLWantReadError as error:
        print(type(error).__name__)
    sock.sendall(b"hello")
    print(receive(sock, 2))
    print("still readable:", readable(sock, 0))
    print("pending:", sock.pending())
    print(receive(sock, 1000))
    sock.settimeout(5)
    sock.unwrap()


def main() -> None:
    """Let a client that uses select() talk over TLS."""
    ours, theirs = contexts()
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = Thread(target=serve, args=(listener, ours))
        server.start()
        sock = socket.create_connection(listener.getsockname(), 5)
        with theirs.wrap_socket(
            sock, server_hostname="localhost"
        ) as sock:
            visit(sock)
        server.join()


if __name__ == "__main__":
    main()
