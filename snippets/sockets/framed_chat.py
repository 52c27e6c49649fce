"""Two people chat; each line crosses the stream in a frame."""

import socket
import struct


def send_frame(sock: socket.socket, text: str) -> None:
    """Send one line: how many bytes it has, then its UTF-8."""
    line = text.encode()
    sock.sendall(struct.pack("!I", len(line)) + line)


def receive_exactly(sock: socket.socket, size: int) -> bytes:
    """Read size bytes; raise EOFError if the stream ends first."""
    data = b""
    while len(data) < size:
        if not (part := sock.recv(size - len(data))):
            raise EOFError("the stream ended inside a frame")
        data += part
    return data


def receive_frame(sock: socket.socket) -> str | None:
    """Read one line, or None at the end. Source: recv(2)."""
    if not (head := sock.recv(4)):
        return None
    head += receive_exactly(sock, 4 - len(head))
    (size,) = struct.unpack("!I", head)
    if size > 4096:
        raise ValueError("the frame is too long")
    return receive_exactly(sock, size).decode()


def main() -> None:
    """Let Ann and Ben say a line each; then Ann has no more."""
    socket.setdefaulttimeout(5)  # seconds
    with (
        socket.create_server(("127.0.0.1", 0)) as listener,
        socket.create_connection(listener.getsockname()) as ann,
        listener.accept()[0] as ben,
    ):
        send_frame(ann, "Shall we meet at the café?")
        ann.shutdown(socket.SHUT_WR)
        send_frame(ben, "Gladly!")
        for name, sock in ("Ben", ben), ("Ben", ben), ("Ann", ann):
            print(name, "reads:", receive_frame(sock))


if __name__ == "__main__":
    main()
