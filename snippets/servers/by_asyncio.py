"""One thread, a task for each client, and a limit for a line."""

import asyncio
import socket
import sys
from asyncio import StreamReader, StreamWriter
from collections.abc import Awaitable
from contextlib import suppress
from functools import partial


async def serve(
    listener: socket.socket,
    idle: float,
    stop: Awaitable[object],
    most: int = 100,
) -> None:
    """Serve as long as stop waits. Source: asyncio streams."""
    talks: set[StreamWriter] = set()

    async def talk(reader: StreamReader, out: StreamWriter) -> None:
        """Shout back each line of a client."""
        if len(talks) >= most:
            out.close()  # one too many
            return
        talks.add(out)
        out.transport.set_write_buffer_limits(0)
        try:
            while True:
                async with asyncio.timeout(idle):
                    line = await reader.readline()
                    if not line.endswith(b"\n"):
                        break
                    out.write(line.upper())
                    await out.drain()
                await asyncio.sleep(0)  # the others' turn
        except (OSError, ValueError):
            pass  # reset, late, or a line too long: it is gone
        finally:
            talks.remove(out)
            out.transport.abort()

    async with await asyncio.start_server(
        talk, sock=listener, limit=1000
    ):
        await stop
    while rest := asyncio.all_tasks() - {asyncio.current_task()}:
        await asyncio.wait(rest)


def say(sock: socket.socket, words: bytes = b"") -> bytes:
    """Say words, and return the line that comes back."""
    with suppress(OSError), sock.makefile("rwb") as lines:
        lines.write(words)
        lines.flush()
        return lines.readline()
    return b"(nothing)"


def part(sock: socket.socket) -> bytes:
    """Say that you are done, and return what comes then."""
    with suppress(OSError):
        sock.shutdown(socket.SHUT_WR)
    return say(sock)


def visit(address: tuple[str, int]) -> None:
    """Be Ann, and three who are rude. Source: socket."""
    call = partial(socket.create_connection, address, 3)
    with call() as silent:
        say(silent, b"hello\n")
        with call() as ann:
            print("Ann hears:", say(ann, b"hello\n"))
            with call() as late:
                print("one too many hears:", say(late))
            print("Ann hears:", say(ann, b"still there?\n"))
            print("Ann is done and hears:", part(ann))
        print("the silent one hears:", say(silent))
    with call() as endless:
        line = say(endless, b"x" * 2000 + b"\n")
        print("sent 2001 bytes, got back", len(line))
    with call() as ann:
        print("Ann hears:", say(ann, b"what was that?\n"))
        part(ann)


async def run(port: int, idle: float) -> None:
    """Serve at a port for ever; at port 0 try it once."""
    listener = socket.create_server(("127.0.0.1", port))
    if port:
        await serve(listener, idle, asyncio.Event().wait())
    visits = asyncio.to_thread(visit, listener.getsockname())
    await serve(listener, idle, visits, most=2)


def main() -> None:
    """Serve at a port until Ctrl-C; given none, try it once."""
    port, idle = map(float, sys.argv[1:] or (0, 1))
    with suppress(KeyboardInterrupt):
        asyncio.run(run(int(port), idle))


if __name__ == "__main__":
    main()
