"""The plugin for pytest: judges each test by what it does with sockets, when asked to by `--socktrace`.

This module is loaded wherever the package is installed. It adds names that begin with `socktrace` and nothing else: the
tracer itself is imported only when it is asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from socktrace.pytest_plugin.witnessed import Witnessed

_MARKER = (
    "socktrace(allow=[EVENT, ...], deny=[EVENT, ...]): what this test may do with sockets, or must not, when it is "
    "judged by --socktrace"
)
_JUDGE = "socktrace-judge"
"""The name of the part that judges, where there is one."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add `--socktrace` and the settings."""
    group = parser.getgroup("socktrace", "what tests do with sockets")
    group.addoption(
        "--socktrace",
        action="store_true",
        default=False,
        help="let each test fail that leaves a socket open, a serving thread or a child process",
    )
    parser.addini("socktrace", "judge every test, as --socktrace does", type="bool", default=False)
    parser.addini("socktrace_allow", "events that no test is blamed for", type="args", default=[])
    parser.addini("socktrace_deny", "further events that every test is blamed for", type="args", default=[])


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> None:
    """Watch from before the first conftest.py on, if that is asked for."""
    if early_config.known_args_namespace.socktrace or early_config.getini("socktrace"):
        from socktrace.pytest_plugin.judge import Judge

        early_config.pluginmanager.register(Judge(early_config), _JUDGE)


def pytest_configure(config: pytest.Config) -> None:
    """Make the marker known."""
    config.addinivalue_line("markers", _MARKER)


@pytest.fixture
def socktrace(request: pytest.FixtureRequest) -> Witnessed:
    """Give what the test has done with sockets so far: its recording, and its ladder as text or as a page.

    It needs `--socktrace`; without it, the test is skipped.
    """
    judge = request.config.pluginmanager.get_plugin(_JUDGE)
    if judge is None:
        pytest.skip("the fixture 'socktrace' needs --socktrace, or `socktrace = true` in the settings")
    witnessed: Witnessed = judge.witnessed()
    return witnessed
