"""What a program does under the witness is what it does without: output, errors, warnings, and how it ends."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

linux_only = pytest.mark.skipif(sys.platform != "linux", reason="the limits and signals are those of Linux")

PROGRAMS = {
    "tracebacks have no line of the witness": """
import asyncio, logging, os, socket, sys, threading, traceback, unittest

def fail():
    with socket.socket() as one:
        one.connect(("127.0.0.1", 1))

logging.basicConfig(stream=sys.stdout, format="%(message)s")
for call in (fail, lambda: socket.socket(99), lambda: socket.socketpair(99), lambda: os.close(999),
             lambda: os.write(999, b""), lambda: socket.socket().send("text"), lambda: socket.socket().recv(),
             lambda: socket.create_connection(("127.0.0.1", 1)), lambda: socket.socket().accept(),
             lambda: socket.close(999), lambda: socket.socket(fileno=999), lambda: socket.socket.recv(5),
             lambda: os.read("text", 1), lambda: os.close([]), lambda: os.write(),
             lambda: socket.socket().makefile("x")):
    try:
        call()
    except Exception as error:
        traceback.print_exc(file=sys.stdout)
        logging.exception("logged")
        print([frame.name for frame in traceback.extract_tb(error.__traceback__)])

class Case(unittest.TestCase):
    def test(self):
        fail()

handler = logging.StreamHandler()
logging.getLogger("more").addHandler(handler)
logging.getLogger("more").error("%d", "a handler that fails prints where it was called")
print(unittest.TextTestRunner(stream=open(os.devnull, "w")).run(Case("test")).failures)
print(unittest.TextTestRunner(stream=open(os.devnull, "w")).run(Case("test")).errors)
thread = threading.Thread(target=fail, name="worker")
thread.start()
thread.join()

class Fails:
    def __del__(self):
        fail()

Fails()
fail()
""",
    "warnings name the program's line": """
import gc, socket, tracemalloc, warnings

def leak():
    one = socket.socket()
    del one

def leak_by_return():
    one = socket.socket()

def leak_in_cycle():
    one = [socket.socket()]
    one.append(one)

warnings.simplefilter("always")
leak()
leak_by_return()
leak_in_cycle()
gc.collect()
pair = socket.socketpair()
del pair
file = socket.socket().makefile("rb")
del file
tracemalloc.start(5)
leak()
warnings.simplefilter("error")
leak()
left = socket.socket()
""",
    "classes and functions look as they do": """
import copy, inspect, os, pickle, socket, weakref, _socket
from unittest import mock

one = socket.socket()
for look in (lambda: pickle.dumps(one), lambda: copy.copy(one), lambda: pickle.loads(pickle.dumps(os.write)).__name__,
             lambda: pickle.loads(pickle.dumps(socket.socket)), lambda: inspect.signature(socket.socket.__init__),
             lambda: inspect.signature(socket.socket.makefile), lambda: inspect.signature(os.close),
             lambda: isinstance(one, socket.SocketType), lambda: os.fdopen.__qualname__,
             lambda: (isinstance(one, _socket.socket), issubclass(socket.socket, _socket.socket)),
             lambda: repr(_socket.socket), lambda: repr(socket.SocketType),
             lambda: _socket.socket is socket.SocketType is _socket.SocketType,
             lambda: socket.socket.recv.__name__, lambda: socket.socket.recv.__doc__, lambda: socket.socket.__slots__,
             lambda: sorted(dir(one)), lambda: len(inspect.getmembers(one)), lambda: one.send.__self__ is one,
             lambda: one.fileno()):
    try:
        print(look())
    except Exception as error:
        print(type(error), error)

class Slots(_socket.socket):
    __slots__ = ["__weakref__", "more"]

print(isinstance(one, Slots), isinstance(Slots(), Slots), issubclass(Slots, _socket.socket), issubclass(int, Slots))

class Counts(socket.socket):
    def __init__(self, *args, **names):
        super().__init__(*args, **names)
        self.sent = 0
    def send(self, data, *rest):
        self.sent += 1
        return super().send(data, *rest)
    def close(self):
        print("closed after", self.sent)
        super().close()

slots = Slots()
slots.more = slots
slots.close()
with Counts() as server:
    server.bind(("127.0.0.1", 0))
    server.listen()
    with socket.create_connection(server.getsockname()) as client, server.accept()[0] as accepted:
        accepted.send(b"x")
        print(type(accepted), client.recv(1))
with mock.patch.object(socket.socket, "connect", return_value=None) as connect:
    socket.socket().connect(("127.0.0.1", 1))
    print(connect.mock_calls)
with mock.patch("socket.socket") as patched:
    socket.socket().connect(1)
    print(patched.mock_calls)
here, there = socket.socketpair()
socket.send_fds(here, [b"x"], [one.fileno()])
data, (fd,), _, _ = socket.recv_fds(there, 10, 1)
with socket.socket(fileno=fd) as received:
    print(data, received.family)
buffer = bytearray(4)
here.sendmsg([b"ab", b"cd"])
print(there.recvmsg_into([buffer]), buffer)
fd = here.detach()
os.write(fd, b"raw")
print(there.recv(3), here)
os.close(fd)
there.close()
one.close()
print(one)

def forget(argument):
    with socket.socket() as short:
        there = weakref.ref(short)
    short = None
    print(there())

forget(1)
""",
    "what fails on a thread of a pool is let go of at once": """
import gc, socket, socketserver
from concurrent.futures import ThreadPoolExecutor

gc.disable()
Fails = type("Fails", (socketserver.StreamRequestHandler,), {"handle": lambda self: 1 / 0})

with socketserver.TCPServer(("127.0.0.1", 0), Fails) as server, ThreadPoolExecutor() as pool:
    with socket.create_connection(server.server_address, 5) as client:
        pool.submit(Fails, server.socket.accept()[0], None, server)
        print(client.recv(10))
""",
    "limits, locks and replaced functions do not reach the witness": """
import json, marshal, os, resource, signal, socket, sys, time

kept = []
soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
resource.setrlimit(resource.RLIMIT_NOFILE, (40, hard))
try:
    while True:
        kept.append(socket.socket())
except OSError as error:
    print(error, len(kept))
for one in kept:
    one.close()
resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
os.closerange(3, 1000)
signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
resource.setrlimit(resource.RLIMIT_FSIZE, (200, 200))
here, there = socket.socketpair()
for one in (here, there):
    one.setblocking(False)

def deep():
    try:
        here.send(b"x")
    except BlockingIOError:
        pass
    deep()

try:
    deep()
except RecursionError as error:
    print("too deep")

class Alarm(Exception):
    pass

armed = False

def ring(*_):
    if armed:
        raise Alarm

signal.signal(signal.SIGALRM, ring)
signal.setitimer(signal.ITIMER_REAL, 0.001, 0.001)
rings = 0
while rings < 60:
    try:
        armed = True
        try:
            while True:
                try:
                    here.send(b"x")
                    there.recv(1)
                except BlockingIOError:
                    pass
        finally:
            armed = False
    except Alarm:
        rings += 1
signal.setitimer(signal.ITIMER_REAL, 0)
print("rang")

def broken(*_, **__):
    raise ValueError("replaced")

os.write = os.fstat = os.getpid = os.open = os.listdir = time.time_ns = json.dumps = marshal.dumps = broken
os.stat = os.lstat = os.readlink = os.getcwd = os.path.abspath = os.path.realpath = os.path.exists = broken
os.posix_fallocate = os.path.relpath = broken
exec(compile("socket.socket().close()", __file__ + ".other", "exec"))  # of whose file nothing is known yet
here.close()
there.close()
socket.socket().close()
print("end")
sys.exit(5)
""",
}
CHANCE = re.compile(r"0x[0-9a-f]+|\[\d+, |[lr]addr=\([^)]*\)")
"""Addresses in memory, and the ports that the kernel chose."""


def run(*words: str, folder: Path) -> tuple[str, str, int]:
    command = [sys.executable, *words]
    done = subprocess.run(
        command, capture_output=True, text=True, check=False, cwd=folder, timeout=60, stdin=subprocess.DEVNULL
    )
    return CHANCE.sub("", done.stdout), CHANCE.sub("", done.stderr), done.returncode


@linux_only
@pytest.mark.parametrize("name", PROGRAMS)
def test_a_program_does_the_same_under_the_witness(name: str, tmp_path: Path) -> None:
    (tmp_path / "program.py").write_text(PROGRAMS[name], encoding="utf-8")
    stdout, stderr, status = run("program.py", folder=tmp_path)
    report = tmp_path / "r.json"
    words = ("-m", "socktrace", "run", "--timeout", "50", "--json", str(report), "program.py")
    traced, said, _ = run(*words, folder=tmp_path)
    assert traced == stdout
    assert said[: len(stderr)] == stderr
    assert f'"exit_code": {status}' in report.read_text(encoding="utf-8")
