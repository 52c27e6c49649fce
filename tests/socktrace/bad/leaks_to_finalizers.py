"""Sockets are closed by every kind of function that the collector calls."""

import asyncio
import socket
import weakref
from collections.abc import AsyncIterator, Iterator


class Pool:
    def __init__(self, one: socket.socket) -> None:
        self.one = one


def words(one: socket.socket) -> Iterator[bytes]:
    with one:
        while True:
            yield one.recv(1)


def first(one: socket.socket) -> bytes:
    for word in words(one):
        return word
    return b""


async def lines(one: socket.socket) -> AsyncIterator[bytes]:
    with one:
        while True:
            yield one.recv(1)


async def first_line(one: socket.socket) -> None:
    async for _ in lines(one):
        break
    await asyncio.sleep(0)


finalized = socket.socket()
pool = Pool(finalized)
weakref.finalize(pool, finalized.close)
called_back = socket.socket()
reference = Pool(called_back)
kept = weakref.ref(reference, lambda _: called_back.close())
del pool, reference

in_file = socket.socket()
file = in_file.makefile("rb")
in_file.close()
del file

here, there = socket.socketpair()
with there:
    there.sendall(b"x")
    first(here)
here, there = socket.socketpair()
with there:
    there.sendall(b"x")
    asyncio.run(first_line(here))
# fault: collected 38: the socket 1 was closed by the garbage collector, not by the program
# fault: collected 41: the socket 2 was closed by the garbage collector, not by the program
# fault: collected 46: the socket 3 was closed by the garbage collector, not by the program
# fault: collected 51: the paired socket 4 was closed by the garbage collector, not by the program
# fault: collected 55: the paired socket 6 was closed by the garbage collector, not by the program
