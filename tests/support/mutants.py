"""Makes bad programs out of good ones, one edit each, runs them, and says which of them nothing rejects.

An edit removes a close, turns a `with` into a leak, and the like; where a program opens no socket, it changes a number,
a comparison or what a function returns. A mutant that is stopped at its time limit proves nothing: it is inconclusive,
and that is as bad as a mutant that survives. Mutants run side by side, because those that take long only wait.

`python tests/support/mutants.py [--few] [NAME...]` prints each that is not rejected, and exits 1 if there is one.
"""

from __future__ import annotations

import argparse
import ast
import json
import multiprocessing
import os
import sys
import tempfile
import time
import tomllib
from collections.abc import Callable, Container, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from dataclasses import asdict, dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from sitebuild.programs.refresh import preload
from sitebuild.programs.store import Store
from socktrace.commands import Ran, warm
from socktrace.recorder import record_together
from socktrace.recording import Recording
from socktrace.recording.chosen import printed
from socktrace.recording.declarations import declared_arguments
from socktrace.verdict import faults, judge

Edit = Callable[[Any], None]
_Place = ast.expr | ast.stmt

EQUIVALENT = Path(__file__).parents[1] / "snippets/equivalent_mutants.toml"
"""The list of the edits that change nothing which a run could show."""

LIMIT = 30.0
"""The seconds that a mutant may take. A snippet must end within 10 s whatever happens to it, and this is three times as
many, so that a machine that has much else to do makes no mutant inconclusive."""

_WORKING = 2 * (os.cpu_count() or 1)
"""How many mutants may be at work at once. A run waits a good while for the kernel to take its network apart."""
_PATIENCE = 0.5
"""After how many seconds a mutant counts as one that only waits, so that the next may begin beside it."""
_WAITING = 16
"""How many may wait at once."""

_FLIPPED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Lt: ast.GtE,
    ast.GtE: ast.Lt,
    ast.Gt: ast.LtE,
    ast.LtE: ast.Gt,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
}


@dataclass(frozen=True, slots=True)
class Mutant:
    """A program with one edit.

    Args:
        snippet: The program that it was made of, as `sockets/echo.py`.
        kind: What kind of edit it is of which file, such as "close removed".
        what: The edit, such as "line 12, column 9: `client.close()` removed".
        texts: The text of each of the program's files, by its name, before the edit.
        file: Which of them is edited.
        number: Which node of it, in the order of `ast.walk`.
        edit: Changes that node.
    """

    snippet: str
    kind: str
    what: str
    texts: dict[str, str]
    file: str
    number: int
    edit: Edit

    def edited(self) -> dict[str, str]:
        """Return the text of each of the program's files after the edit."""
        source = self.texts[self.file]
        tree = ast.parse(source)
        self.edit(list(ast.walk(tree))[self.number])
        declared = [line[line.index("# socktrace:") :] for line in source.splitlines() if "# socktrace:" in line]
        text = "\n".join([ast.unparse(ast.fix_missing_locations(tree)), *declared])
        return self.texts | {self.file: text + "\n"}


@dataclass(frozen=True, slots=True)
class Tried:
    """A mutant that was run.

    Args:
        snippet: The program that it was made of.
        what: The edit.
        outcome: What came of it: it was `rejected`, or it `survived`, or was `inconclusive` at its time limit.
    """

    snippet: str
    what: str
    outcome: str


# -- the list ----------------------------------------------------------------------------------------------------------


def reasons(text: str, version: tuple[int, int] = sys.version_info[:2]) -> dict[str, dict[str, str]]:
    """Return for each program the edits that nothing rejects under a version of Python, with their reasons.

    Args:
        text: Of the list.
        version: Of Python.
    """

    def numbers(text: str) -> tuple[int, ...]:
        return tuple(map(int, text.split(".")))

    def applies(entry: str | dict[str, str]) -> bool:
        return isinstance(entry, str) or numbers(entry["since"]) <= version < numbers(entry.get("before", "4"))

    return {
        program: {
            what: entry if isinstance(entry, str) else entry["why"] for what, entry in edits.items() if applies(entry)
        }
        for program, edits in tomllib.loads(text).items()
    }


# -- the edits ---------------------------------------------------------------------------------------------------------


def mutants(store: Store, snippet: str) -> Iterator[Mutant]:
    """Yield every mutant of a program.

    Args:
        store: The snippets.
        snippet: Its name; it keeps every rule.
    """
    files = [Path(file).name for file in store.files(snippet)]
    texts = dict(zip(files, store.texts(snippet), strict=True))
    for file, source in texts.items():
        where = f"{file}, " if len(texts) > 1 else ""
        edits = _value_edits if "# socktrace: expect no-socket" in source else _socket_edits
        for number, node in enumerate(ast.walk(ast.parse(source))):
            for kind, what, place, edit in edits(node):
                told = f"{where}line {place.lineno}, column {place.col_offset + 1}: {what}"
                yield Mutant(snippet, f"{where}{kind}", told, texts, file, number, edit)


def one_of_each_kind(made: Iterable[Mutant], listed: Container[str]) -> list[Mutant]:
    """Choose of a program's mutants the first of each kind that each of its files has.

    Args:
        made: Its mutants.
        listed: The edits that change nothing. One of them is chosen only where there is no other of its kind.
    """
    first: dict[str, Mutant] = {}
    for mutant in sorted(made, key=lambda one: one.what in listed):
        first.setdefault(mutant.kind, mutant)
    return list(first.values())


def _socket_edits(node: ast.AST) -> Iterator[tuple[str, str, _Place, Edit]]:
    if isinstance(node, ast.With):
        for index, item in enumerate(node.items):
            # Without its lock, a race shows seldom; a child's copy of its parent's door ends with the child, unseen.
            name = isinstance(item.context_expr, ast.Name) and item.context_expr.id not in ("lock", "door")
            if "socket" in ast.unparse(item) or name:
                yield "with leaks", f"`with {ast.unparse(item)}` leaks", item.context_expr, partial(_leak, index)
                if item.optional_vars:
                    yield (
                        "detached",
                        f"{ast.unparse(item.optional_vars)} detached",
                        item.optional_vars,
                        partial(_detach, index),
                    )
    for field in ("body", "orelse", "finalbody"):
        body = getattr(node, field, None)
        for index, statement in enumerate(body if isinstance(body, list) else ()):
            if isinstance(statement, ast.Expr) and ast.unparse(statement).endswith(".close()"):
                yield "close removed", f"`{ast.unparse(statement)}` removed", statement, partial(_remove, field, index)
    if isinstance(node, ast.Constant) and node.value == "127.0.0.1":
        yield "address widened", "address widened", node, partial(_replace, "value", "0.0.0.0")
    if isinstance(node, ast.Tuple) and len(node.elts) == 2 and ast.unparse(node.elts[1]) == "0":
        yield "port fixed", "port fixed", node, partial(_replace, "elts", [node.elts[0], ast.Constant(40123)])


def _value_edits(node: ast.AST) -> Iterator[tuple[str, str, _Place, Edit]]:
    if isinstance(node, ast.Constant) and type(node.value) is int:
        yield "another number", f"{node.value} is {node.value + 1}", node, partial(_replace, "value", node.value + 1)
    if isinstance(node, ast.Compare) and len(node.ops) == 1:
        flipped = _FLIPPED[type(node.ops[0])]
        yield "flipped", f"`{ast.unparse(node)}` flipped", node, partial(_replace, "ops", [flipped()])
    if isinstance(node, ast.Return) and node.value:
        yield "returns nothing", f"`{ast.unparse(node)}` returns nothing", node, partial(_replace, "value", None)


def _leak(index: int, node: ast.With) -> None:
    """Turn `with MAKE as NAME:` into one that closes nothing."""
    item = node.items[index]
    text = f"__import__('contextlib').nullcontext({ast.unparse(item.context_expr)})"
    item.context_expr = ast.parse(text, mode="eval").body


def _detach(index: int, node: ast.With) -> None:
    """Let go of the descriptor on every way out of the body, just before `with` would close it."""
    name = node.items[index].optional_vars
    assert name
    detach = ast.parse(f"{ast.unparse(name)}.detach()").body
    node.body = [ast.Try(body=node.body, handlers=[], orelse=[], finalbody=detach)]


def _remove(field: str, index: int, node: ast.AST) -> None:
    getattr(node, field)[index] = ast.Pass()


def _replace(field: str, value: object, node: ast.AST) -> None:
    setattr(node, field, value)


# -- the runs ----------------------------------------------------------------------------------------------------------


def outcome(did: Recording, original: Recording) -> str:
    """Say what a mutant's run proves: it is `rejected`, it `survived`, or it was stopped and is `inconclusive`."""
    if any(one.began is not None and one.exit_code is None for one in did.programs):
        return "inconclusive"
    same = printed(original).fullmatch(did.output)
    return "rejected" if faults(judge(did, snippet=True)) or not same else "survived"


def _run(mutant: Mutant, original: Recording, limit: float) -> str:
    with tempfile.TemporaryDirectory() as folder:
        programs = []
        for file, text in mutant.edited().items():
            program = Path(folder, f"mutant-{file}")
            program.write_text(text, encoding="utf-8")
            programs.append(Ran(warm(program, declared_arguments(text))))
        did = record_together(programs, timeout=limit)
    return outcome(replace(did, program=original.program), original)


def tried(store: Store, names: Iterable[str], limit: float, *, few: bool) -> tuple[Tried, ...]:
    """Run the mutants of some snippets and return what came of each.

    Args:
        store: The snippets and their recordings.
        names: The snippets.
        limit: How long a mutant may take, in seconds.
        few: Whether one of each kind in each file stands for all.

    Raises:
        LookupError: A snippet was never recorded.
    """
    jobs: list[tuple[Mutant, Recording]] = []
    equivalent = reasons(EQUIVALENT.read_text(encoding="utf-8"))
    for name in names:
        original = store.load(name)
        if original is None:
            raise LookupError(f"{name} was never recorded")
        made = mutants(store, name)
        chosen = one_of_each_kind(made, equivalent.get(name, {})) if few else made
        jobs += [(mutant, original) for mutant in chosen]
    preload(store, tuple(names))
    with ProcessPoolExecutor(min(len(jobs), _WORKING + _WAITING) or 1, multiprocessing.get_context("fork")) as pool:
        outcomes = [future.result() for future in _submit(pool, jobs, limit)]
    return tuple(Tried(one.snippet, one.what, outcome) for (one, _), outcome in zip(jobs, outcomes, strict=True))


def _submit(pool: ProcessPoolExecutor, jobs: list[tuple[Mutant, Recording]], limit: float) -> list[Future[str]]:
    """Start each mutant as soon as few enough are at work; those that wait do not count."""
    futures: list[Future[str]] = []
    working: dict[Future[str], float] = {}
    for mutant, original in jobs:
        while len(working) >= _WORKING:
            wait(working, timeout=0.05, return_when=FIRST_COMPLETED)
            now = time.monotonic()
            working = {one: at for one, at in working.items() if not one.done() and now - at < _PATIENCE}
        futures.append(pool.submit(_run, mutant, original, limit))
        working[futures[-1]] = time.monotonic()
    return futures


def main() -> int:
    """Run the command line and return its exit status."""
    parser = argparse.ArgumentParser(description="Print each mutant of the snippets that nothing rejects.")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write here what came of each")
    parser.add_argument("--few", action="store_true", help="let one of each kind in each file stand for all")
    parser.add_argument("--limit", type=float, default=LIMIT, metavar="SECONDS", help="how long a mutant may take")
    parser.add_argument("snippets", nargs="*", metavar="NAME", help="such as sockets/echo.py; all by default")
    options = parser.parse_args()
    store = Store(Path.cwd())
    names = tuple(store.resolve(name) for name in options.snippets) or store.names()
    all_tried = tried(store, names, options.limit, few=options.few)
    if options.json:
        options.json.write_text(json.dumps([asdict(one) for one in all_tried]), encoding="utf-8")
    found = [one for one in all_tried if one.outcome != "rejected"]
    for one in found:
        print(f"{one.snippet}: {one.what}: {one.outcome}")
    return bool(found)


if __name__ == "__main__":
    sys.exit(main())
