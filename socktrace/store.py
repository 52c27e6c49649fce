"""Where snippets and their recordings lie, and whether what lies there is still true."""

from __future__ import annotations

import ast
import difflib
import gc
import importlib
import multiprocessing
import os
import sys
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path, PurePosixPath

from socktrace.canonical import differences
from socktrace.recorder import digest, record
from socktrace.recording import Recording, from_json, to_json
from socktrace.verdict import faults, judge

MEND = "uv run socktrace record"


@dataclass(frozen=True, slots=True)
class Store:
    """The snippets and recordings of one checkout.

    Args:
        root: The checkout's top folder.
    """

    root: Path

    @property
    def snippets(self) -> Path:
        """The folder of the programs."""
        return self.root / "snippets"

    @property
    def recordings(self) -> Path:
        """The folder of what they did."""
        return self.root / "docs" / "recordings"

    def names(self) -> tuple[str, ...]:
        """Return every snippet, as `sockets/echo.py`."""
        found = (path.relative_to(self.snippets).as_posix() for path in self.snippets.rglob("*.py"))
        return tuple(sorted(name for name in found if not PurePosixPath(name).name.startswith("_")))

    def source(self, name: str) -> Path:
        """Return the file of a snippet."""
        return self.snippets / name

    def path(self, name: str) -> Path:
        """Return the file of a snippet's recording."""
        return (self.recordings / name).with_suffix(".json")

    def load(self, name: str) -> Recording | None:
        """Return a snippet's recording as it lies there, `None` if there is none.

        Raises:
            ValueError: The file is not a recording.
        """
        try:
            text = self.path(name).read_text(encoding="utf-8")
        except FileNotFoundError:
            return None
        return from_json(text)

    def orphans(self) -> tuple[Path, ...]:
        """Return the recordings whose snippet is gone."""
        expected = {self.path(name) for name in self.names()}
        return tuple(sorted(path for path in self.recordings.rglob("*.json") if path not in expected))

    def resolve(self, name: str) -> str:
        """Return the snippet that a user means by `sockets/echo.py`, `snippets/sockets/echo.py` or `sockets/echo`.

        Raises:
            LookupError: There is none; the message suggests one.
        """
        wanted = name.replace("\\", "/").removeprefix("./").removeprefix("snippets/")
        wanted = wanted if wanted.endswith(".py") else wanted + ".py"
        if wanted in self.names():
            return wanted
        close = difflib.get_close_matches(wanted, self.names(), n=1)
        hint = f"did you mean {close[0]}?" if close else f"there is no file snippets/{wanted}"
        raise LookupError(f"unknown snippet {name}; {hint}")


@dataclass(frozen=True, slots=True)
class Result:
    """What came of recording one snippet.

    Args:
        name: The snippet.
        state: `current`, `recorded`, `stale`, `missing`, `unclean`, `orphaned` or `removed`.
        detail: Why, in lines fit to print; empty for a current one.
    """

    name: str
    state: str
    detail: tuple[str, ...] = ()

    @property
    def is_good(self) -> bool:
        """True if there is nothing to mend."""
        return self.state in ("current", "recorded", "removed")


def run(store: Store, name: str, *, timeout: float = 10.0) -> Recording:
    """Run a snippet and return what it did, under the name it has in every checkout."""
    return record(store.source(name), name=f"snippets/{name}", timeout=timeout)


def refresh(store: Store, names: tuple[str, ...] = (), *, check: bool = False) -> Iterator[Result]:
    """Record snippets, and write what is no longer true.

    A fresh recording that tells the same story as the one that lies there is not written. One with a fault never is.

    Args:
        store: The checkout.
        names: The snippets; if none is named, all of them, and the orphaned recordings too.
        check: Whether to write nothing.

    Raises:
        OSError: Packets cannot be recorded here.
    """
    chosen = names or store.names()
    _preload(store, chosen)
    if not sys.platform.startswith("linux"):
        raise OSError("recordings are made of packets, and those can be recorded on Linux only")
    # twice as many as processors: a run waits a good while for the kernel to take its network apart; not the Pool of
    # multiprocessing, whose workers, and so the programs that they fork, may not start processes with multiprocessing
    count = 2 * (os.cpu_count() or 1)
    with ProcessPoolExecutor(count, multiprocessing.get_context("fork")) as workers:
        yield from workers.map(partial(_refresh, store, check=check), chosen)
    if not names:
        for path in store.orphans():
            shown = path.relative_to(store.root).as_posix()
            if check:
                yield Result(shown, "orphaned", ("its snippet is gone",))
            else:
                path.unlink()
                yield Result(shown, "removed")


def _refresh(store: Store, name: str, check: bool) -> Result:
    new = run(store, name)
    if not new.saw_packets:
        raise OSError(f"recordings are made of packets, and here there are none: {new.unseen[0]}")
    found = faults(judge(new, snippet=True))
    if found:
        return Result(name, "unclean", tuple(line for one in found for line in str(one).splitlines()))
    state, why = _compare(store, name, new)
    if state == "current" or check:
        return Result(name, state, why)
    path = store.path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(to_json(new), encoding="utf-8", newline="\n")
    return Result(name, "recorded", why)


def _compare(store: Store, name: str, new: Recording) -> tuple[str, tuple[str, ...]]:
    try:
        old = store.load(name)
    except ValueError as error:
        return "stale", (str(error),)
    if old is None:
        return "missing", ("it was never recorded",)
    # what lies there is judged too: someone may have edited it by hand where no comparison looks
    why = tuple(differences(old, new)) or tuple(str(one) for one in faults(judge(old, snippet=True)))
    return ("stale" if why else "current"), why


def is_stale(store: Store, name: str, recording: Recording) -> bool:
    """Say, without running anything, whether a snippet's text has changed since it was recorded."""
    return recording.source != digest(store.source(name).read_text(encoding="utf-8"))


def _preload(store: Store, names: tuple[str, ...]) -> None:
    """Import once, before the forks, what the snippets import from the standard library."""
    for name in names:
        for node in ast.walk(ast.parse(store.source(name).read_bytes())):
            modules = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            modules += [node.module] if isinstance(node, ast.ImportFrom) and node.module else []
            for module in modules:
                if module.partition(".")[0] in sys.stdlib_module_names:
                    importlib.import_module(module)
    gc.freeze()
