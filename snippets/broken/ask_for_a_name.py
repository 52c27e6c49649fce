"""Wrong: it was meant to give each thread its own answer."""

import socket
from threading import Thread


def ask(client, name, other=None):
    """Say a name, and read the answer to it."""
    client.sendall(name)
    if other:  # the system may run another thread here
        other.start()
        other.join()
    print(name.decode(), "is told:", client.recv(3).decode())


def main():
    """Let Ann and Ben use one socket; each name is sent back."""
    client, server = socket.socketpair()
    with client, server:
        ben = Thread(target=ask, args=[client, b"ben"])
        ann = Thread(target=ask, args=[client, b"ann", ben])
        ann.start()
        server.sendall(server.recv(3) + server.recv(3))
        ann.join()


if __name__ == "__main__":
    main()

# socktrace: wanted ann is told: ann
# socktrace: wanted ben is told: ben
