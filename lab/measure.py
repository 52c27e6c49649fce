"""Measures the lab in a browser: how long a reader waits, how much memory it takes, and whether it is always right."""

from __future__ import annotations

import os
import re
import statistics
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from shutil import which
from threading import Thread
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

PAGE = "sockets/two-kinds-of-server-socket/"
RUNS = 200
"""How often the same program runs on one machine."""
FRESH = 5
"""In how many new browser profiles the first press is timed."""
ENDLESS = "print('up', flush=True)\nwhile True:\n    pass\n"
PATIENCE = 120_000
"""Milliseconds."""
_COLUMNS = ("first output", "ended", "its run drawn", "page blocked at most", "longest task")

WATCH = """() => {
    if (self !== top) return;
    const seen = (self.seen = { marks: [], block: 0, long: 0 });
    const note = (what) => seen.marks.push([what, performance.now()]);
    addEventListener("click", (event) => event.target.closest("button") && note("press"), true);
    let printed = "", said = "", shown = "";
    new MutationObserver(() => {
        const out = [...document.querySelectorAll(".sk-lab .sk-out")].map((one) => one.textContent).join("");
        if (out && !printed) note("output");
        printed = out;
        const now = document.querySelector(".sk-lab-says")?.textContent ?? "";
        if (now !== said) note(`says ${now}`);
        said = now;
        const run = document.querySelector(".sk-lab-evidence .sk-run") ? "drawn" : "";
        if (run && !shown) note("drawn");
        shown = run;
    }).observe(document, { subtree: true, childList: true, characterData: true });
    let last = performance.now();
    setInterval(() => {
        const now = performance.now();
        seen.block = Math.max(seen.block, now - last - 10);
        last = now;
    }, 10);
    new PerformanceObserver((list) => {
        for (const { duration } of list.getEntries()) seen.long = Math.max(seen.long, duration);
    }).observe({ type: "longtask" });
}"""
"""Notes in the page itself when something happens, so that who asks adds nothing to it."""


class _Files(SimpleHTTPRequestHandler):
    extensions_map = SimpleHTTPRequestHandler.extensions_map | {".mjs": "text/javascript", ".wasm": "application/wasm"}

    def log_message(self, format: str, *args: object) -> None:
        pass


@contextmanager
def _served(site: Path) -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Files, directory=str(site))) as server:
        Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


class Tab:
    """A page with a run that can be pressed.

    Args:
        page: The page.
    """

    def __init__(self, page: Page) -> None:
        self.page = page

    def press(self, words: str, within: str = ".sk-lab-bar") -> None:
        """Press a button of the bench; what was noted before is forgotten."""
        self.page.evaluate("Object.assign(seen, { marks: [], block: 0, long: 0 })")
        self.page.locator(f"{within} button", has_text=re.compile(f"^{words}$")).first.click()

    def says(self, pattern: str) -> None:
        """Wait until the bench says something."""
        self.page.locator(".sk-lab-says").filter(has_text=re.compile(pattern)).wait_for(timeout=PATIENCE)

    def after(self, what: str) -> float:
        """Return how many milliseconds after the press something happened first."""
        marks = self.page.evaluate("seen.marks")
        began = next(at for name, at in marks if name == "press")
        return float(next((at for name, at in marks if re.match(what, name)), float("nan")) - began)

    def row(self) -> tuple[float, ...]:
        """Return what is told of a run: see `_COLUMNS`."""
        return (self.after("output"), self.after("says It ended"), self.after("drawn"), *self.blocked())

    def blocked(self) -> tuple[float, float]:
        """Return for how long the page could do nothing else at most: by a timer of 10 ms, and by its long tasks."""
        block, long = self.page.evaluate("[seen.block, seen.long]")
        return float(block), float(long)

    def write(self, text: str) -> None:
        """Put a text in place of what the editor shows."""
        self.page.locator(".sk-lab .cm-content").first.click()
        self.page.keyboard.press("Control+a")
        self.page.keyboard.insert_text(text)

    def printed(self) -> str:
        """Return what the program printed."""
        return str(self.page.locator(".sk-lab .sk-out").first.text_content())


def bench(site: Path, runs: int = RUNS) -> None:
    """Measure, and print what came of it.

    Args:
        site: A built site with the image in it.
        runs: How often the same program runs on one machine.
    """
    from playwright.sync_api import sync_playwright

    path = which("chromium") or which("google-chrome")
    with _served(site) as home, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        print(f"Chromium {browser.version}")
        _first(browser, home)
        _more(browser, home, runs)
        browser.close()


def _opened(browser: Browser, home: str) -> Tab:
    context = browser.new_context()
    context.add_init_script(f"({WATCH})()")
    page = context.new_page()
    page.goto(home + PAGE)
    page.wait_for_load_state("networkidle")
    return Tab(page)


def _first(browser: Browser, home: str) -> None:
    """Time the first press in new profiles."""
    rows = []
    for _ in range(FRESH):
        tab = _opened(browser, home)
        tab.press("Run", ".sk-get")
        tab.says("socktrace")
        tab.page.wait_for_timeout(500)
        rows.append(tab.row())
        stages = tab.page.workers[0].evaluate(
            "performance.getEntriesByType('mark').map(({ name, startTime }) => `${name} ${Math.round(startTime)}`)"
        )
        print(f"  stages, ms of the worker: {', '.join(stages)}; load {_load()}", flush=True)
        tab.page.context.close()
    _table("first press, new profile", rows)


def _more(browser: Browser, home: str, runs: int) -> None:
    """Time what comes after the first press, on one machine."""
    tab = _opened(browser, home)
    before = _memory()
    tab.press("Run", ".sk-get")
    tab.says("socktrace")
    tab.page.locator(".sk-lab .cm-content").first.wait_for()
    expected = tab.printed()
    rows, wrong = [], 0
    for _ in range(runs):
        tab.press("Run")
        tab.says("socktrace")
        wrong += re.sub(r"\d", "0", tab.printed()) != re.sub(r"\d", "0", expected)
        rows.append(tab.row())
    _table("later runs", rows)
    print(f"{wrong} of {runs} runs printed anything else")
    print(f"memory of the browser: {before:.0f} MB before, {_memory():.0f} MB now")
    tab.write(ENDLESS)
    tab.press("Run")
    tab.page.locator(".sk-lab .sk-out", has_text="up").wait_for(timeout=PATIENCE)
    tab.press("Stop")
    tab.says("It was stopped. ")
    _show("Stop of an endless loop: ended", [tab.after("says It was stopped")])
    tab.press("Undo my changes")
    tab.press("Restart machine")
    tab.says("A fresh machine")
    _show("a fresh machine", [tab.after("says A fresh")])
    tab.press("Run")
    tab.says("socktrace")
    _show("first output on it", [tab.after("output")])


def _load() -> str:
    return f"{os.getloadavg()[0]:.1f}"


def _table(name: str, rows: Sequence[Sequence[float]]) -> None:
    for column, numbers in zip(_COLUMNS, zip(*rows, strict=True), strict=True):
        _show(f"{name}: {column}", numbers)


def _show(name: str, numbers: Sequence[float]) -> None:
    middle, least, most = statistics.median(numbers), min(numbers), max(numbers)
    print(f"{name}: {middle:.0f} ms ({least:.0f} to {most:.0f}; load {_load()})", flush=True)


def _memory() -> float:
    """Return how many megabytes the pages of the browser use, what they share divided among them."""
    total, ours = 0, {os.getpid()}
    for folder in sorted(Path("/proc").glob("[0-9]*"), key=lambda one: int(one.name)):
        try:
            parent = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
            if parent not in ours:
                continue
            ours.add(int(folder.name))
            if b"--type=renderer" in (folder / "cmdline").read_bytes():
                total += int(re.findall(r"^Pss:\s+(\d+)", (folder / "smaps_rollup").read_text(), re.MULTILINE)[0])
        except (OSError, IndexError):  # it has ended
            continue
    return total / 1024
