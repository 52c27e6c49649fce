"""`--only` proves one file: the right tests are chosen, and a wrong name is answered with the right one."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from support import website
from support.checkout import PROGRAM, SNIPPET, Checkout
from support.handmade import echo
from support.only import Chosen, choose

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    made = Checkout(tmp_path)
    made.snippet("sockets/echo.py", PROGRAM, echo())
    made.write("docs/sockets/one.md", "# One\n\n" + SNIPPET)
    made.write("docs/sockets/two.md", "# Two\n\n```figure\nsockets/drawn\n```\n")
    return made


def test_a_page_is_proven_with_what_it_shows(checkout: Checkout) -> None:
    expected = Chosen(frozenset({"sockets/one.md"}), frozenset({"sockets/echo.py"}))
    assert choose("docs/sockets/one.md", checkout.root) == expected
    assert choose(str(checkout.root / "docs" / "sockets" / "one.md"), checkout.root) == expected


@pytest.mark.parametrize(
    ("file", "page", "name"),
    [
        ("snippets/sockets/echo.py", "sockets/one.md", "sockets/echo.py"),
        ("docs/figures/sockets/drawn.py", "sockets/two.md", "sockets/drawn"),
    ],
)
def test_a_program_or_figure_is_proven_with_its_page(checkout: Checkout, file: str, page: str, name: str) -> None:
    assert choose(file, checkout.root) == Chosen(frozenset({page}), frozenset({name}))


def test_a_program_is_proven_with_its_what_ifs(checkout: Checkout) -> None:
    checkout.write("snippets/sockets/echo.what-ifs.toml", "[silent]\nedit = '''-            data'''\n")
    chosen = choose("snippets/sockets/echo.py", checkout.root)
    assert chosen.names == {"sockets/echo.py", "sockets/echo.py:silent"}


@pytest.mark.parametrize(
    ("wrong", "meant"),
    [
        ("docs/socket/one.md", "docs/sockets/one.md"),
        ("sockets/echo.py", "snippets/sockets/echo.py"),
        ("docs/figures/sockets/draw.py", "docs/figures/sockets/drawn.py"),
    ],
)
def test_a_wrong_name_is_answered_with_the_right_one(checkout: Checkout, wrong: str, meant: str) -> None:
    with pytest.raises(LookupError, match=f"{wrong} is no page.*; did you mean {meant}"):
        choose(wrong, checkout.root)


def test_the_chosen_tests_prove_the_page() -> None:
    """Every way in which a test says what it is about is known."""
    command = [sys.executable, "-m", "pytest", "-n0", "-q", "--co", "--only", "docs/sockets/framing.md"]
    asked = subprocess.run(command, cwd=website.ROOT, capture_output=True, text=True, check=True)
    chosen = {line.rpartition("::")[2] for line in asked.stdout.splitlines()}
    assert {
        "test_page[sockets/framing.md]",
        "test_recording_is_current_and_clean[sockets/frame_by_length.py]",
        "test_a_figure_fits_and_can_be_read[sockets/framing]",
        "test_the_pages_are_without_mistakes",
    } <= chosen
    assert not [name for name in chosen if "resets" in name or "both_builders" in name]
