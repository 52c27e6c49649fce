"""How the witness hands over its rows, and how the program never meets an error or a frame of the witness's own.

Everything that stands in the place of a function of the program's goes through here: what is told first, what is told
again, and what could not be told, which is said (`blind`) and never raised.
"""

from __future__ import annotations

import _thread
import os
from functools import wraps

from socktrace.calls.places import is_own

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from types import CodeType
    from typing import Any

    from socktrace.calls.places import Places
    from socktrace.calls.rows import Row

_PID, _THREAD = os.getpid, _thread.get_native_id
"""As they are before a program replaces them."""
_REASONS = 16
"""How many reasons are kept for which rows are missing."""


def unseen(error: BaseException) -> None:
    """Take the witness's frames out of the traceback of an error that is going to the program.

    An error that is raised again by a bare `raise` gets no further entry of the frame that does so.

    Args:
        error: What the program's own call raised.
    """
    trace = error.__traceback__
    while trace is not None and is_own(trace.tb_frame.f_code):
        trace = trace.tb_next
    error.__traceback__ = trace


class Telling:
    """Hands over the rows of this process, and keeps whatever goes wrong with that from the program.

    Args:
        write: Takes each row.
        places: Tells the program's own code.
    """

    def __init__(self, write: Callable[[Row], None], places: Places) -> None:
        self.write = write
        """What takes each row, also after the end."""
        self.is_over = False
        """Whether the end was told: what the interpreter takes down from here on, nobody uses any more."""
        self._places = places
        self._lost: dict[str, bool] = {}  # why rows are missing, and whether that is written
        self._tells_again = 0  # which thread does, as `again` says

    def share(self, write: Callable[[Row], None]) -> None:
        """Let somebody else have each row from now on, too.

        Args:
            write: Takes each row, after who had them before.
        """
        first = self.write

        def both(row: Row) -> None:
            first(row)
            write(row)

        self.write = both

    def row(self, row: Row) -> None:
        """Hand over a row, unless the end was told.

        Args:
            row: A `CallRow`, or a dictionary of numbers, texts, bytes and lists of them.
        """
        if self.is_over:
            return
        try:
            if self._tells_again and self._tells_again == _THREAD():
                row = row if isinstance(row, dict) else row.told_again()
            self.write(row)
            if self._lost:
                self._say_what_is_lost()
        except Exception as error:
            self.failed(error)

    def again(self, tell: Callable[..., None], *args: Any) -> None:
        """Tell of a call again, because a signal handler of the program's raised before all was written, or just after.

        Args:
            tell: What tells of it.
            args: What that is to be called with.
        """
        self._tells_again = _THREAD()
        try:
            tell(*args)
        finally:
            self._tells_again = 0

    def told_first(self, tell: Callable[..., None], original: Callable[..., Any]) -> Callable[..., Any]:
        """Return what stands in the place of a function that is told of before it does anything.

        `sys.addaudithook` would tell of these, too. But a hook is called whenever anything is audited, such as at every
        look at the code of a frame, of which each call on a socket takes many: with a hook they took eight times as
        long.

        Args:
            tell: Is given what the function is given. The caller of that is its frame number 3.
            original: The function.
        """

        @wraps(original)
        def function(*args: Any, **kwargs: Any) -> Any:
            try:
                self.without_harm(tell, *args, **kwargs)
                return original(*args, **kwargs)
            except BaseException as error:
                unseen(error)
                raise

        return function

    def without_harm(self, tell: Callable[..., None], *args: Any, **kwargs: Any) -> None:
        """Call a function of the witness's own, and keep its errors from the program.

        Args:
            tell: The function.
            args: What it is given.
            kwargs: What it is given by name.
        """
        try:
            tell(*args, **kwargs)
        except Exception as error:
            self.failed(error)

    def failed(self, error: Exception) -> None:
        """Keep an error of the witness's own from the program, and remember that something was not seen.

        Args:
            error: What was raised while the witness worked.

        Raises:
            Exception: It is not the witness's: a signal handler of the program raised it while the witness ran.
        """
        trace = error.__traceback__
        while trace is not None:
            if self._is_programs(trace.tb_frame.f_code):
                raise error
            trace = trace.tb_next
        if len(self._lost) < _REASONS:
            self._lost.setdefault(f"{type(error).__name__}: {error}"[:200], False)

    def _is_programs(self, code: CodeType) -> bool:
        try:
            return self._places.own(code) is not None
        except Exception:  # the program has replaced what this needs
            return False

    def _say_what_is_lost(self) -> None:
        for reason, is_said in self._lost.items():
            if not is_said:
                self._lost[reason] = True
                self.write({"event": "blind", "reason": reason, "pid": _PID()})
