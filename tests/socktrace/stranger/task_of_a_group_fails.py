"""One of several tasks finds that nobody answers; what the program dies of is a group of errors."""

import asyncio


async def hang_up(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await reader.read(10)
    writer.close()
    await writer.wait_closed()


async def ask(address: tuple[str, int]) -> None:
    reader, writer = await asyncio.open_connection(*address)
    try:
        writer.write(b"hello")
        await reader.readexactly(1)
    finally:
        writer.close()
        await writer.wait_closed()


async def main() -> None:
    async with await asyncio.start_server(hang_up, "127.0.0.1", 0) as server, asyncio.TaskGroup() as group:
        group.create_task(ask(server.sockets[0].getsockname()))


asyncio.run(main())
# fault: failure 16: it exited with status 1: asyncio.exceptions.IncompleteReadError: 0 bytes read on a total of 1
#     expected bytes: the other end had closed at line 8
