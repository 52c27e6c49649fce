"""Every server for many: whatever a rude client does, the others talk on, and the rude one is let go."""

from __future__ import annotations

import re
import select
import signal
import socket
import struct
import subprocess
import sys
import time
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from sitebuild.programs.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROOT = Path(__file__).parents[2]
IDLE = 1.0
"""How many seconds a server waits for a client that says nothing, as this one does while others have the processor."""
PATIENCE = 10.0
"""After how many seconds a conversation has not gone on."""

LISTEN = """
import asyncio, socket, sys
from concurrent.futures import ThreadPoolExecutor
from {module} import *
listener = socket.create_server(("127.0.0.1", 0))
print(listener.getsockname()[1], flush=True)
"""
CHAT = {
    "many_by_threads": """
with ThreadPoolExecutor() as threads:
    while True: threads.submit(serve, listener.accept()[0])""",
    "many_by_selectors": "serve(listener, 1000)",
    "many_by_asyncio": """
async def forever():
    await (await asyncio.start_server(serve, sock=listener)).serve_forever()
asyncio.run(forever())""",
}
SHOUT = {
    "by_threads": f"serve(listener, {IDLE})",
    "by_selectors": f"serve(listener, {IDLE})",
    "by_asyncio": f"asyncio.run(serve(listener, {IDLE}, asyncio.Event().wait()))",
    "stops_well": f"asyncio.run(serve(listener, {IDLE}, 1))",
}
"""What runs each server, by its module."""
CRAMPED = """
with ThreadPoolExecutor(11) as threads:
    for room_to_send in 2**20, 2**20, *[1] * 9:
        sock, _ = listener.accept()
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, room_to_send)
        threads.submit(serve, sock)"""
"""A chat that has little room for what it sends to all but its first two guests."""
ANYIO = """
{page}
async def shout():
    listener, = (await anyio.create_tcp_listener(local_host="127.0.0.1")).listeners
    print(listener.extra(anyio.abc.SocketAttribute.local_port), flush=True)
    await serve(listener, {idle})
anyio.run(shout, backend="{backend}")
"""
NAIVE = """
import socket
listener = socket.create_server(("127.0.0.1", 0))
print(listener.getsockname()[1], flush=True)
while True:
    conn, _ = listener.accept()
    with conn, conn.makefile("rb") as lines:
        for line in lines:
            conn.sendall(line.upper())
"""


class Guest:
    """A client that speaks as the servers of its kind do.

    Args:
        port: The server's.
        chats: Whether it is a chat, whose lines begin with their length, and not a server that shouts.
        room: How many bytes it asks its kernel to keep room for: soon full, if it is to be slow.
    """

    def __init__(self, port: int, *, chats: bool, room: int = 4096) -> None:
        self.sock = socket.socket()
        self.sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, room)
        self.sock.settimeout(PATIENCE)
        self.sock.connect(("127.0.0.1", port))
        self.chats = chats
        self.ears = self.sock.makefile("rb")

    def say(self, line: bytes) -> None:
        self.sock.sendall(len(line).to_bytes(4) + line if self.chats else line + b"\n")

    def hear(self) -> bytes:
        """Return the next line, `b""` at the end."""
        if not self.chats:
            return self.ears.readline().lower().removesuffix(b"\n")
        return self.ears.read(int.from_bytes(self.ears.read(4)))

    def reset(self) -> None:
        self.sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.close()

    def close(self) -> None:
        self.ears.close()
        self.sock.close()

    def is_let_go(self) -> bool:
        """Say whether the server has hung up; nothing is read."""
        poll = select.poll()
        poll.register(self.sock, select.POLLRDHUP)
        return bool(poll.poll(0))


class Table:
    """Ann and Ben, who talk, and whom nobody may keep from it.

    Args:
        port: The server's.
        chats: Whether they hear each other.
    """

    def __init__(self, port: int, *, chats: bool) -> None:
        self.port, self.chats = port, chats
        self.guests: list[Guest] = []
        self.said = 0
        self.ann, self.ben = self.guest(), self.guest()
        self.ben.say(b"here")
        self.ben.hear()
        self.go_on()

    def guest(self, room: int = 4096) -> Guest:
        self.guests.append(Guest(self.port, chats=self.chats, room=room))
        return self.guests[-1]

    def listener(self, room: int = 4096) -> Guest:
        """Return a guest of a chat whom Ann has heard: from then on the chat has it, and sends it what is said."""
        guest = self.guest(room)
        line = b"guest %d is all ears" % len(self.guests)
        guest.say(line)
        while (heard := self.ann.hear()) != line:
            assert heard, "a guest was thrown out"
        return guest

    def leave(self) -> None:
        for one in self.guests:
            one.close()

    def go_on(self, line: bytes = b"x" * 99) -> None:
        """Let Ann and Ben say a line each; each must be heard, perhaps after what somebody else said."""
        for one in (self.ann, self.ben):
            self.said += 1
            wanted = b"%d %s" % (self.said, line)
            one.say(wanted)
            for other in (self.ann, self.ben) if self.chats else (one,):
                heard = b"something"
                while heard != wanted:
                    heard = other.hear()
                    assert heard, "a guest was thrown out"

    def until(self, over: Callable[[], bool], line: bytes = b"still there?") -> None:
        """Let them talk until something has come about."""
        end = time.monotonic() + PATIENCE
        while not over():
            assert time.monotonic() < end, "the rude one was not let go"
            self.go_on(line)


# -- the rude ones -----------------------------------------------------------------------------------------------------


def leaves_at_once(table: Table) -> None:
    table.guest().close()


def resets(table: Table) -> None:
    rude = table.guest()
    rude.say(b"and bye")
    rude.hear()
    rude.reset()


def resets_in_the_middle(table: Table) -> None:
    rude = table.guest()
    rude.sock.sendall(b"\0\0")
    rude.reset()


def stops_in_the_middle(table: Table) -> None:
    """Leave with half a line, which must not reach anybody as a whole one."""
    rude = table.guest()
    rude.sock.sendall((9).to_bytes(4) + b"half")
    rude.sock.shutdown(socket.SHUT_WR)
    table.until(rude.is_let_go)
    rude.close()


def never_ends_a_line(table: Table) -> None:
    rude = table.guest()
    with suppress(ConnectionError):
        rude.sock.sendall(b"\x7f" * 100_000)
    table.until(rude.is_let_go)
    rude.close()


def says_it_is_done(table: Table) -> None:
    """Not rude: it closes its own direction, and is to get its answer all the same."""
    polite = table.guest()
    polite.say(b"last words")
    polite.sock.shutdown(socket.SHUT_WR)
    assert polite.hear() == b"last words"
    assert polite.hear() == b""
    polite.close()


def never_reads(table: Table) -> None:
    """In a chat the others' words pile up for it; elsewhere the answers to its own."""
    rude = table.listener() if table.chats else table.guest()
    if table.chats:
        for _ in range(40):
            table.go_on(b"x" * 4000)
    else:
        rude.sock.setblocking(False)

        def asks_on() -> bool:
            with suppress(OSError):
                for _ in range(50):
                    rude.say(b"x" * 900)
            return rude.is_let_go()

        table.until(asks_on)
    rude.close()


def is_silent(table: Table) -> None:
    """A chat has people who only listen; elsewhere the silent are let go."""
    rude = table.guest()
    if not table.chats:
        table.until(rude.is_let_go)
    table.go_on()
    rude.close()


RUDE = (
    leaves_at_once,
    resets,
    resets_in_the_middle,
    stops_in_the_middle,
    never_ends_a_line,
    says_it_is_done,
    never_reads,
    is_silent,
)


@contextmanager
def serving(program: str) -> Iterator[int]:
    """Run a server; give its port."""
    command = [sys.executable, "-c", program]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, cwd=ROOT) as server:
        assert server.stdout
        try:
            yield int(server.stdout.readline())
        finally:
            server.kill()


on_linux = pytest.mark.skipif(not hasattr(select, "POLLRDHUP"), reason="Linux tells who has gone without reading")


@on_linux
@pytest.mark.parametrize("name", [*CHAT, *SHOUT])
def test_others_talk_on_whatever_a_client_does(name: str) -> None:
    folder, run = ("many", CHAT[name]) if name in CHAT else ("servers", SHOUT[name])
    attack(LISTEN.format(module=f"snippets.{folder}.{name}") + run, f"snippets/{folder}/{name}.py", chats=name in CHAT)


@on_linux
@pytest.mark.parametrize("backend", ["asyncio", "trio"])
def test_so_they_do_with_the_server_that_only_a_page_shows(backend: str) -> None:
    page = ROOT / "docs/servers/three-ways.md"
    (shown,) = re.findall(
        r"^```python\n(import anyio\n.*?)^```$", page.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL
    )
    attack(ANYIO.format(page=shown, idle=IDLE, backend=backend), str(page), chats=False)


def attack(program: str, where: str, *, chats: bool) -> None:
    """Send every kind of client to a server."""
    with serving(program) as port, ExitStack() as stack:
        table = Table(port, chats=chats)
        stack.callback(table.leave)
        for rude in RUDE:
            try:
                rude(table)
                table.go_on()
            except (AssertionError, OSError) as error:
                pytest.fail(f"{where}: a client that {rude.__name__}: {error!r}")


@on_linux
def test_a_reset_in_the_moment_of_the_end_cuts_nobody_off() -> None:
    """A talk may be over for the kernel and not yet for the program, which hears of both in one turn of its loop."""
    run = f"asyncio.run(serve(listener, {PATIENCE}, 1))"
    program = LISTEN.format(module="snippets.servers.stops_well") + run
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, cwd=ROOT) as server:
        assert server.stdout
        table = Table(int(server.stdout.readline()), chats=False)
        server.send_signal(signal.SIGSTOP)
        table.ben.reset()
        server.send_signal(signal.SIGTERM)
        server.send_signal(signal.SIGCONT)
        assert not table.ann.hear()
        table.ann.close()
    assert server.returncode == 0


@on_linux
@pytest.mark.parametrize("name", ["by_asyncio", "stops_well"])
def test_one_who_asks_much_at_once_does_not_have_the_loop_to_itself(name: str) -> None:
    """Where nothing has to be waited for, an `await` gives nobody else a turn."""
    asked = b"x\n" * 20_000
    command = [sys.executable, "-c", LISTEN.format(module=f"snippets.servers.{name}") + SHOUT[name]]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, cwd=ROOT) as server:
        assert server.stdout
        table = Table(int(server.stdout.readline()), chats=False)
        with socket.create_connection(("127.0.0.1", table.port), PATIENCE) as rude:
            rude.sendall(b"hello\n")
            assert rude.recv(6) == b"HELLO\n"
            server.send_signal(signal.SIGSTOP)
            rude.sendall(asked)
            table.ann.say(b"me, too")
            server.send_signal(signal.SIGCONT)
            assert table.ann.hear() == b"me, too"
            server.send_signal(signal.SIGSTOP)
            rude.settimeout(0.1)
            answered = 0
            with suppress(TimeoutError):
                while got := len(rude.recv(65536)):
                    answered += got
        table.leave()
        server.kill()
    assert answered < len(asked)


def test_the_three_answer_the_same_visitors_alike() -> None:
    store = Store(ROOT)
    names = [f"servers/{name}.py" for name in SHOUT if name.startswith("by_")]
    texts = [store.source(name).read_text(encoding="utf-8") for name in names]
    visitors = {text[text.index("def say(") : text.index("        part(ann)\n")] for text in texts}
    assert len(names) == 3
    assert len(visitors) == 1
    assert len({recorded.stdout for name in names if (recorded := store.load(name))}) == 1


@on_linux
def test_a_frame_of_which_a_part_fits_holds_nobody_up() -> None:
    """Writable means that some bytes fit: a blocking call for all of them would wait, and hold the lock meanwhile."""
    with serving(LISTEN.format(module="snippets.many.many_by_threads") + CRAMPED) as port, ExitStack() as stack:
        table = Table(port, chats=True)
        stack.callback(table.leave)
        crowd = [table.listener(room) for room in range(1, 9000, 1000)]
        for _ in range(20):
            table.go_on(b"x" * 4090)
        for rude in crowd:
            assert rude.ears.read(), "it reads at last, and comes to the end: it was let go"


def test_a_server_that_guards_against_nothing_is_caught() -> None:
    with serving(NAIVE) as port:
        first, second = Guest(port, chats=False), Guest(port, chats=False)
        second.sock.settimeout(0.1)
        second.say(b"hello")
        with pytest.raises(TimeoutError):
            second.hear()
        first.close()
        second.close()
