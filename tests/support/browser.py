"""A headless Chromium that lives in a thread of its own."""

from __future__ import annotations

import shutil
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import pytest
from playwright.sync_api import Error, sync_playwright

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, Page, Playwright

T = TypeVar("T")

NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
"""The first is the same engine without the windows, menus and services of a browser; a page takes two thirds of the
time in it."""

TIMEOUT = 15_000
"""Milliseconds that a tab waits for something; many other tests may run beside it."""
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--font-render-hinting=slight",  # as a browser with windows does: to the pixel
    "--in-process-gpu",  # there is none to guard; its process would draw as this one does
    # A page is left before it has back what it takes to compile its scripts a third time, for speed; axe is, above all.
    "--js-flags=--invocation-count-for-maglev=2000",
    # One frame for all pages of a tab, not a new one for each: a sixth of what it costs to open a page. A second
    # --enable-features takes the place of the first, so Playwright's are repeated.
    "--enable-features=CDPScreenshotNewSurface,SkipListAccountsWithoutGaiaCookies,RenderDocument:level/crashed-frame",
)

STILL = """if (!document.adoptedStyleSheets.length) {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(
        "*, *::before, *::after, *::placeholder { transition: none !important; animation: none !important }");
    document.adoptedStyleSheets = [sheet];
}"""
"""Makes a page still: no colour must be measured halfway from light to dark. As a page begins this costs nothing; later
every style has to be worked out anew."""


def stop_clock(page: Page) -> None:
    """Let the clock of a tab stand, in all its pages and for good: it goes on only by `page.clock.run_for`.

    Between two questions of a test any time may pass; so what goes by the clock is to be asked where that stands.
    """
    page.clock.install(time=0)
    page.clock.pause_at(3600)  # seconds: later than a clock that has just begun can be


@dataclass(frozen=True)
class Chromium:
    """A running browser.

    Playwright keeps an event loop running in its thread, where no other test could then start one; so it has a thread.

    Args:
        thread: The browser's.
        browser: The running browser.
        tabs: The open tabs: one whose pages may run scripts, and one whose pages may not.
    """

    thread: ThreadPoolExecutor
    browser: Browser
    tabs: dict[bool, Page] = field(default_factory=dict)

    def run(self, job: Callable[[Browser], T]) -> T:
        """Run `job` in the browser's thread and return what it returns."""
        return self.thread.submit(job, self.browser).result()

    def tab(self, browser: Browser, scripts: bool) -> Page:
        """Give the tab whose pages may, or may not, run scripts; to be called in the browser's thread."""
        if scripts not in self.tabs:
            context = browser.new_context(java_script_enabled=scripts, reduced_motion="reduce")
            context.set_default_timeout(TIMEOUT)
            context.add_init_script(STILL)
            self.tabs[scripts] = context.new_page()
        return self.tabs[scripts]

    def forget(self, scripts: bool) -> None:
        """Close that tab with all that it remembers, so that the next asked for is a new one."""
        if scripts in self.tabs:
            self.tabs.pop(scripts).context.close()


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
