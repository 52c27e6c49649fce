"""The files that `makefile` makes of sockets: each holds its socket open after `close`, until it is closed itself."""

from __future__ import annotations

import io
import sys
from functools import wraps

from socktrace.calls import cpython
from socktrace.calls.facts import fileno_of
from socktrace.calls.telling import unseen

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Any

    from socktrace.calls.notes import Life, Notes
    from socktrace.calls.places import Place

_FRAME = cpython.frame


class Files:
    """Remembers the last file of each socket, and where it was made.

    Args:
        notes: What is known of each socket.
    """

    def __init__(self, notes: Notes) -> None:
        self._notes = notes

    def watched(self, original: Callable[..., Any]) -> Callable[..., Any]:
        """Return what stands in the place of `makefile`, to know a file that is closed because it was collected.

        Args:
            original: The method.
        """

        @wraps(original)
        def makefile(sock: Any, mode: str = "r", buffering: int | None = None, **kwargs: Any) -> Any:
            try:
                if sys.flags.warn_default_encoding and "b" not in mode:  # the warning is to name the program's line
                    kwargs["encoding"] = io.text_encoding(kwargs.get("encoding"))
                file = original(sock, mode, buffering, **kwargs)
                self._made(sock, file)
                return file
            except BaseException as error:
                unseen(error)
                raise

        return makefile

    def _made(self, sock: Any, file: Any) -> None:
        try:
            identity = self._notes.descriptors.last(fileno_of(sock))
            if identity is not None:
                self._notes.life(identity).file = cpython.reference(file), self._notes.places.find(_FRAME(2))
        except Exception as error:
            self._notes.telling.failed(error)

    def that_hold(self) -> Iterator[dict[str, Any]]:
        """Yield the files that hold a socket which the program has closed, as `Witness.stands` tells of them."""
        for identity, life in self._notes.lives():
            file, place = opened(life)
            if place and cpython.is_closed_under(file):
                yield {"kind": "file", "name": "makefile", "path": place.path, "line": place.line, "identity": identity}


def opened(life: Life) -> tuple[Any, Place | None]:
    """Return the file that was made of a socket and where it was, if it is still open; else nothing twice.

    Args:
        life: What is known of the socket.
    """
    made, place = life.file or (None, None)
    file = made and made()
    return (None, None) if file is None or file.closed else (file, place)
