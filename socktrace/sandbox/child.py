"""A program, as the process that starts it sees it; and how a forked process becomes it (Linux)."""

from __future__ import annotations

import contextlib
import os
import select
import signal
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import NoReturn

from socktrace.calls import cpython
from socktrace.calls.children import inherited
from socktrace.commands import Command
from socktrace.sandbox.farewell import family
from socktrace.sandbox.job import Ended, Job
from socktrace.sandbox.linux import EXIT, PR_SET_CHILD_SUBREAPER, PR_SET_PDEATHSIG, drop_capabilities, prctl
from socktrace.sandbox.sink import Sink


@dataclass(slots=True)
class Child:
    """A program that was started, or is going to be.

    Args:
        command: What it is.
        log: Where its calls witness writes.
        done: What is known of its end.
        pid: Its process id, 0 before its start.
        stopped: When it was stopped at the time limit, as in `Ended.ended`; 0 if it was not.
        ending: What becomes readable when it has ended.
        serves: Whether it opened a door for others, as far as the next program had to know.
        streams: Where its `stdout` and `stderr` can be read, unless they pass through.
        sinks: What takes them.
    """

    command: Command
    log: Path
    done: Ended = field(default_factory=Ended)
    pid: int = 0
    stopped: int = 0
    ending: int = -1
    serves: bool = False
    streams: dict[str, int] = field(default_factory=dict)
    sinks: dict[int, Sink] = field(default_factory=dict)

    @property
    def is_running(self) -> bool:
        """True from its start to its end."""
        return self.pid != 0 and not self.done.ended

    def start(self, job: Job, let_go: Callable[[], None]) -> None:
        """Fork the process that becomes the program.

        Args:
            job: What it belongs to.
            let_go: Closes in the new process what the supervisor has open for itself.
        """
        alone, reads = len(job.commands) == 1, self.command is job.commands[job.reads]
        pipes = {}
        if job.captured or not alone:
            pipes = {"stdout": os.pipe(), "stderr": os.pipe()}
        elif job.copied:
            pipes = {"stderr": os.pipe()}
        self.done.began = time.time_ns()
        self.pid = os.fork()
        if self.pid == 0:
            try:
                let_go()
                _become(self.command, self.log, job, pipes, reads=reads and job.is_attended)
            except BaseException:  # of ours: what the program raises does not come here
                sys.excepthook(*sys.exc_info())
            finally:
                EXIT(127)  # whatever goes wrong, what stands in this process's frames is its parent's to do
        self.ending = os.pidfd_open(self.pid)
        name = b"" if alone or job.shown else f"{self.command.name} | ".encode()
        out, errors = job.copies(self.command)
        for target, stream in ((errors, "stderr"), (out, "stdout")):
            if stream in pipes:
                reading, writing = pipes[stream]
                os.close(writing)
                self.streams[stream] = reading
                self.sinks[reading] = Sink(target, name)

    def tell_to_end(self, number: int) -> None:
        """Send it a signal, and its children, as the terminal does when somebody presses Ctrl-C.

        Args:
            number: The signal.
        """
        if select.select([self.ending], [], [], 0)[0]:
            return  # it has just ended by itself
        self.done.take_note(number)
        for pid in family(self.pid):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, number)

    def see_out(self, *, late: bool) -> None:
        """Take note that it has ended; what its end does to the network comes after that moment."""
        self.done.ended = self.stopped or time.time_ns()
        os.close(self.ending)
        _, status = os.waitpid(self.pid, 0)
        self.done.exit_code = None if late else os.waitstatus_to_exitcode(status)


def _become(command: Command, log: Path, job: Job, pipes: dict[str, tuple[int, int]], *, reads: bool) -> NoReturn:
    """In the forked child: take the program's place.

    Args:
        command: The program.
        log: Where its calls witness writes.
        job: What it belongs to.
        pipes: What stands in for its `stdout` and `stderr`.
        reads: Whether it gets the standard input; if not, that is empty.
    """
    prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    prctl(PR_SET_CHILD_SUBREAPER, 0)
    cpython.forget_finalizers()
    if os.getuid() != 0:
        drop_capabilities()
    for number, stream in ((2, "stderr"), (1, "stdout")):
        if stream in pipes:
            os.dup2(pipes[stream][1], number)
    if not reads:
        null = os.open(os.devnull, os.O_RDONLY)
        os.dup2(null, 0)
        os.close(null)
    if command.interpreter:
        _replace(command, log, job)
    # This process's descriptors are not for the program, whose own begin at 3.
    lowest = 3
    for fd in sorted(job.spared):
        os.closerange(lowest, fd)
        lowest = fd + 1
    os.closerange(lowest, os.sysconf("SC_OPEN_MAX"))
    # Whoever called may have put streams of its own in their place, as pytest does.
    sys.stdout, sys.stderr = sys.__stdout__, sys.__stderr__
    from socktrace.program import Watch

    watch = Watch(log, job.timeout)
    if job.late:
        command = job.late(command)
        for fd in job.spared:
            os.close(fd)
    if job.held:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, job.held)
    assert command.program
    watch.run(command.program, command.arguments)


def _replace(command: Command, log: Path, job: Job) -> NoReturn:
    """In the forked child: start the interpreter, with what this process was given, and nothing that it made of it.

    Descriptors close by themselves: Python makes none that a new program would inherit (PEP 446).
    """
    for number in (signal.SIGPIPE, signal.SIGXFSZ):  # which Python ignores, and the new one would inherit that
        signal.signal(number, signal.SIG_DFL)
    if signal.getsignal(signal.SIGINT) != signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.SIG_DFL)  # one that was held comes in the next line
    signal.pthread_sigmask(signal.SIG_UNBLOCK, job.held)
    environ = inherited(os.environ, str(log), command.code, instead=command.instead)
    try:
        os.execve(command.interpreter[0], [*command.interpreter, *command.words], environ)
    except OSError as error:
        os.write(2, f"socktrace: {command.interpreter[0]}: {error.strerror}\n".encode())
        EXIT(127)
