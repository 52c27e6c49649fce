"""A client that does not read is let go, before it costs more."""

import asyncio
import socket


async def serve(writer: asyncio.StreamWriter) -> None:
    """Send without end; wait for the client, but not for ever.

    Source: Python documentation, asyncio transports.
    """
    transport = writer.transport
    try:
        while True:
            writer.write(bytes(100_000))
            await asyncio.wait_for(writer.drain(), 1)
    except TimeoutError:
        kept = transport.get_write_buffer_size()
        print("too slow, and bytes left over:", kept > 0)
        transport.abort()
        kept = transport.get_write_buffer_size()
        print("let go, and bytes left over:", kept > 0)


async def talk(end: socket.socket) -> None:
    """Serve the client at the other end of a small buffer."""
    end.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 32768)
    _, writer = await asyncio.open_connection(sock=end)
    await asyncio.wait_for(serve(writer), 5)


def main() -> None:
    """Be a client that reads only when it has been let go."""
    socket.setdefaulttimeout(5)  # seconds
    with (
        socket.create_server(("127.0.0.1", 0)) as listener,
        socket.socket() as slow,
    ):
        slow.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        slow.connect(listener.getsockname())
        asyncio.run(talk(listener.accept()[0]))
        count = 0
        while words := slow.recv(262144):
            count += len(words)
        print("what had left still arrived:", count > 0)


if __name__ == "__main__":
    main()
