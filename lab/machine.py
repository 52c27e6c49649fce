"""The machine, as a program in Node."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from lab.build import IMAGE
from lab.inputs import HERE

_QUICKLY = "--liftoff-only"
"""v86 compiles what the machine executes, and V8 would compile that a second time, for longer than our programs run."""


def manifest() -> dict[str, Any]:
    """Return what is written down of the image that lies here."""
    found: dict[str, Any] = json.loads((IMAGE / "manifest.json").read_text(encoding="utf-8"))
    return found


class Machine:
    """A machine that is running.

    Args:
        node: Its process.
    """

    def __init__(self, node: subprocess.Popen[str]) -> None:
        self._node = node

    def ask(self, request: dict[str, Any]) -> dict[str, Any]:
        """Run something in it, and return the answer.

        Args:
            request: What to run; see README.md.

        Raises:
            OSError: The machine is gone.
        """
        assert self._node.stdin
        assert self._node.stdout
        self._node.stdin.write(json.dumps(request) + "\n")
        self._node.stdin.flush()
        line = self._node.stdout.readline()
        if not line:
            raise OSError("the machine has ended")
        answer: dict[str, Any] = json.loads(line)
        return answer


@contextmanager
def started(image: Path = IMAGE, *, slower: int = 1) -> Iterator[Machine]:
    """Start a machine, and end it after the block.

    Args:
        image: What it is made of.
        slower: How many times slower its clock goes than ours.
    """
    command = ["node", _QUICKLY, str(HERE / "run.mjs"), str(image), str(slower)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8") as node:
        yield Machine(node)
        assert node.stdin
        node.stdin.close()


def show(program: Path, arguments: list[str]) -> int:
    """Run one program in a machine, and show what it printed and what socktrace found."""
    request = {
        "files": {program.name: program.read_text(encoding="utf-8")},
        "programs": [{"file": program.name, "arguments": arguments}],
        "timeout": 20,
        "want": [],
    }
    with started() as machine:
        answer = machine.ask(request)
    for _, is_error, text in answer["output"]:
        print(text, end="", file=sys.stderr if is_error else sys.stdout)
    if "failed" in answer:
        print(answer["failed"], file=sys.stderr)
        return 2
    for finding in answer["evidence"]["findings"]:
        print(finding["text"], file=sys.stderr)
    return int(answer["codes"][0] or 0)
