"""Reads files once for all pages and builds, for as long as they stay the same."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

_Parsed = TypeVar("_Parsed")


def parsed(path: Path, parse: Callable[[str], _Parsed]) -> _Parsed:
    """Return what a function makes of the text of a file. A changed file is read again, so a preview is never stale.

    Args:
        path: The file.
        parse: A pure function of the text; nobody changes what it returns.

    Raises:
        OSError: The file cannot be read.
        ValueError: As `parse` raises it.
    """
    found: _Parsed = _read(path.absolute(), parse, _state(path))
    return found


def states(folder: Path, pattern: str) -> tuple[tuple[Path, tuple[int, ...]], ...]:
    """Return what differs once a file has changed, come or gone.

    Args:
        folder: Where to look, at all that is below it.
        pattern: What the names of the files are like, such as `*.md`.
    """
    return tuple((path, _state(path)) for path in sorted(folder.rglob(pattern)) if path.is_file())


def _state(path: Path) -> tuple[int, ...]:
    state = path.stat()
    return state.st_ino, state.st_size, state.st_mtime_ns


@lru_cache(maxsize=4096)  # of each file its newest states
def _read(path: Path, parse: Callable[[str], _Parsed], state: tuple[int, ...]) -> _Parsed:  # noqa: ARG001
    return parse(path.read_text(encoding="utf-8"))
