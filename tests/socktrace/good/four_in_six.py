"""An IPv6 listener serves an IPv4 client under a mapped address (RFC 4291 section 2.5.5.2)."""

import socket

with socket.socket(socket.AF_INET6) as listener:
    listener.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 0)
    listener.bind(("::ffff:127.0.0.1", 0))
    listener.listen()
    with socket.create_connection(("localhost", listener.getsockname()[1]), 5) as client:
        connection, _ = listener.accept()
        with connection:
            client.sendall(b"hi")
            print(connection.recv(5))
