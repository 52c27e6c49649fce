"""A stream is forgotten, and its writer closes it when it is collected: a moment later, from the event loop."""

import asyncio
import gc


async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await reader.read()
    writer.close()
    await writer.wait_closed()


async def main() -> None:
    async with await asyncio.start_server(serve, "127.0.0.1", 0) as server:
        reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
        writer.write_eof()
        await reader.read()
        del reader, writer
        gc.collect()
        await asyncio.sleep(0.05)


asyncio.run(main())
# fault: collected 15: the connecting socket 4 (127.0.0.1:PORT) was closed by the garbage collector, not by the program
