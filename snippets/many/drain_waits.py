"""In asyncio write() keeps what does not fit; drain() waits."""

import asyncio
import socket
from asyncio import StreamWriter


def read(client: socket.socket, most: int) -> int:
    """Read so many bytes, or to the end; count them."""
    count = 0
    while count < most and (words := client.recv(most - count)):
        count += len(words)
    return count


async def serve(writer: StreamWriter, slow: socket.socket) -> None:
    """Write at length to a client that reads late."""
    writer.write(bytes(300_000))
    kept = writer.transport.get_write_buffer_size()
    print("write() is back, with bytes left over:", kept > 0)
    drain = asyncio.create_task(writer.drain())
    await asyncio.wait([drain], timeout=0.1)
    print("nobody reads, drain() is back:", drain.done())
    count = await asyncio.to_thread(read, slow, 250_000)
    await drain
    print("drain() is back, bytes not yet read:", 300_000 - count)
    writer.close()
    await writer.wait_closed()


async def talk(end: socket.socket, client: socket.socket) -> None:
    """Serve the client from a small buffer in the kernel."""
    end.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 32768)
    _, writer = await asyncio.open_connection(sock=end)
    await asyncio.wait_for(serve(writer, client), 5)


def main() -> None:
    """Be a server, and the client that it serves."""
    socket.setdefaulttimeout(5)  # seconds
    with (
        socket.create_server(("127.0.0.1", 0)) as listener,
        socket.create_connection(listener.getsockname()) as client,
    ):
        asyncio.run(talk(listener.accept()[0], client))
        print("the rest arrived:", read(client, 300_000))


if __name__ == "__main__":
    main()
