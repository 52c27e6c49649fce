"""Adapter to pytest: the fixture that records a program."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from socktrace.recording import Recording, from_json

Recorder = Callable[..., Recording]


@pytest.fixture
def record_program(tmp_path: Path) -> Recorder:
    """Return a function that runs a program under `socktrace run` and returns what it did."""

    def record(program: Path | str, *options: str, args: tuple[str, ...] = ()) -> Recording:
        target = tmp_path / "recording.json"
        if isinstance(program, str):
            (tmp_path / "program.py").write_text(program, encoding="utf-8")
            program = tmp_path / "program.py"
        command = [sys.executable, "-m", "socktrace", "run", *options, "--json", str(target), str(program), *args]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert target.exists(), done.stderr
        return from_json(target.read_text(encoding="utf-8"))

    return record
