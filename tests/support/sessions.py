"""Sessions written for tests, and how to run one."""

from __future__ import annotations

import pytest

from socktrace.session import runner
from socktrace.session.model import Transcript


def run(text: str, name: str = "ports/x.toml", limit: float = 10.0) -> Transcript:
    """Run a session; skip where sessions cannot run."""
    try:
        return runner.run(name, text, limit=limit)
    except OSError as error:
        pytest.skip(str(error))


def one_host(*steps: str) -> str:
    """Write a session with one host, `box`; each step is given by its keys after `host`."""
    return 'claim = "It shows."\nhosts = ["box"]\n' + "".join(f'[[step]]\nhost = "box"\n{step}\n' for step in steps)


def server(port: int) -> str:
    return f"start = 'python3 -m http.server {port} --bind 127.0.0.1'\nready = 'tcp {port}'"
