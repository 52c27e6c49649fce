"""One thread holds forty conversations at the same time."""

import asyncio
import threading
from asyncio import StreamReader, StreamWriter

CLIENTS = 40
everybody_is_here = asyncio.Barrier(CLIENTS)


async def serve(reader: StreamReader, writer: StreamWriter) -> None:
    """Wait until all clients have spoken; then answer this one.

    Source: asyncio streams, asyncio.Barrier.
    """
    words = await reader.readexactly(5)
    await everybody_is_here.wait()
    writer.write(words)
    await writer.drain()
    writer.close()


async def ask(host: str, port: int) -> bytes:
    """Say hello, and return what comes back."""
    reader, writer = await asyncio.open_connection(host, port)
    writer.write(b"hello")
    answer = await reader.read()
    writer.close()
    await writer.wait_closed()
    return answer


async def talk() -> None:
    """Start a server and all its clients."""
    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    async with asyncio.timeout(5), server:
        address = server.sockets[0].getsockname()
        asked = (ask(*address) for _ in range(CLIENTS))
        answers = await asyncio.gather(*asked)
        print("answered:", answers.count(b"hello"))
        print("threads:", threading.active_count())


def main() -> None:
    """Run the conversations."""
    asyncio.run(talk())


if __name__ == "__main__":
    main()
