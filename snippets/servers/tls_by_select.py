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
MC4CAQAwBQYDK2VwBCIEIFActK34KEKWGtsLwspM4v7JvlsyCztYOcCYGk1tdSNR
-----END PRIVATE KEY-----
-----BEGIN CERTIFICATE-----
MIIBDzCBwqADAgECAgEBMAUGAytlcDAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwIBcN
MjYxMTMwMDk0NDAzWhgPMjEyNjExMDYwOTQ0MDNaMBQxEjAQBgNVBAMMCWxvY2Fs
aG9zdDAqMAUGAytlcAMhADPHzIrgtvkgi4WyRSZ9DySIcnfHLi1EsJ8vQ2vS44Cw
ozcwNTAUBgNVHREEDTALgglsb2NhbGhvc3QwHQYDVR0OBBYEFGZeNrbsuim/olP0
L8XUPIb9WWf1MAUGAytlcANBALOBOHcYFk09hDky1bBLbwsHQdUftzNFw1w1K0PD
9/+/YA1+NGXDMLqCGCaZolmuP96C2g+5uXUjGo/w6LvGCwU=
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


def serve(plain: socket.socket, context: ssl.SSLContext) -> None:
    """Answer one client, and wait for its goodbye. Source: ssl."""
    with context.wrap_socket(plain, server_side=True) as conn:
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
    socks = socket.socketpair()
    for sock in socks:
        sock.settimeout(5)
    server = Thread(target=serve, args=(socks[1], ours))
    server.start()
    with theirs.wrap_socket(
        socks[0], server_hostname="localhost"
    ) as sock:
        visit(sock)
    server.join()


if __name__ == "__main__":
    main()
