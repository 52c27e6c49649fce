"""What every block owes: a test of what its fence makes; and the two blocks that need no tests of their own."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

import pytest

from sitebuild.blocks import registry
from support.checkout import Checkout, fence, one, text_of

TESTS = Path(__file__).parents[1]


def untested(names: Iterable[str], tests: Iterable[str]) -> list[str]:
    """Return the blocks whose fence stands in no test, neither made nor written."""
    found = {name for text in tests for name in re.findall(r"(?:\bfence\(\s*\"|```)(\w[\w-]*)", text)}
    return [name for name in names if name not in found]


def test_every_block_has_a_test() -> None:
    texts = (file.read_text(encoding="utf-8") for file in TESTS.rglob("test_*.py"))
    missing = untested(registry(), texts)
    if missing:
        found = ", ".join(f'test_{name}.py, with fence("{name}", ...)' for name in missing)
        pytest.fail(f"write a test of each in tests/sitebuild/blocks/: {found}", pytrace=False)


def test_a_block_without_a_test_is_found() -> None:
    tests = ['fence("one", "Words.")', 'fence(\n    "two", "x"\n)', "```three\nWhy?\n```", "fence(four)"]
    assert untested(["one", "two", "three", "four", "five"], tests) == ["four", "five"]


def test_the_guide_shows_every_block(checkout: Checkout) -> None:
    page = checkout.page(fence("blocks"))
    guides = [block.guide.partition("\n")[0].removeprefix("## ") for block in registry().values()]
    assert [heading.get_text() for heading in page.select("h2")] == guides
    assert "a blocks fence is empty" in text_of(checkout.page(fence("blocks", "all")), ".socktrace-error")


def test_a_lab_begins_with_one_program(checkout: Checkout) -> None:
    page = checkout.page(fence("lab", "sockets/echo.py"))
    assert one(page, ".sk-free .sk-run .sk-code")
    assert not page.select(".sk-ladder")
    wrong = text_of(checkout.page(fence("lab", "a.py", "b.py")), ".socktrace-error")
    assert wrong.startswith("docs/deep/page.md:1: a lab fence holds one program to begin with")
