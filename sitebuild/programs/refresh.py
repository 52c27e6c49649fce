"""Records snippets, sessions and what-ifs, and says which recordings are no longer true."""

from __future__ import annotations

import ast
import difflib
import gc
import importlib
import multiprocessing
import os
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from sitebuild.programs import faulty, what_ifs
from sitebuild.programs.store import Store
from sitebuild.programs.what_ifs import WhatIf
from socktrace.canonical import differences
from socktrace.commands import Ran, warm
from socktrace.consistency import contradictions
from socktrace.recorder import record_together
from socktrace.recording import Recording, to_json
from socktrace.recording.declarations import declared_arguments
from socktrace.session import canonical, model, runner
from socktrace.session.model import Transcript
from socktrace.verdict import Finding, faults, judge

_LATE = ("concurrent.futures.thread", "encodings.idna")
"""What the standard library imports as late as a pool is made, or a name is looked up."""


@dataclass(frozen=True, slots=True)
class Result:
    """What came of recording one snippet, session or what-if.

    Args:
        name: The snippet, session or what-if.
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
    """Run a snippet or a what-if with the arguments that the program names.

    Returns:
        What it did, under the name that the program has in every checkout.

    Raises:
        ValueError: The edit of a what-if does not apply, or changes nothing.
    """
    if what_ifs.is_what_if(name):
        return _run_edited(store, store.what_if(name))
    files, texts, timeout = store.files(name), store.texts(name), 10.0
    given = [declared_arguments(text) for text in texts]
    if faulty.is_faulty(name):
        given, timeout = [()], faulty.time_limit(texts[0])
    programs = [
        Ran(warm(store.source(file), args), f"snippets/{file}") for file, args in zip(files, given, strict=True)
    ]
    return record_together(programs, timeout=timeout)


def _run_edited(store: Store, what_if: WhatIf) -> Recording:
    with tempfile.TemporaryDirectory() as folder:
        programs = []
        for file in store.files(what_if.name):
            text = store.source(file).read_text(encoding="utf-8")
            if file == what_if.program:
                text = what_ifs.text_of(what_ifs.edited(what_if, text))
            program = Path(folder, Path(file).name)
            program.write_text(text, encoding="utf-8", newline="\n")
            programs.append(Ran(warm(program, declared_arguments(text)), f"snippets/{file}"))
        return briefly(record_together(programs))


def briefly(did: Recording) -> Recording:
    """Return a recording with the last lines of standard error alone, as pages show them.

    The rest of a traceback is not the same with every version of Python.
    """
    beside = tuple(replace(one, stderr=_last(one.stderr)) for one in did.beside)
    return replace(did, stderr=_last(did.stderr), beside=beside)


def _last(text: str) -> str:
    return "".join(text.splitlines(keepends=True)[-1:])


def refresh(store: Store, names: tuple[str, ...] = (), *, check: bool = False) -> Iterator[Result]:
    """Record snippets, sessions and what-ifs, and write what is no longer true.

    A fresh recording that tells the same story as the one that lies there is not written. One with a fault never is.

    Args:
        store: The checkout.
        names: What to record; if nothing is named, everything, and the orphaned recordings are found too.
        check: Whether to write nothing.

    Raises:
        OSError: Packets cannot be recorded here, or a session cannot run here.
        LookupError: A snippet and a session have the same name.
        ValueError: A file of what-ifs is wrong.
    """
    for clash in store.clashes():
        raise LookupError(clash)
    # what-ifs first: many of them show a wait, and others can run meanwhile
    chosen = names or (*store.what_ifs(), *store.names(), *store.faulty(), *store.sessions())
    preload(store, tuple(name for name in chosen if not name.endswith(".toml")))
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
                yield Result(shown, "orphaned", ("its snippet, session or what-if is gone",))
            else:
                path.unlink()
                yield Result(shown, "removed")


def _refresh(store: Store, name: str, check: bool) -> Result:
    if name.endswith(".toml"):
        return _refresh_session(store, name, check)
    if wrong := store.syntax_error(name):
        return Result(name, "unclean", (wrong,))
    try:
        new = run(store, name)
    except ValueError as mistake:
        return Result(name, "unclean", (str(mistake),))
    if not new.saw_packets:
        raise OSError(f"recordings are made of packets, and here there are none: {new.unseen[0]}")
    found = _faults(store, name, new)
    if found:
        return Result(name, "unclean", tuple(line for one in found for line in str(one).splitlines()))
    return _settle(store, name, to_json(new), _compare(store, name, new), check)


def _refresh_session(store: Store, name: str, check: bool) -> Result:
    try:
        new = runner.run(name, store.session(name))
    except (ValueError, model.StepError) as mistake:
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
    why = untrue(store, name, old, new) or _spelled_otherwise(store, name, to_json(old))
    return ("stale" if why else "current"), why


def untrue(store: Store, name: str, old: Recording, new: Recording) -> tuple[str, ...]:
    """Return why a recording that lies there is not, or no longer, true; in lines fit to print, none if it is.

    It is judged by itself too: someone may have edited it by hand where no comparison looks.

    Args:
        store: The checkout.
        name: The snippet.
        old: What lies there.
        new: What the snippet did just now.
    """
    why = contradictions(old) or tuple(differences(old, new)) or tuple(str(one) for one in _faults(store, name, old))
    if not why and faulty.is_faulty(name):  # a page shows its findings, so they are compared too
        why = tuple(difflib.unified_diff(faulty.blame(old), faulty.blame(new), "recorded", "now", n=0, lineterm=""))
    return why


def _faults(store: Store, name: str, did: Recording) -> tuple[Finding, ...]:
    """Return why a recording may not be shown."""
    if what_ifs.is_what_if(name):
        what_if = store.what_if(name)
        source = store.source(what_if.program).read_text(encoding="utf-8")
        return tuple(what_ifs.placed(what_if, source, what_ifs.complaints(what_if, did)))
    if faulty.is_faulty(name):
        return faulty.complaints(did, store.source(name).read_text(encoding="utf-8"))
    return faults(judge(did, snippet=True))


def _compare_session(store: Store, name: str, new: Transcript) -> tuple[str, tuple[str, ...]]:
    try:
        old = store.transcript(name)
    except ValueError as error:
        return "stale", (str(error),)
    if old is None:
        return "missing", ("it was never recorded",)
    why = tuple(canonical.differences(old, new)) or _spelled_otherwise(store, name, model.to_json(old))
    return ("stale" if why else "current"), why


def _spelled_otherwise(store: Store, name: str, text: str) -> tuple[str, ...]:
    """Return where a file spells a recording otherwise than this project writes it: somebody has edited it."""
    lies = store.path(name).read_text(encoding="utf-8").splitlines(keepends=True)
    return tuple(difflib.unified_diff(lies, text.splitlines(keepends=True), "recorded", "as it is written", n=0))


def preload(store: Store, names: tuple[str, ...]) -> None:
    """Import once, before the forks, what the snippets import from the standard library."""
    for module in _LATE:
        importlib.import_module(module)
    for name in (name for name in names if not store.syntax_error(name)):
        for node in (node for text in store.texts(name) for node in ast.walk(ast.parse(text))):
            modules = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            modules += [node.module] if isinstance(node, ast.ImportFrom) and node.module else []
            for module in modules:
                if module.partition(".")[0] in sys.stdlib_module_names:
                    importlib.import_module(module)
    gc.freeze()
