"""Witness 1, inside the program's own process: each socket call, its result or errno, and the line that made it.

It puts a class of its own between `socket.socket` and the one written in C (`methods`, `closings`), and a few functions
in the place of those of `os` (`functions`): they do the same and then write a row (`notes`, `telling`). It works
wherever Python does. Bytes that go around these methods (C extensions, the `ssl` module's records) are not seen here;
the packets and the kernel's own tables are there to tell.

It changes nothing that the program could notice:

- Nothing of its own is raised into the program; what it could not see, it says (`blind`).
- Its frames are taken out of the traceback of what the program's own call raises.
- A socket that is collected warns at the line that dropped it, because no function of the witness runs meanwhile.
- It keeps the functions that it needs by itself, so that a program may replace those of `os` or `time`.
"""

from __future__ import annotations

import os
import socket
import sys
import time

from socktrace.calls import cpython
from socktrace.calls.caught import Caught
from socktrace.calls.closings import Closings, plain_code
from socktrace.calls.descriptors import LINUX, Descriptors
from socktrace.calls.files import Files
from socktrace.calls.functions import Functions
from socktrace.calls.gone import Gone
from socktrace.calls.meanwhile import Meanwhile
from socktrace.calls.methods import Methods
from socktrace.calls.notes import Notes
from socktrace.calls.places import Places
from socktrace.calls.sleeps import is_time_out, sleepers
from socktrace.calls.stands import LOOPS, decrypted, is_busy, standing, tasks, threads, worked
from socktrace.calls.telling import Telling

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from types import FrameType
    from typing import Any

    from socktrace.calls.rows import Row

_NOW, _PID, _FRAME = time.monotonic, os.getpid, cpython.frame
"""As they are before a program replaces them."""
_GRACE = 0.1
"""How many seconds the threads get to end after the program: a library that was told to shut down may not have waited
for its own. Only a program that leaves threads behind waits that long."""
_PRESENT = "socktrace_witness"
"""The attribute of the function in the place of `_socket.close` that is the witness of this process."""


def present() -> Witness | None:
    """Return the witness that watches this process already, whichever copy of this module it comes from."""
    return getattr(cpython.c_module.close, _PRESENT, None)


class Witness:
    """Watches the socket calls of this process and of the children it forks.

    Args:
        write: Takes each row of what is seen: a `CallRow`, or a dictionary of numbers, texts, bytes and lists of them.
            It is called by every thread of the program, and by its signal handlers.
        program: The program's file, so that lines in it can be told from those of libraries; `None` if there is no
            such file, and then all files are its own that are neither of the library nor of an installed package.
        inodes: Whether the kernel numbers sockets, as Linux does; see `Descriptors`.
        inline: As in `Places`.
    """

    def __init__(
        self,
        write: Callable[[Row], None],
        program: str | Path | None,
        *,
        inodes: bool = LINUX,
        inline: bool = False,
    ) -> None:
        self._pid = _PID()
        self._began: tuple[float, float] | None = worked()
        self._exit = os._exit
        self._modules = 0  # how many there were when the libraries were last looked for
        self._places = Places(program, inline=inline)
        self._telling = Telling(write, self._places)
        self._notes = Notes(self._telling, self._places, Descriptors(inodes=inodes))
        self._gone = Gone(self._notes)
        self._files = Files(self._notes)
        self._closings = Closings(self._notes, self._gone, plain_code(socket.socket))
        self._methods = Methods(self._notes, self._closings, self._gone, self._files, self._look_for_libraries)
        self._functions = Functions(self._notes, self._closings, self.finish)
        self._caught = Caught(self._telling, self._places)
        self._meanwhile = Meanwhile(self._notes)

    def install(self) -> None:
        """Start watching. It cannot be undone: the process belongs to the program from here on."""
        self._methods.install()
        self._functions.install()
        setattr(socket.close, _PRESENT, self)
        self._caught.install()
        self._look_for_libraries()
        if hasattr(os, "register_at_fork"):
            os.register_at_fork(after_in_child=self._forked)

    def belong_to(self, program: str | Path) -> None:
        """Say which program's file it is whose lines are told from those of libraries, if that was not known before.

        Args:
            program: The file.
        """
        self._places.belong_to(program)

    def share(self, write: Callable[[Row], None]) -> None:
        """Let somebody else have each row from now on, too.

        Args:
            write: Takes each row, after the one that the witness was made with.
        """
        self._telling.share(write)

    def came_late(self) -> None:
        """Say that the program is stopped at this moment, so that nobody saw whether it worked or slept until now."""
        self._began = None

    # -- what others ask ---------------------------------------------------------------------------------------------

    def line_of(self, frame: FrameType | None) -> tuple[str, int] | None:
        """Return the program's own file, its whole path, and line that led to a frame; `None` if there is none.

        Args:
            frame: Where a thread stands, or stood.
        """
        place = self._places.find(frame)
        if place.path is None or place.line is None:
            return None
        return self.whole(place.path), place.line

    def whole(self, path: str) -> str:
        """Return the whole path of a file that a row names.

        Args:
            path: What the row says.
        """
        return os.path.normpath(self._places.whole(path))

    def stands(self, frame: FrameType | None) -> list[dict[str, Any]]:
        """Return where each thread and task of the program stands, the main thread first.

        Args:
            frame: The innermost frame of the main thread.
        """
        main, *others = threads(self._notes, frame)
        runs_loop = main.get("function") in LOOPS
        waits = main.get("function") and not runs_loop and main.get("on") != "blocks"
        if not waits and main.get("on") in (None, "blocks") and self._began and is_busy(self._began):
            main |= {"on": "busy"} if runs_loop else {"function": "", "on": "busy"}
        return [main, *others, *tasks(self._notes, frame), *self._files.that_hold(), *decrypted(self._notes)]

    def where_raised(self, error: BaseException) -> dict[str, Any]:
        """Return the program's own file and line, the innermost one, that an error went through.

        Args:
            error: The error.
        """
        return self._caught.where_raised(error)

    def where_slept(self, error: BaseException) -> str:
        """Return, of a time-out, a line of text for each of the program's lines that sleep in an event loop.

        Args:
            error: The error.
        """
        found = sleepers(self._places.own, self._places.whole) if is_time_out(error) else ()
        return "".join(f"Sleeps in an event loop at {path}:{line}\n" for path, line in found)

    # -- the end -----------------------------------------------------------------------------------------------------

    def died_of(self, error: BaseException | None) -> None:
        """Tell of the use of a socket that was closed, or what others did at a time-out, if the program dies of that.

        Args:
            error: What nobody caught, in the program or a thread of it.
        """
        self._gone.died_of(error)
        self._telling.without_harm(self._meanwhile.died_of, error)

    def finish(self) -> None:
        """Say what outlives the program in this process: its threads, and the sockets that are still open."""
        if self._telling.is_over:
            return
        self.died_of(getattr(sys, "last_value", None))
        self._telling.without_harm(self._threads_left)
        self._telling.without_harm(self._caught.kept)
        self._closings.left_open()
        self._telling.row({"event": "end", "pid": _PID()})
        self._telling.is_over = True

    def leave(self, status: int) -> None:
        """End this process at once with an exit status, as `os._exit` did before it was watched.

        Args:
            status: From 0 to 255.
        """
        self._exit(status)

    def _threads_left(self) -> None:
        threading = sys.modules.get("threading")
        if threading is None or _PID() != self._pid:
            return
        others = [one for one in threading.enumerate() if one is not threading.current_thread()]
        until = _NOW() + _GRACE
        for thread in others:
            thread.join(max(0.0, until - _NOW()))  # a library's thread may be on its way out
        for thread in others:
            if thread.is_alive():
                at = standing(self._notes, cpython.frame_of(thread))
                who = {"name": thread.name, "daemon": thread.daemon, "tid": thread.native_id, "pid": _PID()}
                self._telling.row({"event": "thread", **who, **at})

    # -- as the program goes on --------------------------------------------------------------------------------------

    def _forked(self) -> None:
        self._began = worked()
        self._closings.forked()
        place = self._places.find(_FRAME(1))
        who = {"pid": _PID(), "parent": os.getppid()}
        self._telling.row({"event": "forked", **who, "path": place.path, "line": place.line})

    def _look_for_libraries(self) -> None:
        """Watch what has been loaded since, and tells of errors or of the end of sockets."""
        try:
            if len(sys.modules) != self._modules:
                self._modules = len(sys.modules)
                self._closings.watch_libraries()
                self._caught.watch_libraries()
                self._meanwhile.watch_libraries()
        except Exception as error:
            self._telling.failed(error)
