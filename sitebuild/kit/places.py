"""Where on the site each run can be seen."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Run:
    """A run that a fence shows.

    Args:
        name: The snippet or session, as `sockets/echo.py`.
        whole: Whether the fence shows all there is of it.
    """

    name: str
    whole: bool


@dataclass(frozen=True, slots=True)
class Place:
    """Where a block stands.

    Args:
        page: The page, relative to the folder of the pages, such as `ports/two-mailboxes.md`.
        anchor: The id of the block on it.
        whole: Whether the block shows all there is.
        rows: What the ids of the run's rows begin with.
    """

    page: str
    anchor: str
    whole: bool
    rows: str


def slug(name: str) -> str:
    """Return what the ids of a run's block begin with: `sockets/echo.py` gives `sockets-echo`."""
    return re.sub(r"[^A-Za-z0-9_]+", "-", name.removesuffix(".py").removesuffix(".toml"))


def anchors(names: list[str]) -> list[str]:
    """Return the id of each block of a page; the second block of one run gets a 2.

    Args:
        names: The runs that the blocks show, in the order of the page.
    """
    counts: Counter[str] = Counter()
    found = []
    for name in names:
        counts[name] += 1
        found.append(slug(name) + (f"-{counts[name]}" if counts[name] > 1 else ""))
    return found


def short(names: list[str]) -> list[str]:
    """Return what the ids of each run's rows begin with: `echo`; the second of that name on a page gets `echo_2`.

    Programs that have a folder of their own, as `sockets/hello/server.py`, are called by its name.

    Args:
        names: The runs that the blocks show, in the order of the page.
    """
    counts: Counter[str] = Counter()
    found = []
    for name in names:
        *_, folder, file = ("", *name.split("/"))
        stem = slug(folder if name.count("/") > 1 else file)
        counts[stem] += 1
        found.append(stem + (f"_{counts[stem]}" if counts[stem] > 1 else ""))
    return found


def find(docs: Path, runs: Callable[[str], Iterable[Run]]) -> dict[str, Place]:
    """Return where each run stands; of several places the first that shows all of it.

    Args:
        docs: The folder of the pages.
        runs: What returns the runs that the text of a page shows, in order.
    """
    found: dict[str, Place] = {}
    for file in sorted(docs.rglob("*.md")):
        page = file.relative_to(docs).as_posix()
        shown = tuple(runs(file.read_text(encoding="utf-8")))
        names = [run.name for run in shown]
        for run, anchor, rows in zip(shown, anchors(names), short(names), strict=True):
            if run.name not in found or (run.whole and not found[run.name].whole):
                found[run.name] = Place(page, anchor, run.whole, rows)
    return found
