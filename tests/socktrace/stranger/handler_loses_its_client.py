"""A client leaves in the midst of what it says; the handler is ended by that, and the server goes on."""

import asyncio


async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    try:
        print(await reader.readexactly(10))
    finally:
        writer.close()


async def main() -> None:
    async with await asyncio.start_server(handle, "127.0.0.1", 0) as server:
        for words in (b"hello", b"0123456789"):
            reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
            writer.write(words)
            writer.write_eof()
            await reader.read()
            writer.close()
            await writer.wait_closed()


asyncio.run(main())
# note: stderr 8: an error ended what asyncio had called: asyncio.exceptions.IncompleteReadError: 5 bytes read on a
#     total of 10 expected bytes
