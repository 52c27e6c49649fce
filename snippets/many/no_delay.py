"""TCP_NODELAY is off in a new socket, and asyncio turns it on.

From then on each small piece is sent without delay.
"""

import asyncio
import socket


def no_delay(end: socket.socket) -> bool:
    """Say whether TCP_NODELAY is on.

    Source: tcp(7).
    """
    option = (socket.IPPROTO_TCP, socket.TCP_NODELAY)
    return bool(end.getsockopt(*option))


async def talk(client: socket.socket) -> None:
    """Give a socket to asyncio, which closes it in the end.

    Source: Python documentation, loop.create_connection().
    """
    _, writer = await asyncio.open_connection(sock=client)
    print("in the hands of asyncio:", no_delay(client))
    for piece in (b"one", b"two", b"three"):
        writer.write(piece)
    writer.close()
    await writer.wait_closed()


def main() -> None:
    """Make a plain connection, then use it with asyncio."""
    socket.setdefaulttimeout(5)  # seconds
    with socket.create_server(("127.0.0.1", 0)) as listener:
        client = socket.create_connection(listener.getsockname())
        print("as a plain socket:", no_delay(client))
        with listener.accept()[0] as accepted:
            asyncio.run(asyncio.wait_for(talk(client), 5))
            heard = b""
            while words := accepted.recv(1024):
                heard += words
            print("server reads:", heard)


if __name__ == "__main__":
    main()
