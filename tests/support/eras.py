"""What Python itself said otherwise once."""

from __future__ import annotations

import sys

import pytest

SAYS_AN_ABRUPT_END = pytest.mark.skipif(
    sys.version_info < (3, 11, 3),
    reason="before Python 3.11.3 an end without TLS's goodbye looks like one with it (python/cpython issue 95494)",
)
