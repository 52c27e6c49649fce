"""Runs the site's programs in the machine, and holds what they did there against their recordings."""

from __future__ import annotations

import sys
import time
import tomllib
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from queue import Queue
from typing import Any

from lab import machine
from lab.inputs import HERE, ROOT
from sitebuild.programs import faulty, what_ifs
from sitebuild.programs.refresh import briefly, untrue
from sitebuild.programs.store import Store
from socktrace.recording import from_json
from socktrace.recording.declarations import declared_arguments

DIFFERENCES = HERE / "differences.toml"
_PATIENCE = 4
"""How many times longer a program may take in the machine than where it was recorded, by the machine's own clock."""
SLOWER = 4
"""How many times slower that clock goes. The machine is some forty times slower than this host, and the programs' time
limits are not."""
_MACHINES = 2


@dataclass(frozen=True, slots=True)
class Compared:
    """A program that was run in the machine.

    Args:
        name: The snippet or what-if.
        why: What was not as recorded, in lines fit to print; none if all was.
        milliseconds: How long it took, from the request to the evidence.
    """

    name: str
    why: tuple[str, ...]
    milliseconds: int


def declared() -> dict[str, str]:
    """Return the programs that do something else in the machine than where they were recorded, and why."""
    found: dict[str, str] = tomllib.loads(DIFFERENCES.read_text(encoding="utf-8"))
    return found


def programs(store: Store) -> tuple[str, ...]:
    """Return every program of the site, what-ifs and those that are wrong on purpose too."""
    return (*store.names(), *store.faulty(), *store.what_ifs())


def request(store: Store, name: str) -> dict[str, Any]:
    """Return what a page would ask for to run a program.

    Args:
        store: The checkout.
        name: The snippet or what-if.
    """
    files = dict(zip(store.files(name), store.texts(name), strict=True))
    timeout = 10.0
    if what_ifs.is_what_if(name):
        one = store.what_if(name)
        files[one.program] = what_ifs.text_of(what_ifs.edited(one, files[one.program]))
    if faulty.is_faulty(name):
        (text,) = files.values()
        timeout = faulty.time_limit(text)
    asked = {
        "files": {Path(file).name: text for file, text in files.items()},
        "programs": [
            {
                "file": Path(file).name,
                "name": f"snippets/{file}",
                "arguments": () if faulty.is_faulty(name) else declared_arguments(text),
            }
            for file, text in files.items()
        ],
        "want": ["recording"],
        "limit": 300_000,
    }
    recorded = store.load(name)
    assert recorded
    if any(one.exit_code is None for one in recorded.programs):
        asked["timeout"] = timeout * _PATIENCE  # a page sets none
    return asked


def compared(store: Store, lab: machine.Machine, name: str) -> Compared:
    """Run a program in the machine and compare.

    Args:
        store: The checkout.
        lab: The machine.
        name: The snippet or what-if.
    """
    answer = lab.ask(request(store, name))
    if "evidence" not in answer:
        return Compared(name, (str(answer.get("failed", "the machine told nothing")),), answer["done"])
    new = from_json(answer["evidence"]["recording"])
    old = store.load(name)
    assert old
    if what_ifs.is_what_if(name):
        new = briefly(new)
    return Compared(name, untrue(store, name, old, new), answer["told"])


def compare(names: Sequence[str]) -> Iterator[Compared]:
    """Run programs, each in one of two machines.

    Args:
        names: Snippets and what-ifs.
    """
    store = Store(ROOT)
    free: Queue[machine.Machine] = Queue()

    def one(name: str) -> Compared:
        lab = free.get()
        try:
            return compared(store, lab, name)
        finally:
            free.put(lab)

    with ExitStack() as stack:
        for _ in range(_MACHINES):
            free.put(stack.enter_context(machine.started(slower=SLOWER)))
        yield from stack.enter_context(ThreadPoolExecutor(_MACHINES)).map(one, names)


def main(names: Sequence[str]) -> int:
    """Compare programs and say what differs."""
    store, began = Store(ROOT), time.monotonic()
    known, bad = declared(), 0
    chosen = [store.resolve(name) for name in names] or programs(store)
    for one in compare(chosen):
        state = "differs, as declared" if one.why and one.name in known else "DIFFERS" if one.why else "as recorded"
        state = "AS RECORDED, but declared to differ" if not one.why and one.name in known else state
        bad += state.isupper() or state.startswith("AS")
        print(f"{one.milliseconds:6} ms  {one.name}: {state}", flush=True)
        for line in one.why if state == "DIFFERS" or names else ():
            print(f"           {line}", file=sys.stderr)
    print(f"{len(chosen)} programs in {time.monotonic() - began:.0f} s")
    return 1 if bad else 0
