"""What the command that records this project says of its recordings."""

from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from sitebuild.store import Store
from socktrace.session.model import read_session
from socktrace.session.runner import lacks


@dataclass(frozen=True)
class Checked:
    """The recordings of some programs and sessions, each held against a new one.

    Args:
        names: What was run.
        said: What the command printed, which ends with how many recordings it looked at.
    """

    names: tuple[str, ...]
    said: str

    def __post_init__(self) -> None:
        last = self.said.rstrip("\n").rpartition("\n")[2]
        counts = re.findall(r"(\d+) \w+", last) if re.fullmatch(r"\d+ \w+(, \d+ \w+)*", last) else []
        assert sum(map(int, counts)) == len(self.names), f"{len(self.names)} were to be recorded:\n{self.said}"

    def complaints(self, name: str) -> list[str]:
        """Return what is said of one: a line such as `stale: start/x.py`, and what is indented below."""
        assert name in self.names, f"{name} was not run"
        return re.findall(rf"^\w+: {re.escape(name)}\n(?:[ ].*\n)*", self.said, re.MULTILINE)


def check(root: Path, names: tuple[str, ...]) -> str:
    """Run the command in a checkout: one interpreter makes each recording anew and compares."""
    if not names:  # the command would take that for all
        return ""
    command = [sys.executable, "-m", "sitebuild", "record", "--check", *names]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=root)
    return done.stdout + done.stderr


def cannot_run(store: Store, name: str) -> str:
    """Say in one line why a session cannot run on this machine; nothing of a program, which needs Linux alone."""
    if not name.endswith(".toml"):
        return ""
    return lacks(read_session(name, store.source(name).read_text(encoding="utf-8")))
