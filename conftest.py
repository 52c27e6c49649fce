"""The option that takes a path: pytest looks for other conftest.py files beside that path, not beside the tests."""

from __future__ import annotations

import signal

import pytest

from support import bytecode, only  # noqa: F401 - bytecode is kept from here on

pytest_plugins = ["pytester", "support.skips"]


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add `--only`."""
    parser.getgroup("site").addoption(
        "--only",
        metavar="PATH",
        help="prove one file: a page with all it shows, a program, its what-ifs, a session, figure or block",
    )


def pytest_configure(config: pytest.Config) -> None:
    """Let `--only` choose the tests."""
    only.register(config)
    # a server is told to end as by Ctrl-C, and who starts the tests with nohup has that ignored
    signal.signal(signal.SIGINT, signal.default_int_handler)
