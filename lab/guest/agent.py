"""The first process of the machine: runs the programs that the page sends, and tells what came of them.

It has loaded what programs need before the machine's state is saved, and forks for each run: nothing is loaded twice.
How it and the page talk is said in `wire`.
"""

import contextlib
import ctypes
import fcntl
import gc
import importlib
import json
import mmap
import os
import selectors
import shutil
import signal
import struct
import sys
import termios
import time
import tty
from typing import Any

import runner
import wire

MOUNTS = (
    ("proc", "/proc"),
    ("sysfs", "/sys"),
    ("devtmpfs", "/dev"),
    ("devpts", "/dev/pts"),
    ("tmpfs", "/dev/shm"),
    ("tmpfs", "/tmp"),
)
CONSOLE = "/dev/hvc0"
_NAMES = (
    "array asyncio atexit base64 bisect binascii collections.abc concurrent.futures.thread contextlib "
    "copy dataclasses datetime enum errno faulthandler fcntl functools gc glob hashlib heapq "
    "inspect io ipaddress itertools json linecache logging math operator os pathlib "
    "pickle platform queue random re resource select selectors shlex shutil signal socket socketserver stat "
    "string struct subprocess sys tempfile termios textwrap threading time tokenize traceback tty types typing "
    "unicodedata urllib.parse warnings weakref zlib"
)
LOADED = _NAMES.split()
"""What programs about sockets import."""
WATCHING = (
    "socktrace.program",
    "socktrace.recorder",
    "socktrace.assembly",
    "socktrace.verdict",
    "socktrace.ladder.document",
    "encodings.utf_8_sig",
    "encodings.idna",
)
"""What a run imports, and all that these import; the last for the name of a host."""
ADD_ENTROPY, RESEED = 0x40085203, 0x5207  # RNDADDENTROPY, RNDRESEEDCRNG (random(4))
SETTINGS = {
    "net/ipv4/tcp_rmem": "4096 131072 33554432",
    "net/ipv4/tcp_wmem": "4096 16384 4194304",
    "net/core/rmem_default": "212992",
    "net/core/wmem_default": "212992",
    "net/core/rmem_max": "4194304",
    "net/core/wmem_max": "4194304",
    "net/ipv4/tcp_mem": "190000 250000 380000",
}
"""What the kernel would choose by the size of its memory, or of a pointer, and a reader would see: such as the scale of
TCP's window. Here it is as where the recordings were made."""
PROCESSES, PAIRS = 1_000, 20_000
"""How many processes and pairs of sockets have been there before the first program."""
GRACE, LATE = 1.0, 10.0
"""For how many seconds a program may answer to Ctrl-C before it is killed, and who watched it may then take to tell."""
SCRATCH = ("/tmp", "/srv", "/dev/shm")
"""Where runs leave files."""


def mount() -> None:
    """Make the file systems that programs expect."""
    libc = ctypes.CDLL(None, use_errno=True)
    for kind, place in MOUNTS:
        os.makedirs(place, exist_ok=True)
        options = b"size=100%" if kind == "tmpfs" else None
        if libc.mount(kind.encode(), place.encode(), kind.encode(), 0, options) != 0:
            raise OSError(ctypes.get_errno(), f"cannot mount {place}")
    libc.sethostname(b"lab", 3)


def raise_loopback() -> None:
    """Bring the loopback interface up, for what runs outside of a network of its own."""
    import socket

    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as control:
        fcntl.ioctl(control, 0x8914, struct.pack("16sH14x", b"lo", 0x1))  # SIOCSIFFLAGS, IFF_UP


def setting(name: str) -> str:
    """Return one of the kernel's settings (sysctl(8))."""
    with open(f"/proc/sys/{name}") as file:
        return file.read()


def set_to(name: str, value: str) -> None:
    """Change one of the kernel's settings. It ignores what is not written to the file's beginning."""
    with open(f"/proc/sys/{name}", "w") as file:
        file.write(value)


def deliver_at_once() -> None:
    """Let the thread that delivers packets when there are many go before all programs.

    On a quick machine whoever sends them delivers them; on one as slow as this the kernel soon leaves it to the thread.
    """
    for name in os.listdir("/proc"):
        if name.isdigit():
            with open(f"/proc/{name}/comm") as file:
                if file.read().startswith("ksoftirqd"):
                    os.sched_setscheduler(int(name), os.SCHED_FIFO, os.sched_param(1))


def grow_old() -> None:
    """Use up small numbers of processes and sockets, which would be mistaken for others that a program prints."""
    import socket

    for _ in range(PROCESSES):
        if (pid := os.fork()) == 0:
            os._exit(0)
        os.waitpid(pid, 0)
    for _ in range(PAIRS):
        for end in socket.socketpair():
            end.close()


def load() -> None:
    """Load what programs need, and what watches them and tells of it."""
    for name in (*LOADED, *WATCHING):
        importlib.import_module(name)
    asyncio = sys.modules["asyncio"]
    asyncio.run(asyncio.sleep(0))  # it loads more when it first runs


class Task:
    """A run that is going on, or the process of one that stands by.

    Args:
        pid: Its process.
        output: Where what its programs print can be read, and which stream it is.
        report: Where its frames can be read.
        input: Where what somebody types goes.
        orders: Where the request goes, if it stands by.
    """

    def __init__(self, pid: int, output: dict[int, int], report: int, input: int, orders: int) -> None:
        self.pid, self.output, self.report, self.input, self.orders = pid, output, report, input, orders
        self.number = 0
        self.frames = wire.Frames()
        self.stopped = 0.0
        self.is_ready = self.is_deaf = self.ended = False

    def descriptors(self) -> list[int]:
        """Return what is open for it."""
        return [fd for fd in (*self.output, self.report, self.input, self.orders) if fd >= 0]


class Agent:
    """Serves the page.

    Args:
        console: The descriptor of the line to it.
    """

    def __init__(self, console: int) -> None:
        self.console = console
        self.tasks: dict[int, Task] = {}
        self.standby: Task | None = None
        self.frames = wire.Frames()
        self.taken = self.told = 0
        self.ready = selectors.DefaultSelector()
        self.ready.register(console, selectors.EVENT_READ, self.hear)

    def tell(self, kind: bytes, task: int = 0, payload: bytes = b"") -> None:
        """Send a frame to the page."""
        rest = memoryview(wire.frame(kind, task, payload))
        while rest:
            rest = rest[os.write(self.console, rest[:2048]) :]

    def prepare(self) -> None:
        """Wait until a process stands by, before the machine's state is saved."""
        self.standby = self.fork(None)
        while not self.standby.is_ready:
            self.turn(None)

    def serve(self) -> None:
        """Do what the page says, for ever."""
        self.tell(wire.HELLO)
        while True:
            hurry = any(task.stopped or task.ended for task in self.tasks.values())
            self.turn(0.02 if hurry else None)
            self.see_out()

    def turn(self, pause: float | None) -> None:
        """Wait once for what comes, and take it."""
        for key, _ in self.ready.select(pause):
            key.data(key.fd)

    def hear(self, fd: int) -> None:
        """Take what the page sent."""
        data = os.read(fd, 4096)
        self.taken += len(data)
        if self.taken - self.told >= wire.PIECE:
            self.told = self.taken
            self.tell(wire.TAKEN, 0, struct.pack("<I", self.taken & 0xFFFFFFFF))
        for kind, number, payload in self.frames.add(data):
            if kind == wire.RUN:
                self.start(number, json.loads(payload))
            elif kind == wire.WAKE:
                self.wake(json.loads(payload))
            elif number in self.tasks:
                self.pass_on(self.tasks[number], kind, payload)

    def wake(self, told: dict[str, Any]) -> None:
        """Set the clock and stir the random numbers: the saved state knows neither the day nor the reader."""
        time.clock_settime(time.CLOCK_REALTIME, told["time"] / 1000)
        seed = bytes.fromhex(told["seed"])
        random = os.open("/dev/urandom", os.O_WRONLY)
        fcntl.ioctl(random, ADD_ENTROPY, struct.pack("ii", len(seed) * 8, len(seed)) + seed)
        fcntl.ioctl(random, RESEED)
        os.close(random)
        self.tell(wire.AWAKE)

    def start(self, number: int, request: dict[str, Any]) -> None:
        """Begin a run: in the process that stands by, if that is enough for it, else in one of its own."""
        request["number"] = number
        if other := self.tasks.get(request.get("beside", 0)):
            request["beside"] = next(iter(descendants(other.pid)), other.pid)
        task, self.standby = self.standby, None
        if task is None or task.ended or "timeout" in request or len(request.get("programs", ())) != 1:
            self.standby = task
            task = self.fork(request)
        else:
            rest = memoryview(wire.message(request))
            while rest:
                rest = rest[os.write(task.orders, rest) :]
            os.close(task.orders)
            task.orders = -1
        task.number = number
        self.tasks[number] = task

    def fork(self, request: dict[str, Any] | None) -> Task:
        """Fork the process of a run; without a request it stands by for one."""
        count = len(request.get("programs", ())) if request else 1
        pipes = [os.pipe() for _ in range(2 * max(1, count))]
        report, typed, orders = os.pipe(), os.pipe(), os.pipe()
        own = [writing for _, writing in pipes]
        pid = os.fork()
        if pid == 0:
            os.close(self.console)
            os.dup2(typed[0], 0)
            for fd in (*typed, report[0], orders[1], *(reading for reading, _ in pipes)):
                os.close(fd)
            for task in (*self.tasks.values(), *([self.standby] if self.standby else ())):
                for fd in task.descriptors():
                    os.close(fd)
            self.ready.close()
            if request:
                runner.run(request, own, report[1])
            runner.stand_by(orders[0], own, report[1])
        for fd in (typed[0], report[1], orders[0], *own):
            os.close(fd)
        if request:
            os.close(orders[1])
        output = {reading: stream for stream, (reading, _) in enumerate(pipes)}
        task = Task(pid, output, report[0], typed[1], -1 if request else orders[1])
        for fd in (*output, report[0]):
            self.ready.register(fd, selectors.EVENT_READ, lambda fd, task=task: self.forward(task, fd))
        return task

    def forward(self, task: Task, fd: int) -> None:
        """Hand on what a run wrote."""
        data = os.read(fd, 65536)
        if not data:
            self.ready.unregister(fd)
            os.close(fd)
            if fd == task.report:
                task.report, task.ended = -1, True
            else:
                del task.output[fd]
        elif fd == task.report:
            for kind, _, payload in task.frames.add(data):
                if kind == wire.READY:
                    task.is_ready = True
                else:
                    self.tell(kind, task.number, payload)
        else:
            self.tell(wire.OUTPUT, task.number, bytes([task.output[fd]]) + data)

    def pass_on(self, task: Task, kind: bytes, payload: bytes) -> None:
        """Do to a run what the page says."""
        if kind == wire.INPUT and task.input >= 0:
            with contextlib.suppress(OSError):  # nobody reads it
                os.write(task.input, payload)
        elif kind == wire.END and task.input >= 0:
            os.close(task.input)
            task.input = -1
        elif kind == wire.STOP:
            os.kill(task.pid, signal.SIGINT)
            task.stopped = time.monotonic()

    def see_out(self) -> None:
        """Clear away the runs that have ended, and those that would not."""
        has_ended = False
        for task in [*self.tasks.values()]:
            if task.stopped and time.monotonic() - task.stopped > (LATE if task.is_deaf else GRACE):
                # first the programs: who watched them, the first below this task, lives to tell
                doomed = [task.pid] if task.is_deaf else descendants(task.pid)[1:]
                task.stopped, task.is_deaf = time.monotonic(), True
                for pid in doomed:
                    kill(pid)
            if not task.ended:
                continue
            has_ended = True
            if len(self.tasks) == 1 and os.getpid() == 1:
                kill(-1)  # whatever it has left behind: all processes but this one
            status = os.waitpid(task.pid, 0)[1]
            self.let_go(task)
            del self.tasks[task.number]
            self.tell(wire.DONE, task.number, json.dumps({"status": os.waitstatus_to_exitcode(status)}).encode())
        if has_ended and not self.tasks:
            self.renew()
        self.reap()

    def let_go(self, task: Task) -> None:
        """Read to its end what a process has printed that is gone, and close what was open for it."""
        for fd in [*task.output]:
            while fd in task.output:
                self.forward(task, fd)
        if task.report >= 0:
            self.ready.unregister(task.report)
        for fd in task.descriptors():
            os.close(fd)

    def renew(self) -> None:
        """Make all as it was before a run: nothing is left of it, and a process stands by for the next."""
        if self.standby:  # it was killed with the rest
            os.waitpid(self.standby.pid, 0)
            self.let_go(self.standby)
            self.standby = None
        for folder in SCRATCH:
            for name in os.listdir(folder):
                remove(f"{folder}/{name}")
        self.standby = self.fork(None)

    def reap(self) -> None:
        """Collect orphans that have ended; a run's own process is waited for when its frames have come."""
        own = {task.pid for task in self.tasks.values()} | ({self.standby.pid} if self.standby else set())
        while True:
            try:
                ended = os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOHANG | os.WNOWAIT)
            except ChildProcessError:
                return
            if ended is None or ended.si_pid in own:
                return
            os.waitpid(ended.si_pid, 0)


def remove(path: str) -> None:
    """Remove a file, or a folder with all that is in it."""
    try:
        os.unlink(path)
    except OSError:  # a folder
        shutil.rmtree(path, ignore_errors=True)


def kill(pid: int) -> None:
    """Kill a process that may be gone."""
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)


def descendants(pid: int) -> list[int]:
    """Return the processes that a process started, and those that they started, the nearest first."""
    parents: dict[int, list[int]] = {}
    for name in os.listdir("/proc"):
        if name.isdigit():
            try:
                with open(f"/proc/{name}/stat") as file:
                    parent = int(file.read().rpartition(")")[2].split()[1])
            except OSError:
                continue
            parents.setdefault(parent, []).append(int(name))
    found = list(parents.get(pid, ()))
    for one in found:
        found += parents.get(one, ())
    return found


def fill_with_zeros() -> None:
    """Write zeros over the memory that is free, so that the saved state need not hold what was there.

    A process takes all that there is, until the kernel ends it for that.
    """
    usual = setting("vm/min_free_kbytes")
    set_to("vm/min_free_kbytes", "64")
    taken: list[mmap.mmap] = []
    pid = os.fork()
    if pid == 0:
        with open("/proc/self/oom_score_adj", "w") as score:
            score.write("1000")
        while True:
            block = mmap.mmap(-1, 1 << 20)
            for page in range(0, len(block), mmap.PAGESIZE):
                block[page] = 0
            taken.append(block)
    os.waitpid(pid, 0)
    set_to("vm/min_free_kbytes", usual)


def free_kilobytes() -> int:
    """Return how much memory nobody uses."""
    with open("/proc/meminfo") as table:
        return next(int(line.split()[1]) for line in table if line.startswith("MemFree"))


def main() -> None:
    """Be the first process."""
    mount()
    os.environ.update(PATH="/usr/bin:/bin", HOME="/root", USER="root", LANG="C.UTF-8", TERM="dumb")
    os.environ.pop("TERM")
    raise_loopback()
    for name, value in SETTINGS.items():
        set_to(name, value)
    deliver_at_once()
    grow_old()
    load()
    gc.collect()
    gc.freeze()
    print(f"{free_kilobytes():,} kB free, {len(sys.modules)} modules", flush=True)
    console = os.open(CONSOLE, os.O_RDWR | os.O_NOCTTY | os.O_CLOEXEC)
    tty.setraw(console, termios.TCSANOW)
    null = os.open(os.devnull, os.O_RDWR)
    for fd in range(3):
        os.dup2(null, fd)
    os.close(null)
    agent = Agent(console)
    agent.prepare()
    fill_with_zeros()
    agent.serve()


if __name__ == "__main__":
    main()
