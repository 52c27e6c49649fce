"""The three chat servers: one client that goes without a word, or never reads, ends nobody else's conversation."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import struct
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from snippets.many import many_by_asyncio, many_by_selectors, many_by_threads

PEOPLE = 3
Address = tuple[str, int]


@contextlib.contextmanager
def by_threads() -> Iterator[Address]:
    with socket.create_server(("127.0.0.1", 0)) as listener, ThreadPoolExecutor() as threads:

        def accept() -> None:
            for _ in range(PEOPLE):
                threads.submit(many_by_threads.serve, listener.accept()[0])

        threads.submit(accept)
        yield listener.getsockname()


@contextlib.contextmanager
def by_selectors() -> Iterator[Address]:
    with socket.create_server(("127.0.0.1", 0)) as listener, ThreadPoolExecutor() as threads:
        served = threads.submit(many_by_selectors.serve, listener, PEOPLE)
        yield listener.getsockname()
        served.result()


@contextlib.contextmanager
def by_asyncio() -> Iterator[Address]:
    ready = threading.Event()
    found: list[tuple[Address, asyncio.AbstractEventLoop, asyncio.Event]] = []

    async def serve() -> None:
        done = asyncio.Event()
        async with await asyncio.start_server(many_by_asyncio.serve, "127.0.0.1", 0) as server:
            found.append((server.sockets[0].getsockname(), asyncio.get_running_loop(), done))
            ready.set()
            await done.wait()

    with ThreadPoolExecutor() as threads:
        served = threads.submit(asyncio.run, serve())
        ready.wait(5)
        address, loop, done = found[0]
        yield address
        loop.call_soon_threadsafe(done.set)
        served.result()


def say(sock: socket.socket, line: bytes) -> None:
    sock.sendall(len(line).to_bytes(4) + line)


def hear(sock: socket.socket) -> bytes:
    size = int.from_bytes(sock.recv(4, socket.MSG_WAITALL))
    return sock.recv(size, socket.MSG_WAITALL)


@pytest.mark.parametrize("server", [by_threads, by_selectors, by_asyncio])
def test_one_client_that_resets_ends_no_other_conversation(
    server: Callable[[], contextlib.AbstractContextManager[Address]],
) -> None:
    with server() as address, contextlib.ExitStack() as stack:
        people: list[socket.socket] = []
        for _ in range(PEOPLE):
            people.append(stack.enter_context(socket.create_connection(address, timeout=5)))
            say(people[-1], b"here")
            assert {hear(one) for one in people} == {b"here"}
        rude, ann, ben = people
        rude.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        rude.close()
        for _ in range(3):
            say(ann, b"Ben?")
            assert hear(ben) == hear(ann) == b"Ben?"
