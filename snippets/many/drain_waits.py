"""In asyncio write() keeps what does not fit; drain() waits."""

import asyncio
import socket


def read_all(listener: socket.socket) -> int:
    """Accept a connection, read to its end, count the bytes."""
    count = 0
    with listener.accept()[0] as accepted:
        while words := accepted.recv(262144):
            count += len(words)
    return count


async def talk(listener: socket.socket) -> None:
    """Write at length to somebody who starts to read late.

    Source: Python documentation, asyncio streams.
    """
    host, port = listener.getsockname()
    _, writer = await asyncio.open_connection(host, port)
    end = writer.get_extra_info("socket")
    end.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 32768)
    writer.write(bytes(500_000))
    kept = writer.transport.get_write_buffer_size()
    print("write() is back, with bytes left over:", kept > 0)
    drain = asyncio.create_task(writer.drain())
    await asyncio.wait([drain], timeout=0.1)
    print("nobody reads, drain() is back:", drain.done())
    reading = asyncio.to_thread(read_all, listener)
    reader = asyncio.create_task(reading)
    await drain
    print("somebody reads, drain() is back:", drain.done())
    writer.close()
    await writer.wait_closed()
    print("bytes that arrived:", await reader)


def main() -> None:
    """Listen, but accept only when the writer waits."""
    socket.setdefaulttimeout(5)  # seconds
    with socket.create_server(("127.0.0.1", 0)) as listener:
        asyncio.run(asyncio.wait_for(talk(listener), 5))


if __name__ == "__main__":
    main()
