"""A visit to pages of a site, in a browser, that notes all that goes wrong: the one way in which tests open pages."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from support.browser import STILL, stop_clock

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Browser, ConsoleMessage, Page, Request

    from support.browser import Chromium

HEIGHT = 800
"""Of the window, in pixels."""

ARRIVED = f"""() => {{
    {STILL}
    const parts = performance.getEntries().filter(({{ entryType }}) => ["navigation", "resource"].includes(entryType));
    return [...parts.map(({{ name }}) => name), ...[...document.scripts].map(({{ src }}) => src).filter(Boolean)];
}}"""
"""Says what the page consists of, whether it came from the server or was kept from another page, and makes it still if
it was not from its beginning. On a busy machine the browser may not have noted yet what became of a script."""

LEFT = """() => {
    localStorage.clear();
    sessionStorage.clear();
    if (location.protocol === "file:") return; // a page on disk cannot change its address: it is left for none
    history.replaceState(null, "", "/left"); // so that the next visit loads its page, be it this one
    document.documentElement.style.display = "none"; // so that it is not laid out for the window of that visit
}"""


@dataclass
class Visit:
    """A tab that is open, and all that went wrong since the visit began.

    Args:
        page: The open tab.
        home: The address of the site, which ends with a slash.
        scripts: Whether pages may run scripts. Without them nothing can be awaited in a page.
        complaints: What went wrong, in words.
        fetched: The addresses of all that the page last gone to has asked for by itself, before the reader turned to
            anything.
    """

    page: Page
    home: str
    scripts: bool = True
    complaints: list[str] = field(default_factory=list)
    fetched: list[str] = field(default_factory=list)

    def go(self, url: str = "") -> None:
        """Open a page of the site.

        Args:
            url: Its address, relative to the site's.
        """
        self.page.goto(self.home + url, wait_until="load")
        self.fetched = self.page.evaluate(ARRIVED)

    def show_as(self, media: Literal["print", "screen"]) -> None:
        """Show the page as it is on paper, or on the screen again; the browser may take a moment."""
        self.page.emulate_media(media=media)
        if self.scripts:
            self.page.wait_for_function("(media) => matchMedia(media).matches", arg=media)

    def resize(self, width: int, height: int = HEIGHT) -> None:
        """Make the window so many pixels wide and high."""
        self.page.set_viewport_size({"width": width, "height": height})

    def _listeners(self) -> dict[str, Callable[..., None]]:
        return {
            "console": self._console,
            "pageerror": lambda error: self.complaints.append(f"script error: {error}"),
            "requestfailed": self._failed,
            "request": self._request,
        }

    def _console(self, message: ConsoleMessage) -> None:
        self.complaints.append(f"console {message.type}: {message.text}")

    def _failed(self, request: Request) -> None:
        if request.failure != "net::ERR_ABORTED":  # as what the last page had asked for is, when this one comes
            self.complaints.append(f"request failed: {request.url}")

    def _request(self, request: Request) -> None:
        if not request.url.startswith((self.home, "data:", "blob:")):
            self.complaints.append(f"request to another origin: {request.url}")

    def do(self, job: Callable[[Visit], None]) -> None:
        """Do a job, and listen meanwhile."""
        listeners = self._listeners()
        for event, listener in listeners.items():
            self.page.on(event, listener)  # type: ignore[call-overload]
        job(self)
        for event, listener in listeners.items():
            self.page.remove_listener(event, listener)


def visit(
    chromium: Chromium,
    home: str,
    job: Callable[[Visit], None],
    *,
    width: int = 1280,
    height: int = HEIGHT,
    scheme: Literal["light", "dark"] = "light",
    scripts: bool = True,
    fresh: bool = False,
    stopped: bool = False,
) -> None:
    """Do a job with pages of a site, and fail with all that they complained of.

    A new browser profile costs as much as three pages, so visits share one that remembers nothing of the last.

    Args:
        chromium: The browser.
        home: The address of the site, which ends with a slash.
        job: What to do.
        width: Of the window, in pixels.
        height: Of the window, in pixels.
        scheme: The colours that the reader's system prefers.
        scripts: Whether pages may run scripts.
        fresh: Whether the browser must have nothing from earlier visits, as on a first one.
        stopped: Whether the clock of the pages stands, and goes on only as the job lets it.

    Raises:
        AssertionError: If anything went wrong.
    """

    def work(browser: Browser) -> list[str]:
        if fresh:
            chromium.forget(scripts)
        page = chromium.tab(browser, scripts)
        opened = Visit(page, home, scripts)
        try:
            opened.resize(width, height)
            if stopped:
                stop_clock(page)
            page.emulate_media(color_scheme=scheme, media="screen", reduced_motion="reduce")
            opened.do(job)
            page.unroute_all()
            if page.url != "about:blank":
                page.wait_for_load_state("domcontentloaded")  # a job may end as soon as the address has changed
                page.evaluate(LEFT)
                if page.url.startswith("file:"):
                    page.goto("about:blank")
            page.mouse.move(0, 0)
        except BaseException:
            chromium.forget(scripts)
            raise
        if stopped:
            chromium.forget(scripts)  # its clock cannot be given back
        return opened.complaints

    complaints = chromium.run(work)
    assert not complaints, "\n".join(dict.fromkeys(complaints))
