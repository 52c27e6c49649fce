"""A report on a page: the wrong program, what Python says of it, and what the tool says, as it says it."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path, PurePosixPath

import pytest

from sitebuild.checks.site import problems
from sitebuild.programs.store import Store
from socktrace.recording import Recording
from support import website
from support.checkout import GLOSSARY, SOURCES, Checkout, fence, one, text_of

STORE = Store(website.ROOT)
NAME = "broken/answers_too_early.py"
GOOD = "sockets/closing_ends_the_stream.py"

linux_only = pytest.mark.skipif(sys.platform != "linux", reason="recordings are made on Linux")


def text(name: str) -> str:
    return STORE.source(name).read_text(encoding="utf-8")


def did(name: str) -> Recording:
    found = STORE.load(name)
    assert found, f"{name} was never recorded"
    return found


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    made = Checkout(tmp_path)
    for name in (NAME, GOOD):
        made.snippet(name, text(name), did(name))
    made.write("docs/data/glossary.toml", GLOSSARY)
    made.write("docs/data/sources.toml", SOURCES)
    return made


def test_it_shows_the_program_what_it_wrote_and_what_is_said_of_it(checkout: Checkout) -> None:
    frame = one(checkout.page(fence("report", NAME)), "section.sk-bug")
    code = one(frame, ".sk-code").get_text()
    assert "def serve(listener):" in code
    assert "# socktrace" not in code
    wrote, says = (box.get_text() for box in frame.select(".sk-happened pre"))
    assert wrote.rstrip("\n") == did(NAME).stderr.rstrip("\n").replace("snippets/broken/", "")
    assert re.search(r"fault: answers_too_early\.py:9: .* was reset by ", says)
    assert one(frame, "details .sk-ladder")


@linux_only
def test_what_it_says_is_what_the_command_prints(checkout: Checkout) -> None:
    frame = one(checkout.page(fence("report", NAME)), "section.sk-bug")
    commands = [title.get_text() for title in frame.select(".sk-happened .sk-title")]
    says = frame.select(".sk-happened pre")[-1].get_text()
    words = commands[-1].removeprefix("$ socktrace ").split()
    folder = STORE.source(NAME).parent
    done = subprocess.run(
        [sys.executable, "-m", "socktrace", *words], capture_output=True, text=True, check=False, cwd=folder
    )
    assert commands[0] == f"$ python {PurePosixPath(NAME).name}"
    report = done.stderr[done.stderr.index("\nsocktrace: ") + 1 :]
    varies = re.compile(r"(?<=127\.0\.0\.1:)\d+|\d+(?= ms)")
    assert varies.sub("N", says).split() == varies.sub("N", report).split()


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (GOOD, "a report fence holds one program that is wrong, such as broken/answers_too_early.py"),
        (f"{NAME}\n{NAME}", "a report fence holds one program that is wrong, such as broken/answers_too_early.py"),
        ("broken/answers_to_early.py", f"unknown snippet broken/answers_to_early.py; did you mean {NAME}?"),
    ],
    ids=["a good program", "two", "unknown program"],
)
def test_a_mistake_shows_on_the_page_and_the_suite_finds_it(checkout: Checkout, body: str, message: str) -> None:
    page = checkout.page("# Title\n\nText.\n\n" + fence("report", body))
    assert text_of(page, ".socktrace-error") == f"docs/deep/page.md:5: {message}"
    assert f"docs/deep/page.md:5: {message}" in problems(checkout.root)
