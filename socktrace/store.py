"""Where snippets, sessions and their recordings lie, and whether what lies there is still true."""

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

from socktrace import broken
from socktrace.canonical import differences
from socktrace.declarations import words
from socktrace.recorder import digest, record
from socktrace.recording import Recording, from_json, to_json
from socktrace.session import canonical, model, runner
from socktrace.session.model import Transcript
from socktrace.verdict import Finding, faults, judge

MEND = "uv run socktrace record"


@dataclass(frozen=True, slots=True)
class Store:
    """The snippets, sessions and recordings of one checkout.

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
        """Return every snippet, as `sockets/echo.py`; not those that are wrong on purpose."""
        return tuple(name for name in self._programs() if not broken.is_broken(name))

    def broken(self) -> tuple[str, ...]:
        """Return every program that is wrong on purpose, as `broken/reads_once.py`."""
        return tuple(name for name in self._programs() if broken.is_broken(name))

    def _programs(self) -> tuple[str, ...]:
        found = (path.relative_to(self.snippets).as_posix() for path in self.snippets.rglob("*.py"))
        return tuple(sorted(name for name in found if not PurePosixPath(name).name.startswith("_")))

    def sessions(self) -> tuple[str, ...]:
        """Return every session, as `ports/two_port_spaces.toml`."""
        return tuple(sorted(path.relative_to(self.snippets).as_posix() for path in self.snippets.glob("*/**/*.toml")))

    def source(self, name: str) -> Path:
        """Return the file of a snippet or session."""
        return self.snippets / name

    def path(self, name: str) -> Path:
        """Return the file of a snippet's or session's recording."""
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

    def transcript(self, name: str) -> Transcript | None:
        """Return a session's transcript as it lies there, `None` if there is none.

        Raises:
            ValueError: The file is not a transcript.
        """
        try:
            text = self.path(name).read_text(encoding="utf-8")
        except FileNotFoundError:
            return None
        return model.from_json(text)

    def clashes(self) -> tuple[str, ...]:
        """Return what is wrong with the names: a snippet and a session that would share a recording."""
        snippets = {self.path(name): name for name in self._programs()}
        return tuple(
            f"snippets/{name}:1: {snippets[self.path(name)]} has the same name, and so the same recording; rename one"
            for name in self.sessions()
            if self.path(name) in snippets
        )

    def orphans(self) -> tuple[Path, ...]:
        """Return the recordings whose snippet or session is gone."""
        expected = {self.path(name) for name in (*self._programs(), *self.sessions())}
        return tuple(sorted(path for path in self.recordings.rglob("*.json") if path not in expected))

    def resolve(self, name: str) -> str:
        """Return the snippet or session that a user means.

        Args:
            name: Such as `sockets/echo.py`, `snippets/sockets/echo.py` or `sockets/echo`.

        Raises:
            LookupError: There is none; the message suggests one.
        """
        wanted = name.replace("\\", "/").removeprefix("./").removeprefix("snippets/")
        known = (*self._programs(), *self.sessions())
        wanted = next((one for one in known if one in (wanted, f"{wanted}.py", f"{wanted}.toml")), wanted)
        if wanted in known:
            return wanted
        wanted = wanted if wanted.endswith((".py", ".toml")) else wanted + ".py"
        close = difflib.get_close_matches(wanted, known, n=1)
        hint = f"did you mean {close[0]}?" if close else f"there is no file snippets/{wanted}"
        kind = "session" if wanted.endswith(".toml") else "snippet"
        raise LookupError(f"unknown {kind} {name}; {hint}")


@dataclass(frozen=True, slots=True)
class Result:
    """What came of recording one snippet or session.

    Args:
        name: The snippet or session.
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


def run(store: Store, name: str) -> Recording:
    """Run a snippet, with the words that it names, and return what it did, under the name it has in every checkout."""
    text = store.source(name).read_text(encoding="utf-8")
    given, timeout = ((), broken.time_limit(text)) if broken.is_broken(name) else (words(text), 10.0)
    return record(store.source(name), given, name=f"snippets/{name}", timeout=timeout)


def refresh(store: Store, names: tuple[str, ...] = (), *, check: bool = False) -> Iterator[Result]:
    """Record snippets and sessions, and write what is no longer true.

    A fresh recording that tells the same story as the one that lies there is not written. One with a fault never is.

    Args:
        store: The checkout.
        names: The snippets and sessions; if none is named, all of them, and the orphaned recordings too.
        check: Whether to write nothing.

    Raises:
        OSError: Packets cannot be recorded here, or a session cannot run here.
        LookupError: A snippet and a session have the same name.
    """
    for clash in store.clashes():
        raise LookupError(clash)
    chosen = names or (*store.names(), *store.broken(), *store.sessions())
    _preload(store, tuple(name for name in chosen if name.endswith(".py")))
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
                yield Result(shown, "orphaned", ("its snippet or session is gone",))
            else:
                path.unlink()
                yield Result(shown, "removed")


def _refresh(store: Store, name: str, check: bool) -> Result:
    if name.endswith(".toml"):
        return _refresh_session(store, name, check)
    new = run(store, name)
    if not new.saw_packets:
        raise OSError(f"recordings are made of packets, and here there are none: {new.unseen[0]}")
    found = _faults(store, name, new)
    if found:
        return Result(name, "unclean", tuple(line for one in found for line in str(one).splitlines()))
    return _settle(store, name, to_json(new), _compare(store, name, new), check)


def _refresh_session(store: Store, name: str, check: bool) -> Result:
    try:
        new = runner.run(name, store.source(name).read_text(encoding="utf-8"))
    except (ValueError, runner.StepError) as mistake:
        return Result(name, "unclean", tuple(str(mistake).splitlines()))
    return _settle(store, name, model.to_json(new), _compare_session(store, name, new), check)


def _settle(store: Store, name: str, text: str, found: tuple[str, tuple[str, ...]], check: bool) -> Result:
    state, why = found
    if state == "current" or check:
        return Result(name, state, why)
    path = store.path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")
    return Result(name, "recorded", why)


def _compare(store: Store, name: str, new: Recording) -> tuple[str, tuple[str, ...]]:
    try:
        old = store.load(name)
    except ValueError as error:
        return "stale", (str(error),)
    if old is None:
        return "missing", ("it was never recorded",)
    # what lies there is judged too: someone may have edited it by hand where no comparison looks
    why = tuple(differences(old, new)) or tuple(str(one) for one in _faults(store, name, old))
    if not why and broken.is_broken(name):  # a page shows its findings, so they are compared too
        why = tuple(difflib.unified_diff(broken.blame(old), broken.blame(new), "recorded", "now", n=0, lineterm=""))
    return ("stale" if why else "current"), why


def _faults(store: Store, name: str, did: Recording) -> tuple[Finding, ...]:
    """Return why a recording may not be shown."""
    if broken.is_broken(name):
        return broken.complaints(did, store.source(name).read_text(encoding="utf-8"))
    return faults(judge(did, snippet=True))


def _compare_session(store: Store, name: str, new: Transcript) -> tuple[str, tuple[str, ...]]:
    try:
        old = store.transcript(name)
    except ValueError as error:
        return "stale", (str(error),)
    if old is None:
        return "missing", ("it was never recorded",)
    why = tuple(canonical.differences(old, new))
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
