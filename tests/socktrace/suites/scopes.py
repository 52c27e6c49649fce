"""Whose is it? Fixtures of every scope, classes of unittest, pools, and what a failing test leaves."""

from __future__ import annotations

import asyncio
import gc
import multiprocessing
import socket
import socketserver
import threading
import time
import unittest
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from socktrace.pytest_plugin.witnessed import Witnessed

KEPT: list[object] = []
EARLY = socket.socket()


class Echo(socketserver.BaseRequestHandler):
    def handle(self) -> None:
        while data := self.request.recv(100):
            self.request.sendall(data)


class Pool:
    """Opens a connection when somebody needs one, and keeps it."""

    def __init__(self) -> None:
        self.connection: socket.socket | None = None

    def ask(self, address: tuple[str, int]) -> bytes:
        if self.connection is None:
            self.connection = socket.create_connection(address)
        self.connection.sendall(b"x")
        return self.connection.recv(1)

    def close(self) -> None:
        if self.connection:
            self.connection.close()


POOL = Pool()


@pytest.fixture(scope="session")
def server() -> Iterator[tuple[str, int]]:
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Echo) as running:
        running.daemon_threads = True
        thread = threading.Thread(target=running.serve_forever)
        thread.start()
        yield ("127.0.0.1", running.server_address[1])
        running.shutdown()
        thread.join()


@pytest.fixture(scope="session")
def pool(server: tuple[str, int]) -> Iterator[Pool]:
    assert server
    made = Pool()
    yield made
    made.close()


@pytest.fixture(scope="session")
def caller(server: tuple[str, int]) -> Iterator[socket.socket]:
    with socket.socket() as one:
        one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        one.bind(("127.0.0.1", 0))
        one.connect(server)
        yield one


@pytest.fixture(scope="module")
def forgetful() -> Iterator[int]:
    # found in the module fixture 'forgetful': the listening socket (127.0.0.1:PORT) was closed by the garbage collector
    listener = socket.create_server(("127.0.0.1", 0))
    yield listener.fileno()  # noqa: PT022 - it forgets to close it


@pytest.fixture
def opened() -> socket.socket:
    # found in test_uses_what_a_fixture_forgets: the socket was still open
    return socket.socket()


def test_leaves_a_process() -> None:  # first: a fork has all that is open
    # found in test_leaves_a_process: the child process PID was still running: a name
    multiprocessing.get_context("fork").Process(target=time.sleep, args=(3,), daemon=True, name="a name").start()


def test_first_of_a_pool(pool: Pool, server: tuple[str, int]) -> None:
    assert pool.ask(server) == b"x"


def test_pool_of_the_module(server: tuple[str, int]) -> None:
    assert POOL.ask(server) == b"x"


def test_forgets_its_client(server: tuple[str, int]) -> None:
    # found in test_forgets_its_client: the connecting socket (127.0.0.1:PORT) was still open
    KEPT.append(socket.create_connection(server))


def test_forgets_what_calls_from_a_shared_port(caller: socket.socket) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener, socket.socket() as client:
        client.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        client.bind(caller.getsockname())
        client.connect(listener.getsockname())
        # found in test_forgets_what_calls_from_a_shared_port: the accepted socket (127.0.0.1:PORT)
        KEPT.append(listener.accept()[0])


def test_uses_what_a_module_shares(forgetful: int) -> None:
    assert forgetful > 0


def test_uses_what_a_fixture_forgets(opened: socket.socket) -> None:
    assert opened.fileno() > 0


@pytest.mark.parametrize("number", [1, 2])
def test_is_one_of_several(number: int) -> None:
    if number == 2:
        # found in test_is_one_of_several[2]: the socket was closed by the garbage collector
        socket.socket()


def test_fails_by_itself() -> None:
    # section of test_fails_by_itself: the socket was still open
    KEPT.append(socket.socket())
    pytest.fail("on purpose")


@pytest.mark.xfail(strict=True)
def test_is_known_to_fail() -> None:
    KEPT.append(socket.socket())
    pytest.fail("on purpose")


class TestSharing(unittest.TestCase):
    listener: socket.socket

    @classmethod
    def setUpClass(cls) -> None:
        cls.listener = socket.create_server(("127.0.0.1", 0))
        cls.addClassCleanup(cls.listener.close)

    def setUp(self) -> None:
        self.client = socket.create_connection(self.listener.getsockname())

    def tearDown(self) -> None:
        self.client.close()

    def test_accepts(self) -> None:
        self.listener.accept()[0].close()

    def test_keeps(self) -> None:
        # found in TestSharing.test_keeps: the accepted socket (127.0.0.1:PORT) was still open
        KEPT.append(self.listener.accept()[0])


class TestForgetting(unittest.TestCase):
    @classmethod
    def setUpClass(cls) -> None:
        # found in setUpClass of TestForgetting: the listening socket (127.0.0.1:PORT) was still open
        KEPT.append(socket.create_server(("127.0.0.1", 0)))

    def test_nothing(self) -> None:
        pass


class TestStreams(unittest.IsolatedAsyncioTestCase):
    async def test_closes(self) -> None:
        async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            writer.write(await reader.read(1))
            writer.close()
            await writer.wait_closed()

        server = await asyncio.start_server(answer, "127.0.0.1", 0)
        reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname()[:2])
        writer.write(b"x")
        assert await reader.read() == b"x"
        writer.close()
        await writer.wait_closed()
        server.close()
        await server.wait_closed()

    async def test_forgets_its_server(self) -> None:
        # found in TestStreams.test_forgets_its_server: the listening socket (127.0.0.1:PORT), opened by asyncio
        server = await asyncio.start_server(lambda *_: None, "127.0.0.1", 0)
        KEPT.append(server)


def test_keeps_a_loop() -> None:
    asyncio.set_event_loop(asyncio.new_event_loop())


@pytest.mark.socktrace(allow=["left-open"])
def test_may_leave_it_open() -> None:
    cycle: list[object] = [socket.socket()]
    cycle.append(cycle)


def test_looks_at_itself(socktrace: Witnessed, server: tuple[str, int], tmp_path: Path) -> None:
    with socket.create_connection(server) as client:
        client.sendall(b"question")
        assert client.recv(8) == b"question"
    gc.collect()  # finds what another test left
    recording = socktrace.recording
    assert [call.name for call in recording.calls if call.path == "" and call.name != "close"] != []
    assert "collected" not in {call.name for call in recording.calls}
    assert [call.data for call in recording.calls if call.name == "recv" and call.size] != []
    assert "connect(127.0.0.1:" in socktrace.ladder
    assert "question" in socktrace.to_html(tmp_path / "run.html").read_text(encoding="utf-8")
