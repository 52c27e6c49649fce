"""What an event loop does for a program belongs to the line that waits for it, or that will handle it.

A comment says which calls belong to its line; `test_places.py` reads them.
"""

import asyncio


class Upper(asyncio.Protocol):
    """Answers in capitals."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:  # accept
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport

    def data_received(self, data: bytes) -> None:  # server recv
        self.transport.write(data.upper())  # server send

    def eof_received(self) -> bool:
        self.transport.close()  # server close
        return False


async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:  # accept
    words = await reader.read(100)  # server recv
    writer.write(words)  # server send
    await writer.drain()
    await asyncio.sleep(0)
    writer.close()  # server close
    await writer.wait_closed()


async def talk(host: str, port: int) -> bytes:
    reader, writer = await asyncio.open_connection(host, port)  # client socket connect
    writer.write(b"hello")  # client send
    writer.write_eof()  # client shutdown
    answer = await asyncio.wait_for(reader.readexactly(5), 5)  # client recv
    writer.close()  # client close
    await writer.wait_closed()
    return answer


async def main() -> None:
    loop = asyncio.get_running_loop()
    streams = await asyncio.start_server(serve, "127.0.0.1", 0)  # listener socket bind listen
    protocols = await loop.create_server(Upper, "127.0.0.1", 0)  # listener socket bind listen
    async with streams, protocols:  # listener close
        for server in (streams, protocols):
            print(await asyncio.create_task(talk(*server.sockets[0].getsockname())))


asyncio.run(main())  # pair socketpair close
