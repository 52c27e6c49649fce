"""A small checkout for the tests of what comes on a page."""

from __future__ import annotations

from pathlib import Path

import pytest

from support.checkout import GLOSSARY, PROGRAM, SOURCES, Checkout
from support.handmade import echo


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    made = Checkout(tmp_path)
    made.snippet("sockets/echo.py", PROGRAM, echo())
    made.write("docs/data/glossary.toml", GLOSSARY)
    made.write("docs/data/sources.toml", SOURCES)
    return made
