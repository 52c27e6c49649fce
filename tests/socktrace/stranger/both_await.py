"""The same in asyncio."""

import asyncio


async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await reader.read(1)
    writer.close()


async def main() -> None:
    async with await asyncio.start_server(serve, "127.0.0.1", 0) as server:
        reader, _ = await asyncio.open_connection(*server.sockets[0].getsockname())
        await reader.readexactly(5)


asyncio.run(main())
# fault: hang 14: it was still running when its time limit came: line 14 (the task 'main') waits in readexactly() for
#     bytes or the end from the accepted socket 5 (127.0.0.1:PORT) of line 6, where line 7 waits in read() itself;
#     line 7 (the task 'serve') waits in read() for bytes or the end from the connecting socket 4 (127.0.0.1:PORT) of
#     line 13, where line 14 waits in readexactly() itself
