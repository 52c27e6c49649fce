"""Three people chat; a task waits for each of them."""

import asyncio
from asyncio import StreamReader, StreamWriter
from contextlib import suppress

room: set[StreamWriter] = set()


async def serve(reader: StreamReader, writer: StreamWriter) -> None:
    """Pass one client's frames to all there. Source: asyncio."""
    room.add(writer)
    with suppress(EOFError, OSError):
        while True:
            head = await reader.readexactly(4)
            size = int.from_bytes(head)
            if size > 4096:
                break  # nobody says that much: hang up
            line = await reader.readexactly(size)
            for other in room:
                other.write(head + line)
                if other.transport.get_write_buffer_size() > 65536:
                    other.transport.abort()  # it does not read
            await asyncio.sleep(0)  # the others' turn
    room.remove(writer)
    writer.close()


async def chat() -> None:
    """Let each join and say a line that all then hear."""
    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    async with asyncio.timeout(5), server:
        address = server.sockets[0].getsockname()
        people = {}
        for line in b"Anyone here?", b"I am.", b"Me too.":
            reader, writer = await asyncio.open_connection(*address)
            people[reader] = writer
            frame = len(line).to_bytes(4) + line
            writer.write(frame)
            heard = [
                await one.readexactly(len(frame)) for one in people
            ]
            print(line.decode(), "heard by:", heard.count(frame))
        for reader, writer in people.items():
            writer.write_eof()
            await reader.read()  # until the server has hung up, too
            writer.close()
            await writer.wait_closed()


def main() -> None:
    """Run the chat."""
    asyncio.run(chat())


if __name__ == "__main__":
    main()
