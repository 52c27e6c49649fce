"""A headless Chromium that lives in a thread of its own."""

from __future__ import annotations

import shutil
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import pytest
from playwright.sync_api import Error, sync_playwright

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, Page, Playwright

T = TypeVar("T")

NAMES = ("chromium", "chromium-browser", "google-chrome")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
)


@dataclass(frozen=True)
class Chromium:
    """A running browser.

    Playwright keeps an event loop running in its thread, where no other test could then start one; so it has a thread.
    """

    thread: ThreadPoolExecutor
    browser: Browser

    def run(self, job: Callable[[Browser], T]) -> T:
        """Run `job` in the browser's thread and return what it returns."""
        return self.thread.submit(job, self.browser).result()

    def open(self, address: str, job: Callable[[Page], None], **options: Any) -> None:
        """Do `job` with the page at an address, opened in a fresh profile."""

        def work(browser: Browser) -> None:
            context = browser.new_context(**{"viewport": {"width": 800, "height": 800}} | options)
            context.set_default_timeout(5_000)
            try:
                page = context.new_page()
                page.goto(address)
                job(page)
            finally:
                context.close()

        self.run(work)


@contextmanager
def launch() -> Iterator[Chromium]:
    """Start a Chromium: the system's, Playwright's own, or an installed Chrome; skip the test if there is none."""
    with ThreadPoolExecutor(1) as thread:
        playwright = thread.submit(sync_playwright().start).result()
        try:
            running = thread.submit(_start, playwright).result()
            if running is None:
                pytest.skip(f"needs Chromium ({', '.join(NAMES)}) or: uv run playwright install chromium")
            yield Chromium(thread, running)
            thread.submit(running.close).result()
        finally:
            thread.submit(playwright.stop).result()


def _start(playwright: Playwright) -> Browser | None:
    found = [path for path in map(shutil.which, NAMES) if path]
    own = playwright.chromium.executable_path
    if Path(own).exists():
        found.append(own)
    choices: list[dict[str, Any]] = [{"executable_path": path} for path in found] + [{"channel": "chrome"}]
    for choice in choices:
        try:
            return playwright.chromium.launch(headless=True, args=FLAGS, **choice)
        except Error:
            continue
    return None
