"""A task that is cancelled in its wait can still close its end."""

import asyncio
from asyncio import StreamReader, StreamWriter


async def visit(host: str, port: int) -> None:
    """Say hello and wait for an answer; close in any case.

    Source: asyncio streams.
    """
    reader, writer = await asyncio.open_connection(host, port)
    try:
        writer.write(b"hello")
        await reader.read()
    finally:
        writer.close()
        await writer.wait_closed()


async def talk() -> None:
    """Never answer; cancel the visit. Source: Task.cancel."""
    ends: asyncio.Queue[tuple[StreamReader, StreamWriter]]
    ends = asyncio.Queue()
    server = await asyncio.start_server(
        lambda *end: ends.put_nowait(end), "127.0.0.1", 0
    )
    async with asyncio.timeout(5), server:
        address = server.sockets[0].getsockname()
        task = asyncio.create_task(visit(*address))
        reader, writer = await ends.get()
        print("the server reads:", await reader.readexactly(5))
        task.cancel()
        await asyncio.wait([task])
        print("cancelled:", task.cancelled())
        print("the server reads:", await reader.read())
        writer.close()
        await writer.wait_closed()


def main() -> None:
    """Run the visit."""
    asyncio.run(talk())


if __name__ == "__main__":
    main()
