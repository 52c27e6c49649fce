"""Every page of this site: its blocks, its sources and terms, and the files it includes."""

from __future__ import annotations

from pathlib import Path

import pytest

from sitebuild.check import problems


@pytest.mark.alone
def test_the_pages_are_without_mistakes() -> None:
    found = problems(Path(__file__).parents[2])
    assert not found, "\n" + "\n".join(found)
