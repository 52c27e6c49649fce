"""The first process inside a session's namespaces: it makes the hosts, takes the steps, and tells what came of them.

It is started by `runner` as process 1 of a new process namespace, so that nothing outlives it. It reads one line of
JSON from standard input and writes one to standard output; when its input ends, it ends.
"""

from __future__ import annotations

import contextlib
import ctypes
import json
import os
import select
import shutil
import signal
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from socktrace import kernel
from socktrace.kernel.endpoints import Leftover
from socktrace.packets.tap import Captured, Tap
from socktrace.session.model import StepError

_HOME = Path("/run/session/home")
_BIN = Path("/run/session/bin")
_FILES = {
    "/etc/hosts": "127.0.0.1 localhost\n::1 localhost\n",
    "/etc/nsswitch.conf": "passwd: files\ngroup: files\nhosts: files\nservices: files\nprotocols: files\n",
}
_CLONE_NEWNET = 0x40000000
_FIRST_PID = 1000  # so that ids have four digits everywhere
_POLL = 0.005
"""How many seconds pass between two looks at a table of sockets: short beside a step, long beside the look itself."""
_SETTLE = 1.0
"""How many seconds the last packets get to cross after the last step. A link of a session adds no delay, so they take
milliseconds; the rest is for a machine that has much else to do."""
_STILL = ("ESTABLISHED", "TIME_WAIT", "CLOSE", "LISTEN")
"""The states of a TCP socket that neither opens nor closes."""
_MS_NODEV_NOSUID, _MS_BIND = 0x6, 0x1000


def main() -> None:
    """Run the session that standard input describes."""
    job = json.loads(sys.stdin.readline())
    threading.Thread(target=_end_with_input, daemon=True).start()
    answer: dict[str, Any] = {"acts": [], "fault": ""}
    try:
        _furnish(job["python"])
        warden = Warden(job["limit"], job["path"])
        warden.prepare(job["hosts"], job["setup"])
        warden.watch(job["watch"])
        for number, step in enumerate(job["steps"], 1):
            try:
                answer["acts"].append(warden.take(step))
            except StepError as fault:
                raise StepError(f"step {number} on {step['host']}: {step['command']}\n{fault}") from None
        answer["captured"] = warden.captured()
    except StepError as fault:
        answer["fault"] = str(fault)
    sys.stdout.write(json.dumps(answer))
    sys.stdout.flush()
    os._exit(0)


def _end_with_input() -> None:
    """End, and all with it, when the process that started the session is gone."""
    sys.stdin.read()
    os._exit(1)


def _furnish(python: str) -> None:
    """Make the few files that are the same on every machine."""
    _mount(b"tmpfs", b"/run", b"tmpfs", _MS_NODEV_NOSUID)
    _HOME.mkdir(parents=True)
    _BIN.mkdir()
    (_BIN / "python3").symlink_to(python)
    # its Python is that of an empty virtual environment (PEP 405): what is installed here is not there
    home = os.path.dirname(os.path.realpath(python))
    environment = f"home = {home}\ninclude-system-site-packages = false\n"
    (_BIN.parent / "pyvenv.cfg").write_text(environment, encoding="utf-8")
    for path, text in _FILES.items():
        if Path(path).is_file():
            own = _BIN.parent / Path(path).name
            own.write_text(text, encoding="ascii")
            _mount(bytes(own), path.encode(), b"none", _MS_BIND)
    with contextlib.suppress(OSError):  # not every kernel can
        Path("/proc/sys/kernel/ns_last_pid").write_text(str(_FIRST_PID), encoding="ascii")
    os.chdir(_HOME)


def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)


def _mount(source: bytes, target: bytes, kind: bytes, flags: int) -> None:
    if _libc().mount(source, target, kind, flags, None) != 0:
        raise StepError(f"cannot mount {target.decode()}: {os.strerror(ctypes.get_errno())}")


class Warden:
    """Runs commands on hosts.

    Args:
        limit: How many seconds a command, and each wait, may take.
        path: The folders of the programs.
    """

    def __init__(self, limit: float, path: str) -> None:
        self._limit = limit
        self._statuses: dict[int, int] = {}
        self._hosts: list[str] = []
        self._taps: dict[str, Tap] = {}
        self._captured: dict[str, list[Captured]] = {}
        self._own = os.open("/proc/self/ns/net", os.O_RDONLY | os.O_CLOEXEC)
        self._environment = {
            "PATH": f"{_BIN}:{path}",
            "HOME": str(_HOME),
            "LC_ALL": "C",
            "TZ": "UTC",
            "TERM": "dumb",
            "COLUMNS": "100",
            "NO_COLOR": "1",
            "PYTHONDONTWRITEBYTECODE": "1",
            "NSTAT_HISTORY": str(_HOME.parent / "nstat"),  # or it's one file in /tmp, which all sessions would share
        }

    def prepare(self, hosts: list[str], setup: str) -> None:
        """Make the hosts and run the setup.

        Raises:
            StepError: The setup failed.
        """
        self._hosts = hosts
        make = [line for host in hosts for line in (f"ip netns add {host}", f"ip -n {host} link set lo up")]
        for title, script in (("making the hosts", "\n".join(make)), ("the setup", setup)):
            status, output = self._run(["bash", "-e", "-c", script])
            if status != 0:
                raise StepError(f"{title}: {_ended(status, 0, self._limit)}{_printed(output)}")

    def watch(self, links: list[str]) -> None:
        """Begin to keep the packets that cross some interfaces.

        Raises:
            StepError: There is no such interface.
        """
        for link in links:
            host, _, interface = link.partition(":")
            with self._on(host):
                try:
                    self._taps.setdefault("", Tap())  # on lo, for the sake of the stamps
                    self._taps[link] = Tap(interface)
                except OSError as error:
                    raise StepError(f"cannot watch {link}: {error.strerror or error}") from error
            self._captured[link] = []

    def captured(self) -> list[tuple[str, int, str, int]]:
        """Return the packets that crossed, in order: where, when, the first bytes, the whole length."""
        deadline = time.monotonic() + _SETTLE
        while self._captured and self._moves() and time.monotonic() < deadline:
            time.sleep(_POLL)
        self._drain()
        rows = [(link, one.at, one.head.hex(), one.length) for link, found in self._captured.items() for one in found]
        return sorted(rows, key=lambda row: row[1])

    def _moves(self) -> bool:
        """Say whether a TCP connection is still being opened or closed on some host."""
        rows: list[Leftover] = []
        for host in self._hosts:
            with self._on(host):
                rows += kernel.tables()
        return any(row.protocol.startswith("tcp") and row.state not in _STILL for row in rows)

    def _drain(self) -> None:
        for link, found in self._captured.items():
            found += self._taps[link].drain()
            if self._taps[link].lost():
                raise StepError(f"packets on {link} came faster than they could be kept")

    def take(self, step: dict[str, Any]) -> dict[str, Any]:
        """Take a step and return its exit status and output.

        Raises:
            StepError: It could not begin, ended otherwise than the session says, or did not become ready.
        """
        on = ["ip", "netns", "exec", step["host"], "bash", "-c"]
        if step["until"]:
            self._await([*on, step["until"]])
        command = [*on, step["command"]]
        if step["ready"]:
            self._start(command, step)
            return {"exit": 0, "output": ""}
        status, output = self._run(command)
        if status != step["exit"]:
            raise StepError(_ended(status, step["exit"], self._limit) + _printed(output))
        self._drain()
        if step["gone"] and not self._poll(step["host"], step["gone"], present=False):
            raise StepError(f"{_awaited(step['gone'])} is still there after {self._limit:g} s")
        return {"exit": status, "output": output.rstrip("\n")}

    def _await(self, command: list[str]) -> None:
        """Run a command again and again, until it succeeds."""
        deadline = time.monotonic() + self._limit
        while self._run(command)[0] != 0:
            if time.monotonic() >= deadline:
                raise StepError(f"it waits until this succeeds, and in {self._limit:g} s it did not: {command[-1]}")
            time.sleep(_POLL)

    def _start(self, command: list[str], step: dict[str, Any]) -> None:
        if self._sees(step["host"], step["ready"]):
            raise StepError(f"{_awaited(step['ready'])} is there already, before it starts; choose another port")
        with _output() as out:
            pid = self._spawn(command, out.fileno())
            if self._poll(step["host"], step["ready"], present=True, unless=pid):
                return
            ended = pid in self._statuses
            what = _ended(self._statuses[pid], None, self._limit) if ended else f"not ready after {self._limit:g} s"
            raise StepError(f"{what}: {_awaited(step['ready'])} was not seen{_printed(_read(out))}")

    def _run(self, command: list[str]) -> tuple[int | None, str]:
        """Run a command to its end; return its exit status, `None` at the time limit, and what it printed."""
        with _output() as out:
            pid = self._spawn(command, out.fileno())
            ending = os.pidfd_open(pid)
            wait = select.poll()
            wait.register(ending, select.POLLIN)
            in_time = bool(wait.poll(self._limit * 1000))
            os.close(ending)
            if not in_time:
                os.killpg(pid, signal.SIGKILL)
                return None, _read(out)
            self._reap()
            return self._statuses[pid], _read(out)

    def _spawn(self, command: list[str], out: int) -> int:
        program = shutil.which(command[0], path=self._environment["PATH"])
        if program is None:
            raise StepError(f"{command[0]} is not installed")
        actions = [
            (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0),
            (os.POSIX_SPAWN_DUP2, out, 1),
            (os.POSIX_SPAWN_DUP2, out, 2),
        ]
        # a session may be run where Ctrl-C is ignored; in a terminal of the reader's it is not
        return os.posix_spawn(
            program, command, self._environment, file_actions=actions, setsid=True, setsigdef=(signal.SIGINT,)
        )

    def _reap(self) -> None:
        """Collect what has ended: started here, or left behind by what was."""
        with contextlib.suppress(ChildProcessError):
            while True:
                pid, status = os.waitpid(-1, os.WNOHANG)
                if pid == 0:
                    return
                code = os.waitstatus_to_exitcode(status)
                self._statuses[pid] = code if code >= 0 else 128 - code

    def _poll(self, host: str, wanted: list[Any], *, present: bool, unless: int = 0) -> bool:
        """Wait until a socket is there, or is gone; give up at the time limit or when the process has ended."""
        deadline = time.monotonic() + self._limit
        while True:
            self._reap()
            over = unless in self._statuses or time.monotonic() >= deadline
            if self._sees(host, wanted) == present:
                return True
            if over:
                return False
            time.sleep(_POLL)

    def _sees(self, host: str, wanted: list[Any]) -> bool:
        protocol, port, remote = wanted
        with self._on(host):
            rows = kernel.rows()
        mine = [row for row in rows if row.protocol in (protocol, f"{protocol}6")]
        if remote:
            return any(row.state in ("ESTABLISHED", "CLOSE_WAIT") and row.remote.port == port for row in mine)
        return any(row.is_door and row.local.port == port for row in mine)

    @contextlib.contextmanager
    def _on(self, host: str) -> Iterator[None]:
        """Let this thread look at the network of a host."""
        there = os.open(f"/run/netns/{host}", os.O_RDONLY | os.O_CLOEXEC)
        try:
            _enter(there)
            yield
        finally:
            _enter(self._own)
            os.close(there)


def _enter(network: int) -> None:
    if _libc().setns(network, _CLONE_NEWNET) != 0:
        raise OSError(ctypes.get_errno(), "cannot enter a network namespace (setns(2))")


def _output() -> Any:
    """Make a file for what a command prints; a pipe would stay open as long as any child of it holds it."""
    number = os.memfd_create("output")
    return os.fdopen(number, "rb", buffering=0)


def _read(out: Any) -> str:
    out.seek(0)
    return bytes(out.read()).decode("utf-8", "backslashreplace").replace("\r\n", "\n")


def _ended(status: int | None, expected: int | None, limit: float) -> str:
    if status is None:
        return f"stopped after {limit:g} s, its time limit"
    return f"ended with exit status {status}" + (f", not {expected}" if expected is not None else "")


def _awaited(wait: list[Any]) -> str:
    protocol, port, remote = wait
    return f"{protocol} {'to ' if remote else ''}{port}"


def _printed(output: str) -> str:
    text = output.rstrip("\n")
    return f"; it printed:\n{text}" if text else "; it printed nothing"


if __name__ == "__main__":
    main()
