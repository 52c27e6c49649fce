"""Ctrl-C cancels the main task, and that one lets its guests go."""

import asyncio
import signal
from asyncio import StreamReader, StreamWriter, Task

guests: set[Task[None]] = set()


async def serve(reader: StreamReader, writer: StreamWriter) -> None:
    """Greet a client, and wait for it. Source: asyncio streams."""
    writer.write(b"hello")
    try:
        await reader.read()  # it says nothing
    finally:
        writer.write(b", and goodbye")
        writer.close()
        await writer.wait_closed()


def welcome(reader: StreamReader, writer: StreamWriter) -> None:
    """Start a task for a client, and keep it. Source: asyncio."""
    guests.add(asyncio.create_task(serve(reader, writer)))


async def interrupted() -> None:
    """Press Ctrl-C with a client inside. Source: asyncio.Runner."""
    server = await asyncio.start_server(welcome, "127.0.0.1", 0)
    address = server.sockets[0].getsockname()
    reader, writer = await asyncio.open_connection(*address)
    print("client reads:", await reader.readexactly(5))
    async with asyncio.timeout(2):  # longer than any goodbye
        try:
            signal.raise_signal(signal.SIGINT)  # as Ctrl-C does
            await asyncio.Event().wait()  # for ever
        finally:
            server.close()
            for task in guests:
                task.cancel()
            await asyncio.wait(guests)
            print("client reads:", await reader.read())
            writer.close()
            await writer.wait_closed()


def main() -> None:
    """Run it, and hear of the Ctrl-C."""
    try:
        asyncio.run(interrupted())
    except KeyboardInterrupt:
        print("main() gets: KeyboardInterrupt")


if __name__ == "__main__":
    main()
