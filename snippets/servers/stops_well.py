"""Told to end, it takes no more calls and ends each talk well."""

import asyncio
import logging
import os
import select
import signal
import socket
import sys
from asyncio import StreamReader, StreamWriter, Task
from contextlib import suppress

log = logging.getLogger("shout")


async def talk(
    reader: StreamReader, out: StreamWriter, idle: float
) -> None:
    """Shout back each line, and log who went, and why."""
    who = "{}, port {}".format(*out.get_extra_info("peername"))
    log.info("%s: is here", who)
    out.transport.set_write_buffer_limits(0)
    why: object = "cut off"
    try:
        while True:
            async with asyncio.timeout(idle):
                line = await reader.readline()
                if not line.endswith(b"\n"):
                    why = "no more questions"
                    break
                out.write(line.upper())
                await out.drain()
            await asyncio.sleep(0)  # the others' turn
    except (OSError, ValueError) as error:
        why = repr(error)
    finally:
        log.info("%s: is gone: %s", who, why)
        out.transport.abort()


async def serve(
    listener: socket.socket, idle: float, grace: float
) -> None:
    """Serve until SIGTERM or Ctrl-C. Source: asyncio, signal(7)."""
    talks: dict[Task[None], StreamWriter] = {}

    def welcome(reader: StreamReader, out: StreamWriter) -> None:
        """Begin a talk, if there is a seat."""
        if len(talks) < 100:
            task = asyncio.create_task(talk(reader, out, idle))
            talks[task] = out
            task.add_done_callback(talks.pop)
        else:
            out.close()

    server = await asyncio.start_server(
        welcome, sock=listener, limit=1000
    )
    stop, loop = asyncio.Event(), asyncio.get_running_loop()
    for number in signal.SIGTERM, signal.SIGINT:
        loop.add_signal_handler(number, stop.set)
    await stop.wait()
    log.info("told to end; still here: %d", len(talks))
    server.close()  # no more calls
    for out in talks.values():  # and no more questions
        with suppress(OSError):  # gone already
            out.get_extra_info("socket").shutdown(socket.SHUT_RD)
    if talks:
        _, late = await asyncio.wait(talks, timeout=grace)
        for task in late:
            task.cancel()
        log.info("the end; too late: %d", len(late))


def visit(address: tuple[str, int]) -> list[object]:
    """Ask, and tell the server to end before you read."""
    with socket.create_connection(address, 5) as ann:
        ann.sendall(b"hello\n")
        select.select([ann], [], [], 5)  # the answer is there
        os.kill(os.getpid(), signal.SIGTERM)
        with ann.makefile("rb") as lines:
            heard: list[object] = [*lines]
    with socket.socket() as late:  # socktrace: expect refused
        return [*heard, late.connect_ex(address)]


def door(port: int) -> socket.socket:
    """Take the listening socket that we were given, or open one.

    Source: sd_listen_fds(3).
    """
    if os.environ.get("LISTEN_PID") == str(os.getpid()):
        return socket.socket(fileno=3)
    return socket.create_server(
        (os.environ.get("HOST", "127.0.0.1"), port)
    )


async def run(port: int, idle: float, grace: float) -> None:
    """Serve at a port until told to end; at port 0 try it once."""
    listener = door(port)
    if port:
        await serve(listener, idle, grace)
        return
    guest = asyncio.to_thread(visit, listener.getsockname())
    heard, _ = await asyncio.gather(
        guest, serve(listener, idle, grace)
    )
    print("Ann hears:", *heard[:-1])
    print("the next one gets errno", heard[-1])


def main() -> None:
    """Serve at a port until told to end; without one, try it."""
    logging.basicConfig(format="%(message)s", stream=sys.stdout)
    log.setLevel(logging.INFO)
    port, idle, grace = map(float, sys.argv[1:] or (0, 1, 0.5))
    asyncio.run(run(int(port), idle, grace))


if __name__ == "__main__":
    main()
