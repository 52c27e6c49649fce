"""Wrong: it was meant to give each thread its own answer."""

import socket
from threading import Thread


def ask(client, name, meanwhile=None):
    """Say a name, and read the answer to it."""
    client.sendall(name)
    if meanwhile:  # Ann has sent; now Ben sends and reads
        meanwhile.start()
        meanwhile.join()
    print(name.decode(), "is told:", client.recv(3).decode())


def main():
    """Let Ann and Ben use one socket; each name is sent back."""
    client, server = socket.socketpair()  # connected
    with client, server:
        ben = Thread(target=ask, args=[client, b"ben"])
        ann = Thread(target=ask, args=[client, b"ann", ben])
        ann.start()
        server.sendall(server.recv(3) + server.recv(3))  # in order
        ann.join()


if __name__ == "__main__":
    main()

# socktrace: wanted ann is told: ann
# socktrace: wanted ben is told: ben
