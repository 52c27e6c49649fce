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


HOLDS_A_CLOSED_ONE = (
    """start = '''python3 -c 'from socketserver import BaseRequestHandler, TCPServer
TCPServer(("127.0.0.1", 8080), BaseRequestHandler).serve_forever()'
'''
ready = "tcp 8080\"""",
    "start = 'exec 3<>/dev/tcp/127.0.0.1/8080; sleep 60'\nready = 'tcp to 8080'",
)
"""The steps of a server that closes each connection at once, and of a client that holds its own all the same."""
