"""Runs a program as `__main__` in this process, the way `python program.py` does, with the calls witness watching."""

from __future__ import annotations

import builtins
import faulthandler
import os
import signal
import sys
import types
from pathlib import Path
from typing import NoReturn

from socktrace.calls import cpython
from socktrace.calls.children import Children
from socktrace.calls.descriptors import LINUX
from socktrace.calls.log import Log
from socktrace.calls.stacks import Stacks
from socktrace.calls.witness import Witness


class Watch:
    """What watches this process, before anybody need know which program it is to run. It cannot be undone.

    Args:
        log: The folder that the calls witness writes into; `log` + `.stuck` gets the stacks of all threads at the
            signal `STACKS`.
        timeout: The time limit in seconds, `None` for none; the parent process enforces it.
        inodes: Whether the kernel numbers sockets, as Linux does; see `Descriptors`.
    """

    def __init__(self, log: Path, timeout: float | None, *, inodes: bool = LINUX) -> None:
        write = Log(log)
        write({"event": "start", "pid": os.getpid()})
        self._children = Children(write, str(log))
        self._children.install()
        self._children.watch_subprocess()
        self._witness = Witness(write, None, inodes=inodes)
        self._witness.install()
        self._stacks = Stacks(f"{log}.stuck", self._witness.stands)
        if hasattr(faulthandler, "register"):
            self._stacks.register()
        elif timeout is not None:  # Windows; elsewhere the thread that this starts would make os.fork() warn
            faulthandler.dump_traceback_later(timeout, file=self._stacks.file)

    def run(self, program: Path, args: tuple[str, ...]) -> NoReturn:
        """Run a program and end this process with its exit status.

        Args:
            program: The file to run.
            args: Its arguments.
        """
        self._children.belong_to(os.path.realpath(program))
        self._witness.belong_to(program)
        status = _main(program, args)
        cpython.join_threads()
        cpython.run_exit_functions()
        for stream in (sys.stdout, sys.stderr):
            try:
                stream.flush()
            except (OSError, ValueError, AttributeError):
                status = status or 120  # what the interpreter itself exits with when it cannot flush
        self._witness.finish()
        if status < 0:
            signal.signal(-status, signal.SIG_DFL)
            os.kill(os.getpid(), -status)
        self._witness.leave(status & 0xFF)
        raise AssertionError("unreachable")


def _main(program: Path, args: tuple[str, ...]) -> int:
    """Execute the program's code and return its exit status, negative for the signal it should die of."""
    main = types.ModuleType("__main__")
    main.__file__ = str(program)
    main.__dict__["__builtins__"] = builtins
    sys.modules["__main__"] = main
    sys.argv = [str(program), *args]
    sys.path[0] = str(program.resolve().parent)
    try:
        code = compile(program.read_bytes(), str(program), "exec", dont_inherit=True)
        exec(code, main.__dict__)
    except SystemExit as stop:
        return _status(stop)
    except KeyboardInterrupt as stop:
        _report(stop)
        return -signal.SIGINT
    except BaseException as error:
        _report(error)
        return 1
    return 0


def _status(stop: SystemExit) -> int:
    if stop.code is None:
        return 0
    if isinstance(stop.code, int):
        return stop.code & 0xFF
    print(stop.code, file=sys.stderr)
    return 1


def _report(error: BaseException) -> None:
    """Print a traceback as the interpreter would have, without the frame of this module.

    As the interpreter does, it keeps the error: what its frames hold stays open until the process ends.
    """
    trace = error.__traceback__ and error.__traceback__.tb_next
    sys.last_type, sys.last_value, sys.last_traceback = type(error), error.with_traceback(trace), trace
    sys.excepthook(type(error), error, trace)
