"""Makes bad programs out of good ones, one edit each: a close removed, a `with` turned into a leak, and the like.

`python tests/mutants.py FILE...` prints each mutant that no rule rejects, and exits 1 if there is one.
"""

from __future__ import annotations

import ast
import copy
import dataclasses
import sys
import tempfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from sitebuild.store import Store
from socktrace.declarations import declared_arguments
from socktrace.recorder import record
from socktrace.recording import Recording
from socktrace.verdict import faults, judge

Edit = Callable[[ast.AST], None]


def mutants(source: str) -> Iterator[tuple[str, str]]:
    """Yield each mutant's description and text.

    Args:
        source: The text of a program that keeps every rule.
    """
    tree = ast.parse(source)
    declared = [line[line.index("# socktrace:") :] for line in source.splitlines() if "# socktrace:" in line]
    for number, node in enumerate(ast.walk(tree)):
        for what, edit in _edits(node):
            changed = copy.deepcopy(tree)
            edit(list(ast.walk(changed))[number])
            text = ast.unparse(ast.fix_missing_locations(changed))
            yield f"line {getattr(node, 'lineno', 0)}: {what}", "\n".join([text, *declared]) + "\n"


def _edits(node: ast.AST) -> Iterator[tuple[str, Edit]]:
    if isinstance(node, ast.With):
        for index, item in enumerate(node.items):
            # Without its lock, a race shows seldom; a child's copy of its parent's door ends with the child, unseen.
            name = isinstance(item.context_expr, ast.Name) and item.context_expr.id not in ("lock", "door")
            if "socket" in ast.unparse(item) or name:
                yield f"`with {ast.unparse(item)}` leaks", partial(_leak, index)
                if item.optional_vars:
                    yield f"{ast.unparse(item.optional_vars)} detached", partial(_detach, index)
    for field in ("body", "orelse", "finalbody"):
        body = getattr(node, field, None)
        for index, statement in enumerate(body if isinstance(body, list) else ()):
            if isinstance(statement, ast.Expr) and ast.unparse(statement).endswith(".close()"):
                yield f"`{ast.unparse(statement)}` removed", partial(_remove, field, index)
    if isinstance(node, ast.Constant) and node.value == "127.0.0.1":
        yield "address widened", partial(_replace, "value", "0.0.0.0")
    if isinstance(node, ast.Tuple) and len(node.elts) == 2 and ast.unparse(node.elts[1]) == "0":
        yield "port fixed", partial(_replace, "elts", [node.elts[0], ast.Constant(40123)])


def _leak(index: int, node: ast.AST) -> None:
    """Turn `with MAKE as NAME:` into one that closes nothing."""
    assert isinstance(node, ast.With)
    item = node.items[index]
    text = f"__import__('contextlib').nullcontext({ast.unparse(item.context_expr)})"
    item.context_expr = ast.parse(text, mode="eval").body


def _detach(index: int, node: ast.AST) -> None:
    """Let go of the descriptor on every way out of the body, just before `with` would close it."""
    assert isinstance(node, ast.With)
    name = node.items[index].optional_vars
    assert name
    detach = ast.parse(f"{ast.unparse(name)}.detach()").body
    node.body = [ast.Try(body=node.body, handlers=[], orelse=[], finalbody=detach)]


def _remove(field: str, index: int, node: ast.AST) -> None:
    getattr(node, field)[index] = ast.Pass()


def _replace(field: str, value: object, node: ast.AST) -> None:
    setattr(node, field, value)


def is_rejected(mutant: Recording, original: Recording | None) -> bool:
    """Say whether a mutant breaks a rule, or tells another story than the recording."""
    return bool(faults(judge(mutant, snippet=True))) or (original is not None and mutant.stdout != original.stdout)


def survivors(store: Store, name: str, timeout: float = 0.5) -> Iterator[str]:
    """Yield each mutant of a snippet that nothing rejects.

    Args:
        store: The snippets and their recordings.
        name: The snippet.
        timeout: How long a mutant may take, in seconds; many wait for an end that never comes, and are rejected then.
    """
    original = store.load(name)
    with tempfile.TemporaryDirectory() as folder:
        program = Path(folder, "mutant.py")
        source = store.source(name).read_text(encoding="utf-8")
        for what, text in mutants(source):
            program.write_text(text, encoding="utf-8")
            recording = dataclasses.replace(
                record(program, declared_arguments(source), timeout=timeout), program=f"snippets/{name}"
            )
            if not is_rejected(recording, original):
                yield f"{name}: {what}"


if __name__ == "__main__":
    found = [line for name in sys.argv[1:] for line in survivors(Store(Path.cwd()), name)]
    print("\n".join(found))
    sys.exit(bool(found))
