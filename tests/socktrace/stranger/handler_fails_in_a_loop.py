"""The handler of a server of asyncio fails at what a client asks; the loop prints that and goes on."""

import asyncio

KNOWN = {"ann": b"hello ann\n"}


async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    name = (await reader.readline()).decode().strip()
    writer.write(KNOWN[name])
    await writer.drain()
    writer.close()
    await writer.wait_closed()


async def main() -> None:
    async with await asyncio.start_server(handle, "127.0.0.1", 0) as server:
        reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
        writer.write(b"bob\n")
        print(await reader.read())
        writer.close()
        await writer.wait_closed()


asyncio.run(main())
# fault: stderr 10: an error ended what asyncio had called: KeyError: 'bob'
