"""asyncio streams hold the same conversation over sockets.

The event loop also opens a pair of sockets, to wake itself up.
"""

import asyncio
from asyncio import StreamReader, StreamWriter


async def serve(reader: StreamReader, writer: StreamWriter) -> None:
    """Send one client its own words back.

    Args:
        reader: What the client says.
        writer: What the client hears.

    Source: Python documentation, asyncio streams.
    """
    while words := await reader.read(1024):
        writer.write(words)
        await writer.drain()
    writer.close()
    await writer.wait_closed()


async def talk() -> None:
    """Start the server, then be its client.

    Source: Python documentation, asyncio streams.
    """
    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    async with asyncio.timeout(5), server:
        host, port = server.sockets[0].getsockname()
        reader, writer = await asyncio.open_connection(host, port)
        writer.write(b"hello")
        writer.write_eof()
        print("echo:", await reader.read())
        writer.close()
        await writer.wait_closed()


def main() -> None:
    """Run the conversation."""
    asyncio.run(talk())


if __name__ == "__main__":
    main()
