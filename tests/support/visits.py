"""A visit to a page of the site, in a fresh profile, that notes all that goes wrong."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Browser, ConsoleMessage, Page, Request

    from support.browser import Chromium

HEIGHT = 800
"""Of the window, in pixels."""

READY = """async () => {
    const frame = () => new Promise(requestAnimationFrame)
    const themed = document.querySelector("#theme-scripts")
    if (themed) dispatchEvent(new Event("focusin"))
    for (let frames = 0; themed && !window.document$ && frames < 600; frames++) await frame()
    await frame(), await frame()
}"""
"""Resolves when the theme's script has run, which a page asks for once the reader turns to what it serves."""

STILL = """document.head.append(Object.assign(document.createElement("style"), {
    textContent: "*, *::before, *::after { transition: none !important; animation: none !important }" }))"""


@dataclass
class Visit:
    """A page that is open, and all that went wrong since it was asked for.

    Args:
        page: The open page.
        home: The address of the site.
        scripts: Whether the page may run scripts. Without them nothing can be awaited in it.
        requests: The addresses that pages have asked for by themselves, before the reader turned to anything.
        arriving: Whether a page is being opened.
    """

    page: Page
    home: str
    scripts: bool = True
    complaints: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)
    arriving: bool = False

    def __post_init__(self) -> None:
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda error: self.complaints.append(f"script error: {error}"))
        self.page.on("requestfailed", lambda request: self.complaints.append(f"request failed: {request.url}"))
        self.page.on("request", self._request)

    def go(self, url: str) -> None:
        """Open a page of the site, given by its address relative to the site's."""
        self.arriving = True
        self.page.goto(self.home + url, wait_until="load")
        self.arriving = False
        if self.scripts:
            self.page.evaluate(READY)
        # Axe must not measure a colour halfway from light to dark.
        self.page.evaluate(STILL)

    def _console(self, message: ConsoleMessage) -> None:
        self.complaints.append(f"console {message.type}: {message.text}")

    def _request(self, request: Request) -> None:
        if self.arriving:
            self.requests.append(request.url)
        if not request.url.startswith((self.home, "data:", "blob:")):
            self.complaints.append(f"request to another origin: {request.url}")


def visit(chromium: Chromium, home: str, job: Callable[[Visit], None], **options: Any) -> None:
    """Do `job` in a fresh browser profile, as on a first visit, and fail with all that it complained of."""

    def work(browser: Browser) -> list[str]:
        options.setdefault("viewport", {"width": 1280, "height": HEIGHT})
        context = browser.new_context(reduced_motion="reduce", **options)
        context.set_default_timeout(5_000)
        try:
            opened = Visit(context.new_page(), home, options.get("java_script_enabled", True))
            job(opened)
            return opened.complaints
        finally:
            context.close()

    complaints = chromium.run(work)
    assert not complaints, "\n".join(dict.fromkeys(complaints))
