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
    server.num_tickets = 0  # fewer packets to look at
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
