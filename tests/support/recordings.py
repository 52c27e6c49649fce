"""What the command that records this project says of its recordings."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from sitebuild.programs.store import Store
from socktrace.session.model import read_session
from socktrace.session.runner import lacks


def check(root: Path, names: Sequence[str]) -> dict[str, str]:
    """Make the recordings of some programs and sessions anew, and return what the command says against each.

    What differs is looked at once more: some programs show what time limits do, and on a busy machine those pass before
    their time.

    Args:
        root: The checkout.
        names: What to run.
    """
    found = _check(root, names)
    return found | _check(root, [name for name in names if found[name]])


def _check(root: Path, names: Sequence[str]) -> dict[str, str]:
    if not names:  # the command would take that for all
        return {}
    command = [sys.executable, "-m", "sitebuild", "record", "--check", *names]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=root)
    return complaints(names, done.stdout + done.stderr)


def complaints(names: Sequence[str], said: str) -> dict[str, str]:
    """Return what is said against each, `stale: start/x.py` and what is indented below; nothing of what is current.

    Args:
        names: What was to be run.
        said: What the command printed, which ends with how many it looked at.
    """
    last = said.rstrip("\n").rpartition("\n")[2]
    counts = re.findall(r"(\d+) \w+", last) if re.fullmatch(r"\d+ \w+(, \d+ \w+)*", last) else []
    assert sum(map(int, counts)) == len(names), f"{len(names)} were to be recorded:\n{said}"
    found = {name: re.search(rf"^\w+: {re.escape(name)}\n(?:[ ].*\n)*", said, re.MULTILINE) for name in names}
    return {name: match[0] if match else "" for name, match in found.items()}


def cannot_run(store: Store, name: str) -> str:
    """Say in one line why a session cannot run on this machine; nothing of a program, which needs Linux alone."""
    if not name.endswith(".toml"):
        return ""
    return lacks(read_session(name, store.session(name)))
