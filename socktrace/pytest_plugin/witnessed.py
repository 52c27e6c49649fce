"""What a test can ask of its own run."""

from __future__ import annotations

import os
import platform
import time
from collections.abc import Callable
from pathlib import Path

from socktrace import ladder
from socktrace.assembly import assemble
from socktrace.calls.rows import CallRow
from socktrace.ladder.document import document
from socktrace.recording import Recording, digest


class Witnessed:
    """What a test did with sockets so far. Each question is answered anew.

    Args:
        path: The file of the test.
        began: When the test began, in nanoseconds of the system clock.
        whole: Returns the whole path of a file that a row names.
        rows: Returns the rows that the calls witness wrote since then.
    """

    def __init__(self, path: Path, began: int, whole: Callable[[str], str], rows: Callable[[], list[CallRow]]) -> None:
        self._path = path
        self._began = began
        self._whole = whole
        self._rows = rows

    @property
    def recording(self) -> Recording:
        """The calls on sockets since the test began, its fixtures' and its servers' among them; no packets."""
        text = self._text()
        seen = assemble([self._from_test(row) for row in self._rows()], self._began)
        return Recording(
            program=str(self._path),
            source=digest(text),
            python=platform.python_version(),
            system=f"{platform.system()} {'.'.join(platform.release().split('.')[:2])}",
            milliseconds=round((time.time_ns() - self._began) / 1e6, 3),
            exit_code=None,
            stdout="",
            stderr="",
            stuck=(),
            sockets=seen.sockets,
            calls=seen.calls,
            packets=(),
            left=(),
            survivors=(),
            declarations=(),
            unseen=("packets: the plugin for pytest sees calls only",),
        )

    @property
    def ladder(self) -> str:
        """The calls as two columns of text, 80 characters wide."""
        return ladder.to_text(ladder.draw(self.recording))

    def to_html(self, path: Path) -> Path:
        """Write a page on which the run plays, and return its path.

        Args:
            path: The file to write.

        Raises:
            OSError: It cannot be written.
        """
        page = document(self.recording, [self._text()])
        path.write_text(page, encoding="utf-8", errors="replace", newline="\n")
        return path

    def _from_test(self, row: CallRow) -> CallRow:
        """Return a row whose path is seen from the test's folder, as in a recording; `""` for the test's own file."""
        if row.path is None:
            return row
        path = self._whole(row.path)
        return row.at_path("" if path == str(self._path) else os.path.relpath(path, self._path.parent))

    def _text(self) -> str:
        return self._path.read_text(encoding="utf-8", errors="replace")
