"""What Python itself did otherwise once, for the tests that ask for what it does today."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Any

SAYS_AN_ABRUPT_END = pytest.mark.skipif(
    sys.version_info < (3, 11, 3),
    reason="before Python 3.11.3 an end without TLS's goodbye looks like one with it (python/cpython issue 95494)",
)
CLOSES_AFTER_ITS_HANDLER = pytest.mark.skipif(
    sys.version_info < (3, 11, 7),
    reason="before Python 3.11.7 asyncio left a connection open whose handler had failed (python/cpython issue 110894)",
)


def marked(names: Iterable[str], marks: Mapping[str, pytest.MarkDecorator]) -> list[Any]:
    """Return names to parametrize a test with, each with its mark if it has one."""
    return [pytest.param(name, marks=marks.get(name, ())) for name in names]
