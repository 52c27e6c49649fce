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
    with (
        suppress(TimeoutError),  # Ann gives up
        socket.create_connection(address, 3) as silent,
    ):
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
