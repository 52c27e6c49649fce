"""Reads files once for all pages and builds, for as long as they stay the same."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
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
    found: _Parsed = _read(path.absolute(), parse, _numbers(path.stat()))
    return found


def states(folder: Path, suffix: str = "") -> tuple[tuple[str, int, int, int], ...]:
    """Return what differs once a file has changed, come or gone.

    Args:
        folder: Where to look, at all that is below it.
        suffix: What the names of the files end with.
    """
    return tuple(sorted((entry.path, *_numbers(entry.stat())) for entry in _below(folder, suffix)))


def _below(folder: str | Path, suffix: str) -> Iterator[os.DirEntry[str]]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir():
                yield from _below(entry.path, suffix)
            elif entry.name.endswith(suffix):
                yield entry


def _numbers(state: os.stat_result) -> tuple[int, int, int]:
    return state.st_ino, state.st_size, state.st_mtime_ns


@lru_cache(maxsize=4096)  # of each file its newest states
def _read(path: Path, parse: Callable[[str], _Parsed], state: tuple[int, ...]) -> _Parsed:  # noqa: ARG001
    return parse(path.read_text(encoding="utf-8"))
