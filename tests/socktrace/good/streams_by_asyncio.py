"""Ten asyncio clients, and a task group."""

import asyncio


async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.write(await reader.read())
    await writer.drain()
    writer.close()
    await writer.wait_closed()


async def ask(port: int) -> bytes:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(b"hello")
    writer.write_eof()
    answer = await reader.read()
    writer.close()
    await writer.wait_closed()
    return answer


async def main() -> None:
    async with await asyncio.start_server(serve, "127.0.0.1", 0) as server, asyncio.TaskGroup() as group:
        tasks = [group.create_task(ask(server.sockets[0].getsockname()[1])) for _ in range(10)]
    print({task.result() for task in tasks})


asyncio.run(main())
