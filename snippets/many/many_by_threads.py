"""Three people chat; a thread waits for each of them."""

import select
import socket
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress
from threading import Lock

lock = Lock()
room: set[socket.socket] = set()


def serve(sock: socket.socket) -> None:
    """Pass one client's frames to all there. Source: threading."""
    with sock, sock.makefile("rb") as stream:
        sock.settimeout(60)  # and send() sends what fits
        with lock:
            room.add(sock)
        try:
            while len(head := stream.read(4)) == 4:
                size = int.from_bytes(head)
                line = stream.read(min(size, 4097))
                if len(line) < size or size > 4096:
                    break  # half a line, or too much: hang up
                with lock:
                    pass_on(head + line)
        except OSError:
            pass  # reset, or silent: it is gone
        finally:
            with lock:
                room.remove(sock)


def pass_on(frame: bytes) -> None:
    """Send a frame to all there. Source: select(2)."""
    _, able, _ = select.select([], room, [], 0)
    for other in room:
        with suppress(OSError):  # it is gone: its thread sees it
            if other not in able or other.send(frame) < len(frame):
                other.shutdown(socket.SHUT_RDWR)  # it does not read


def main() -> None:
    """Let each join and say a line that all then hear."""
    socket.setdefaulttimeout(5)  # seconds
    listener = socket.create_server(("127.0.0.1", 0))
    with listener, ExitStack() as stack:
        keep = stack.enter_context
        threads, served = keep(ThreadPoolExecutor()), []
        ears = []
        for line in b"Anyone here?", b"I am.", b"Me too.":
            sock = socket.create_connection(listener.getsockname())
            ears.append(keep(sock.makefile("rb")))
            connection, _ = listener.accept()
            served.append(threads.submit(serve, connection))
            frame = len(line).to_bytes(4) + line
            keep(sock).sendall(frame)
            heard = [ear.read(len(frame)) for ear in ears]
            print(line.decode(), "heard by:", heard.count(frame))
    for one in served:
        one.result()


if __name__ == "__main__":
    main()
