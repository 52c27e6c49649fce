"""One word meets things of many kinds, and each has its own name.

A loopback interface, an address, ports, sockets and descriptors are
what a program can see of the way; the protocol is TCP.
"""

import socket


def main() -> None:
    """Say hello and back over the loopback, and count the things.

    Source: if_nameindex(3), ip(7), socket(2), accept(2), tcp(7).
    """
    socket.setdefaulttimeout(5)  # seconds
    names = [name for _, name in socket.if_nameindex()]
    loopback = any(name.startswith("lo") for name in names)
    print("loopback interface:", loopback)

    with (
        socket.create_server(("127.0.0.1", 0)) as listener,
        socket.socket() as client,
    ):
        client.connect(listener.getsockname())
        server, caller = listener.accept()
        with server:
            client.sendall(b"hello")
            print("server reads:", server.recv(1024))
            server.sendall(b"hello back")
            print("client reads:", client.recv(1024))

            sockets = [listener, client, server]
            own = [each.getsockname() for each in sockets]
            print("IP addresses:", len({ip for ip, _ in own}))
            print("port numbers:", len({port for _, port in own}))
            print("sockets:", len(sockets))
            numbers = {each.fileno() for each in sockets}
            print("descriptors:", len(numbers))

            print("client's port:", client.getsockname()[1])
            print("the server's peer: port", caller[1])
    print("descriptor after close:", server.fileno())


if __name__ == "__main__":
    main()
