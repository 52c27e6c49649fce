"""Wrong: it was meant to give each thread its own answer."""

import socket
import threading


def ask(client, name, meanwhile=None):
    """Say a name, and read the answer to it."""
    client.sendall(name)
    if meanwhile:  # the system may run another thread here
        meanwhile.start()
        meanwhile.join()
    print(name.decode(), "is told:", client.recv(3).decode())


def answer(server):
    """Answer each of two names with that name."""
    with server:
        server.sendall(server.recv(3) + server.recv(3))


def main():
    """Let Ann and Ben use one socket."""
    client, server = socket.socketpair()
    with client:
        threading.Thread(target=answer, args=[server]).start()
        ben = threading.Thread(target=ask, args=[client, b"ben"])
        ask(client, b"ann", meanwhile=ben)


if __name__ == "__main__":
    main()

# socktrace: wanted ann is told: ann
# socktrace: wanted ben is told: ben
