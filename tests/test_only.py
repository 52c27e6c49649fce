"""`--only` proves one file: the right tests are chosen, and a wrong name is answered with the right one."""

from __future__ import annotations

import os
import re
import shutil
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
    assert choose(file, checkout.root) == Chosen(frozenset({page}), frozenset({name}), frozenset({file}))


@pytest.mark.parametrize(
    "file", ["snippets/sockets/echo.py", "snippets/sockets/echo.what-ifs.toml", "docs/sockets/one.md"]
)
def test_a_program_is_proven_with_its_what_ifs(checkout: Checkout, file: str) -> None:
    checkout.write("snippets/sockets/echo.what-ifs.toml", "[silent]\nedit = '''-            data'''\n")
    chosen = choose(file, checkout.root)
    assert chosen.pages == {"sockets/one.md"}
    assert chosen.names == {"sockets/echo.py", "sockets/echo.py:silent"}


def test_what_no_page_shows_yet_is_proven_too(checkout: Checkout) -> None:
    checkout.write("docs/figures/sockets/new.py", "")
    linted = frozenset({"docs/figures/sockets/new.py"})
    expected = Chosen(frozenset(), frozenset({"sockets/new"}), linted)
    assert choose("docs/figures/sockets/new.py", checkout.root) == expected


def test_a_block_is_proven_with_its_tests_and_a_page() -> None:
    chosen = choose("sitebuild/blocks/talk.py")
    assert chosen.files == {"sitebuild/blocks/talk.py"}
    assert {"tests/sitebuild/blocks/test_talk.py", "tests/sitebuild/checks/test_mistakes.py"} <= chosen.modules
    (page,) = chosen.pages
    assert "```talk" in (website.ROOT / "docs" / page).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("wrong", "meant"),
    [
        ("docs/socket/one.md", "docs/sockets/one.md"),
        ("sockets/echo.py", "snippets/sockets/echo.py"),
        ("docs/figures/sockets/draw.py", "docs/figures/sockets/drawn.py"),
    ],
)
def test_a_wrong_name_is_answered_with_the_right_one(checkout: Checkout, wrong: str, meant: str) -> None:
    with pytest.raises(LookupError, match=f"{wrong} is no page, .*; did you mean {meant}"):
        choose(wrong, checkout.root)


@pytest.mark.parametrize(
    ("file", "proof"),
    [
        ("docs/data/ports.toml", "--only docs/sockets/two.md proves what is shown of it"),
        ("docs/data/glossary.toml", "uv run python -m sitebuild check proves what is shown of it"),
        ("mkdocs.yml", "uv run python -m sitebuild check and uv run mkdocs build --strict prove it"),
        ("docs/assets/site.css", "tests/docs/test_stylesheets.py and tests/docs/test_browser.py prove it"),
        ("tests/test_some.py", "uv run pytest tests/test_some.py runs it"),
        ("pyproject.toml", "uv run pytest proves it with all else"),
        ("docs/sockets", "name one file in the folder"),
    ],
)
def test_what_cannot_be_proven_alone_is_told_what_proves_it(checkout: Checkout, file: str, proof: str) -> None:
    checkout.write("docs/sockets/two.md", "# Two\n\n```ports\n```\n")
    if "." in file:
        checkout.write(file, "")
    with pytest.raises(LookupError) as caught:
        choose(file, checkout.root)
    said = f"{file} is no page, program, session, figure or block, and no file of what-ifs; {proof}"
    assert str(caught.value) == said


@pytest.mark.parametrize("file", ["snippets/sockets/echo.py", "docs/sockets/one.md", "docs/figures/sockets/drawn.py"])
def test_what_is_no_program_is_told_by_its_line(checkout: Checkout, file: str) -> None:
    checkout.write("snippets/sockets/echo.py", PROGRAM.replace("def main():", "def main()"))
    checkout.write("docs/figures/sockets/drawn.py", "TITLE = 1\nif True\n")
    with pytest.raises(SyntaxError) as caught:
        choose(file, checkout.root)
    place = "docs/figures/sockets/drawn.py", 2
    if "figures" not in file:
        place = "snippets/sockets/echo.py", PROGRAM.splitlines().index("def main():") + 1
    assert (caught.value.filename, caught.value.lineno) == place


def collected(file: str) -> set[str]:
    """Return the tests that are chosen for a file, without their modules."""
    command = [sys.executable, "-m", "pytest", "-n0", "-q", "--co", "--only", file]
    asked = subprocess.run(command, cwd=website.ROOT, capture_output=True, text=True, check=True)
    return {line.rpartition("::")[2] for line in asked.stdout.splitlines() if "::" in line}


def test_the_chosen_tests_prove_the_page() -> None:
    """Every way in which a test says what it is about is known."""
    chosen = collected("docs/sockets/framing.md")
    assert {
        "test_page[sockets/framing.md]",
        "test_recording_is_current_and_clean[sockets/frame_by_length.py]",
        "test_recording_is_current_and_breaks_what_it_says[sockets/frame_by_length.py:low-byte-first]",
        "test_a_figure_fits_and_can_be_read[sockets/framing]",
        "test_the_pages_are_without_mistakes",
    } <= chosen
    assert not [name for name in chosen if "resets" in name or "both_builders" in name or "stand_for" in name]


def test_the_chosen_tests_prove_the_program_and_no_more() -> None:
    chosen = {re.sub(r"\.md:\d+]", ".md]", name) for name in collected("snippets/sockets/half_close.py")}
    assert chosen == {
        *(f"test_the_code_passes[{linter}]" for linter in ("ruff check", "ruff format", "mypy")),
        "test_page[sockets/how-a-connection-ends.md]",
        "test_nothing_undone_reaches_a_page[sockets/how-a-connection-ends.md]",
        "test_example[docs/sockets/how-a-connection-ends.md]",
        "test_a_program_is_read_at_one_glance[sockets/how-a-connection-ends.md]",
        "test_every_link_leads_somewhere",
        "test_the_pages_are_without_mistakes",
        "test_every_snippet_is_in_the_list",
        "test_every_single_edit_is_rejected[sockets/half_close.py]",
        "test_recording_is_current_and_clean[sockets/half_close.py]",
        "test_copied_file_prints_what_is_recorded[sockets/half_close.py]",
        "test_snippet_says_what_it_shows[sockets/half_close.py]",
        "test_snippet_keeps_the_house_rules[sockets/half_close.py]",
    }


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """Give a copy of this project, to be spoilt."""
    for name in ("docs", "tests"):
        shutil.copytree(website.ROOT / name, tmp_path / name)
    for name in ("snippets", "socktrace", "sitebuild"):
        (tmp_path / name).symlink_to(website.ROOT / name)
    for name in ("conftest.py", "mkdocs.yml", "pyproject.toml", "README.md"):
        shutil.copy(website.ROOT / name, tmp_path)
    return tmp_path


def proven(root: Path, file: str, tests: str, *modules: str) -> str:
    """Return what some of the tests that prove a file say; only their modules are collected."""
    command = [sys.executable, "-m", "pytest", "-n0", "-q", "-k", tests, "--only", file, *modules]
    environment = {name: value for name, value in os.environ.items() if name != "CI"}
    return subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, check=False).stdout


def test_a_syntax_error_is_all_that_is_said(copy: Path) -> None:
    (copy / "docs/figures/sockets/framing.py").write_text("TITLE = (", encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-n0", "-q", "--only", "docs/sockets/framing.md"]
    done = subprocess.run(command, cwd=copy, capture_output=True, text=True, check=False)
    assert done.returncode == pytest.ExitCode.USAGE_ERROR
    said = "ERROR: --only: docs/figures/sockets/framing.py:1: SyntaxError: '(' was never closed"
    assert done.stderr.strip() == said


def test_a_green_run_says_what_it_has_proven(copy: Path) -> None:
    said = proven(copy, "docs/sockets/framing.md", "a_figure_fits", "tests/sitebuild/figures/test_figures.py")
    told = (
        r"^docs/sockets/framing\.md: proved 1 page, \d+ programs?, \d+ figures?, \d+ what-ifs?, "
        r"the site's links and every page's fences; all else: uv run pytest$"
    )
    assert re.search(told, said, re.MULTILINE), said


@pytest.mark.skipif(sys.platform != "linux", reason="recordings are made on Linux")
def test_a_forged_recording_of_a_what_if_is_found(copy: Path) -> None:
    forged = copy / "docs/recordings/sockets/timeout_is_an_error.zero.json"
    forged.write_text(forged.read_text(encoding="utf-8").replace("BlockingIOError", "TimeoutError"), encoding="utf-8")
    module = "tests/sitebuild/programs/test_what_ifs.py"
    said = proven(copy, "snippets/sockets/timeout_is_an_error.py", "breaks_what_it_says", module)
    name = "test_recording_is_current_and_breaks_what_it_says[sockets/timeout_is_an_error.py:zero]"
    assert re.search(rf"^FAILED {module}::{re.escape(name)}", said, re.MULTILINE), said
    assert "1 failed" in said


def test_a_site_that_does_not_build_is_told_once(copy: Path) -> None:
    (copy / "mkdocs.yml").write_text("nonsense", encoding="utf-8")
    modules = ("tests/docs/test_builders.py", "tests/docs/test_links.py")
    said = proven(copy, "docs/sockets/datagrams.md", "nothing_undone or test_every_link_leads", *modules)
    assert said.count("mkdocs build --strict failed") == 1, said
    assert "the site does not build, as another test says" in said
    assert "1 skipped" in said
    assert "1 error" in said
