"""A library serves a client that nobody closes: its handler waits for that, and is not to blame."""

import asyncio


async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while line := await reader.readline():
        writer.write(line)
    writer.close()


async def main() -> None:
    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
    writer.write(b"hello\n")
    await reader.readline()
    server.close()


asyncio.run(main())
# fault: collected 14: the connecting socket 4 (127.0.0.1:PORT) was closed by the garbage collector, not by the program
# note: left-open 6: the accepted socket 5 (127.0.0.1:PORT) was closed by the end of the process, not by the program
