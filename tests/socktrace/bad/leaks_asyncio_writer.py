"""The stream's writer is never closed."""

import asyncio


async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await reader.read()
    writer.close()
    await writer.wait_closed()


async def main() -> None:
    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    async with server:
        _, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
        writer.write_eof()
        await asyncio.sleep(0.05)
        kept.append(writer)


kept: list[object] = []
asyncio.run(main())
# fault: left-open 15: the connecting socket 4 (127.0.0.1:PORT) was closed by the end of the process, not by the program
