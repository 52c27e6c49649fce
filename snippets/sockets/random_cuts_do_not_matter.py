"""Both decoders find every message, wherever the stream is cut."""

import random
import struct

# socktrace: expect no-socket

LINES = [b"one", b"", b"three words here", b"four"]


def take_lines(buffer: bytearray) -> list[bytes]:
    """Take the complete lines off the front of a buffer."""
    *lines, rest = bytes(buffer).split(b"\n")
    buffer[:] = rest
    return lines


def take_frames(buffer: bytearray) -> list[bytes]:
    """Take the complete frames off the front of a buffer."""
    frames = []
    while len(buffer) >= 4:
        end = 4 + struct.unpack_from("!I", buffer)[0]
        if len(buffer) < end:
            break
        frames.append(bytes(buffer[4:end]))
        del buffer[:end]
    return frames


def main() -> None:
    """Cut the same messages in a thousand random ways."""
    lines = b"".join(x + b"\n" for x in LINES)
    frames = b"".join(struct.pack("!I", len(x)) + x for x in LINES)
    chance = random.Random(1)  # the same cuts each time
    for take, stream in (take_lines, lines), (take_frames, frames):
        right = 0
        for _ in range(1000):
            buffer, found, rest = bytearray(), list[bytes](), stream
            while rest:
                cut = chance.randint(1, 9)
                buffer += rest[:cut]
                rest = rest[cut:]
                found += take(buffer)
            right += found == LINES
        print(f"{take.__name__}: right {right} times of 1000")


if __name__ == "__main__":
    main()
