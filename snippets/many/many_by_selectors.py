"""Three people chat; one thread waits for all of them at once."""

import selectors
import socket
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress


def serve(listener: socket.socket, people: int) -> None:
    """Pass frames on until all have left. Source: selectors."""
    room: dict[socket.socket, bytes] = {}
    with selectors.DefaultSelector() as ready:
        ready.register(listener, selectors.EVENT_READ, listener)
        while people:
            for key, _ in ready.select(timeout=5):
                if (sock := key.data) is listener:
                    sock, _ = listener.accept()
                    sock.setblocking(False)
                    ready.register(sock, selectors.EVENT_READ, sock)
                    room[sock] = b""
                    continue
                try:
                    data = sock.recv(1024)
                except BlockingIOError:
                    continue  # not now, then
                except OSError:
                    data = b""  # reset: gone, too
                room[sock] = pass_on(room[sock] + data, [*room])
                if not data or len(room[sock]) > 4096:
                    ready.unregister(sock)
                    del room[sock]
                    sock.close()
                    people -= 1


def pass_on(data: bytes, room: list[socket.socket]) -> bytes:
    """Send each whole frame to all, and return what is left."""
    while len(data) >= (size := 4 + int.from_bytes(data[:4])):
        for other in room:
            try:
                other.sendall(data[:size])
            except OSError:  # gone, or it does not read: let it go
                with suppress(OSError):
                    other.shutdown(socket.SHUT_RDWR)
        data = data[size:]
    return data


def main() -> None:
    """Let each join and say a line that all then hear."""
    socket.setdefaulttimeout(5)  # seconds
    listener = socket.create_server(("127.0.0.1", 0))
    with listener, ExitStack() as stack:
        keep = stack.enter_context
        threads = keep(ThreadPoolExecutor())
        server = threads.submit(serve, listener, 3)
        ears = []
        for line in b"Anyone here?", b"I am.", b"Me too.":
            sock = socket.create_connection(listener.getsockname())
            ears.append(keep(sock.makefile("rb")))
            frame = len(line).to_bytes(4) + line
            keep(sock).sendall(frame)
            heard = [ear.read(len(frame)) for ear in ears]
            print(line.decode(), "heard by:", heard.count(frame))
    server.result()


if __name__ == "__main__":
    main()
