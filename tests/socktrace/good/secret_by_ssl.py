"""TLS with an anonymous cipher, so that no certificate is needed."""

import socket
import ssl
import threading


def context(side: int) -> ssl.SSLContext:
    made = ssl.SSLContext(side)
    made.check_hostname = False
    made.verify_mode = ssl.CERT_NONE
    made.maximum_version = ssl.TLSVersion.TLSv1_2
    made.set_ciphers("AECDH-AES128-SHA:@SECLEVEL=0")
    return made


def serve(listener: socket.socket) -> None:
    plain, _ = listener.accept()
    with plain, context(ssl.PROTOCOL_TLS_SERVER).wrap_socket(plain, server_side=True) as secret:
        secret.sendall(secret.recv(100))
        secret.unwrap()


with socket.create_server(("127.0.0.1", 0)) as listener:
    thread = threading.Thread(target=serve, args=(listener,))
    thread.start()
    with socket.create_connection(listener.getsockname(), 5) as plain:
        with context(ssl.PROTOCOL_TLS_CLIENT).wrap_socket(plain) as secret:
            secret.sendall(b"secret")
            print(secret.recv(100))
            secret.unwrap().close()
    thread.join()
