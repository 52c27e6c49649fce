"""Errors of handlers of which a loop and a server of libraries say nothing."""

import asyncio
import socket
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent / "site-packages"))
import hypercorn  # type: ignore[import-not-found]
import uvloop  # type: ignore[import-not-found]


def convert(connection: socket.socket) -> None:
    print(int(connection.recv(10)))


async def serve(connection: socket.socket) -> None:
    asyncio.get_running_loop().call_soon(convert, connection)
    await asyncio.sleep(0)
    print(int(connection.recv(10)))


loop = uvloop.Loop()
one, other = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
with one, other:
    for word in (b"one", b"two"):
        one.send(word)
    loop.run_until_complete(hypercorn.call(serve(other)))
loop.close()
# fault: stderr 14: an error ended what uvloop had called: ValueError: invalid literal for int() with base 10: b'one'
# fault: stderr 20: an error ended what hypercorn had called: ValueError: invalid literal for int() with base 10: b'two'
