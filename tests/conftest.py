"""What every test shares: the recordings, each made anew once, the site, built once by each builder, and a browser."""

from __future__ import annotations

import gc
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import filelock
import pytest

from sitebuild.programs.store import Store
from support import browser, recordings, website
from support.batch import Once, asked
from support.seconds import Seconds

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator


LONGEST = frozenset({"browser", "builders", "lint"})
"""The marks of the tests that take long. They begin first, so that no worker is left alone with one at the end."""

NEEDS = {"chromium": "browser", "build": "builders"}
"""The mark of a test that asks for such a fixture, itself or through another."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options."""
    site = parser.getgroup("site")
    site.addoption(
        "--refresh",
        action="store_true",
        help="first rewrite everything a machine writes: recordings, and the #> outputs in pages and docstrings",
    )
    site.addoption(
        "--exhaustive",
        action="store_true",
        help="also run what few otherwise stand for: every program under strace and in the machine, every edit of it",
    )


def pytest_xdist_auto_num_workers() -> int:
    """Start one worker more than there are processors, because tests of programs and of pages wait now and then."""
    return (os.cpu_count() or 1) + 1


def pytest_configure(config: pytest.Config) -> None:
    config.pluginmanager.register(Seconds())


@pytest.hookimpl(wrapper=True)
def pytest_collection(session: pytest.Session) -> Generator[None, object, object]:
    """Let one worker import the tests before the others do, or each would compile them and all that they import."""
    if not hasattr(session.config, "workerinput"):
        return (yield)
    imported = Path(session.config.option.basetemp).parent / "imported"  # in the folder that all workers share
    with filelock.FileLock(f"{imported}.lock"):
        if not imported.exists():
            collected = yield
            imported.touch()
            return collected
    return (yield)


@pytest.hookimpl(tryfirst=True)  # before the choice by -m
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what needs a browser or whole sites, and let what takes long begin first."""
    for item in items:
        for fixture, mark in NEEDS.items():
            if fixture in getattr(item, "fixturenames", ()):
                item.add_marker(mark)
    items.sort(key=lambda item: LONGEST.isdisjoint(mark.name for mark in item.iter_markers()))


def pytest_collection_finish() -> None:
    """Let the collector of garbage pass over all that lives as long as the run."""
    gc.freeze()


@pytest.hookimpl(tryfirst=True)
def pytest_cmdline_main(config: pytest.Config) -> None:
    """With `--refresh`, record every snippet, then run the tests in one process, so that each page is written once."""
    if config.getoption("refresh"):
        config.option.update_examples = True
        config.option.numprocesses = 0
        config.option.dist = "no"
        done = subprocess.run([sys.executable, "-m", "sitebuild", "record"], cwd=config.rootpath, check=False)
        if done.returncode:
            pytest.exit("recording failed; see above", returncode=done.returncode)


BROKEN = pytest.StashKey[bool]()
TOLD = "the site does not build, as another test says"


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Let a site that this worker could not build be told once, and not by every test that looks at it."""
    if item.config.stash.get(BROKEN, False) and "site" in getattr(item, "fixturenames", ()):
        pytest.skip(TOLD)


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """Give the folder that all workers of this run share."""
    base = tmp_path_factory.getbasetemp()
    return base if worker_id == "master" else base.parent


@pytest.fixture(scope="session")
def once(shared: Path) -> Once:
    """Give a function that makes a named thing once for all workers."""
    return Once(shared)


@pytest.fixture(scope="session")
def checked(request: pytest.FixtureRequest, once: Once) -> dict[str, str]:
    """Give what is said against each recording that the chosen tests ask about: all are made anew, once."""
    store = Store(website.ROOT)
    names = [name for name in asked(request, "name") if not recordings.cannot_run(store, name)]
    return once("recordings", lambda: recordings.check(website.ROOT, names))


@pytest.fixture(scope="session")
def build(shared: Path) -> Callable[[website.Builder], website.Build]:
    """Give a function that builds the site with the named builder, once for all workers."""

    def once(builder: website.Builder) -> website.Build:
        folder = shared / f"site-{builder}"
        with filelock.FileLock(f"{folder}.lock"):
            return website.build(builder, folder) if not folder.exists() else website.Build(folder)

    return once


@pytest.fixture(scope="session")
def site(request: pytest.FixtureRequest, shared: Path, build: Callable[[website.Builder], website.Build]) -> Path:
    """Give the folder of the site as MkDocs builds it. If it cannot, one test says so and the others are skipped."""
    result = build("mkdocs")
    if result.status:
        request.config.stash[BROKEN] = True
        with filelock.FileLock(shared / "told.lock"):
            told = shared / "told"
            if told.exists():
                pytest.skip(TOLD)
            told.touch()
        pytest.fail(f"mkdocs build --strict failed:\n{result.output}", pytrace=False)
    return result.site


@pytest.fixture(scope="session")
def served(site: Path) -> Iterator[str]:
    """Serve the built site on loopback and give its address, which ends with a slash."""
    with website.serve(site) as address:
        yield address


@pytest.fixture(scope="session")
def chromium() -> Iterator[browser.Chromium]:
    """Give a headless Chromium; without one, skip."""
    with browser.launch() as running:
        yield running
