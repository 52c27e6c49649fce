"""In a browser: the programs of a page are run, changed, stopped and mended on the machine, and the page stays safe."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import unquote

from playwright.sync_api import Error

from lab.build import IMAGE
from support import website
from support.visits import Visit, visit

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

    from support.browser import Chromium

PATIENCE = 60_000  # milliseconds: the machine shares the processor with all other tests
SHORT = "sockets/two-kinds-of-server-socket/"
PAIR = "sockets/first-conversation/"
HUNTS = "sockets/bug-hunts/"
LAB = "lab/"
LEAK = """\
import socket

end = socket.create_server(("127.0.0.1", 0))
print("<img src=x onerror=alert(1)>", flush=True)
end.send("hello")
"""
ENDLESS = "print('up', flush=True)\nwhile True:\n    pass\n"
LIES = """\
import json, struct, zlib

ladder = '''<p style="background: url(/asked)"><a href="https://example.com/">forged</a><img src="/asked"
    onerror="localStorage.hacked = 1"><script>localStorage.hacked = 1</script>'''
told = zlib.compress(json.dumps({"findings": [], "ladder": ladder}).encode())
with open("/dev/hvc0", "wb", buffering=0) as line:
    line.write(struct.pack("<IcH", len(told), b"V", 1) + told)
    line.write(struct.pack("<IcH", 2, b"D", 1) + b"{}")
"""
AROUND = """\
import errno, socket

print([name for _, name in socket.if_nameindex()])
for address in ("192.0.2.1", "localhost.example"):
    try:
        socket.create_connection((address, 80), 5)
    except OSError as error:
        print(type(error).__name__, errno.errorcode.get(error.errno))
print("done", flush=True)
import ssl
"""
NOWHERE = ["['lo']", "OSError ENETUNREACH", "gaierror None", "done"]
POLICY = (
    "default-src 'none'; script-src 'self' 'unsafe-inline' 'wasm-unsafe-eval'; worker-src 'self'; "
    "connect-src 'self' data:; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'"
)
"""What `lab/README.md` says that the lab can do with, and what the site's other scripts and styles need."""
DAMAGED_AT = 300_000
CLEAN = r"It ended\. socktrace finds nothing wrong"


def press(page: Page, words: str, within: str = ".sk-get") -> None:
    page.locator(f"{within} button", has_text=re.compile(f"^{words}$")).first.click()


def write(page: Page, text: str, number: int = 0) -> None:
    editor = page.locator(".sk-lab .cm-content").nth(number)
    editor.click()
    page.keyboard.press("Control+a")
    page.keyboard.insert_text(text)


def says(page: Page, pattern: str) -> str:
    """Wait until the bench says what is expected, and return it."""
    status = page.locator(".sk-lab-says")
    try:
        status.filter(has_text=re.compile(pattern)).wait_for(timeout=PATIENCE)
    except Error:
        raise AssertionError(f"it says: {status.inner_text()}") from None
    return status.inner_text()


def of_the_machine(fetched: list[str]) -> list[str]:
    return [url for url in fetched if "/assets/lab" in url and not url.endswith("button.js")]


def run(page: Page, expected: str) -> str:
    """Press Run on the bench, and wait for what it says."""
    press(page, "Run", ".sk-lab-bar")
    return says(page, expected)


def printed(page: Page) -> str:
    return page.locator(".sk-lab .sk-out").first.inner_text().strip()


def test_a_reader_runs_a_program_changes_it_and_stops_it(chromium: Chromium, served: str) -> None:
    def job(at: Visit) -> None:
        at.go(SHORT)
        page = at.page
        assert of_the_machine(at.fetched) == [], "nothing comes before the press"
        press(page, "Run")
        says(page, CLEAN)
        assert "accepted reads: b'hello'" in printed(page)
        live = page.locator(".sk-lab .sk-run")
        assert live.locator(".sk-player").get_by_role("button", name="Next").is_enabled(), "its own run plays"
        page.evaluate("scrollTo(0, 0)")
        press(page, "See the run", ".sk-lab-says")
        page.wait_for_function("document.querySelector('.sk-lab .sk-run').getBoundingClientRect().top < 400")
        write(page, LEAK)
        assert re.search(
            r":3: the listening socket 1 .* was closed by the end of the process", run(page, "socktrace says")
        )
        assert printed(page).split("\n")[0] == "<img src=x onerror=alert(1)>"
        meaning = page.get_by_role("link", name="What does this error mean?").get_attribute("href") or ""
        assert meaning.startswith(at.home)
        assert "errors/#q=TypeError%3A%20a%20bytes-like" in meaning
        write(page, ENDLESS)
        page.keyboard.press("Control+Enter")
        page.locator(".sk-lab .sk-out", has_text="up").wait_for(timeout=PATIENCE)
        press(page, "Stop", ".sk-lab-bar")
        says(page, r"It was stopped\. socktrace")
        assert page.evaluate("document.activeElement.textContent") == "Run", "who is at Stop by the keyboard is at Run"
        press(page, "Undo my changes", ".sk-lab-bar")
        press(page, "Restart machine", ".sk-lab-bar")
        says(page, "A fresh machine")
        run(page, CLEAN)
        press(page, "Close", ".sk-lab-bar")
        assert page.locator(".sk-lab").count() == 0

    visit(chromium, served, job)


def test_a_bug_is_mended_in_place_and_the_bench_says_whether_it_is(chromium: Chromium, served: str) -> None:
    def job(at: Visit) -> None:
        at.go(HUNTS)
        page = at.page
        hunt = page.locator(".sk-hunt").first
        mended = unquote(str(hunt.locator("details:has-text('mended') a[download$='.py']").get_attribute("href")))
        press(page, "Run", ".sk-bug .sk-get")
        says(page, "did not print|socktrace says")
        write(page, mended.partition(",")[2])
        run(page, "Mended")

    visit(chromium, served, job)


def test_what_is_written_in_the_lab_can_be_passed_on(chromium: Chromium, served: str) -> None:
    def job(at: Visit) -> None:
        at.go(LAB)
        page = at.page
        texts = page.locator(".sk-free .sk-get").all_inner_texts()
        assert all(text.startswith("Run both") for text in texts), "at each program it is said what Run starts"
        press(page, "Edit")
        page.locator(".sk-lab .cm-content").nth(1).wait_for()
        page.get_by_role("button", name="Add a file").click()
        write(page, "GREETING = 'third'\n", 2)
        write(page, "import file3\n", 1)
        page.wait_for_function("location.hash.startsWith('#lab=')")  # it would be there if the page were loaded again
        name = page.locator(".sk-lab-head label:first-child input").nth(1)
        name.fill("server.py")
        name.press("Tab")
        says(page, "There is a server.py already")
        press(page, "Copy a link to it", ".sk-lab-bar")
        says(page, "A link")
        shared = page.url
        page.goto("about:blank")
        page.goto(shared)
        page.locator(".sk-lab .cm-content").nth(2).wait_for()
        names = [field.input_value() for field in page.locator(".sk-lab-head label:first-child input").all()]
        assert names == ["server.py", "client.py", "file3.py"]
        assert "import file3" in page.locator(".sk-lab .cm-content").nth(1).inner_text()
        page.goto("about:blank")
        page.goto(shared[:-30])
        says(page, "The link has lost a part .* Change what you like")

    visit(chromium, served, job)


def test_a_program_that_lies_to_the_page_does_nothing_there(chromium: Chromium, served: str) -> None:
    def job(at: Visit) -> None:
        at.go(SHORT)
        page = at.page
        press(page, "Edit")
        says(page, "press Run")
        write(page, LIES)
        run(page, "It ended")
        page.locator(".sk-lab-evidence > p", has_text="forged").wait_for()
        assert page.evaluate("localStorage.hacked") is None
        assert page.locator(".sk-lab-evidence").inner_html() == "<p><a>forged</a></p>"

    visit(chromium, served, job)


def test_a_machine_that_breaks_is_replaced(chromium: Chromium, served: str) -> None:
    def job(at: Visit) -> None:
        page = at.page
        at.go(SHORT)
        press(page, "Edit")
        says(page, "press Run")
        write(page, ENDLESS)
        press(page, "Run", ".sk-lab-bar")
        page.locator(".sk-lab .sk-out", has_text="up").wait_for(timeout=PATIENCE)
        (machine,) = page.workers
        machine.evaluate("setTimeout(() => { throw new Error('panic'); })")
        says(page, "The run was lost: .*panic.* The next one gets a fresh machine")
        press(page, "Undo my changes", ".sk-lab-bar")
        run(page, CLEAN)
        (machine,) = page.workers
        with machine.expect_event("close"):
            page.evaluate("dispatchEvent(new PageTransitionEvent('pagehide'))")

    visit(chromium, served, job, fresh=True)


def test_a_program_reaches_no_network_and_the_page_needs_no_more_than_its_policy(
    chromium: Chromium, site: Path
) -> None:
    def job(at: Visit) -> None:
        at.go(SHORT)
        page = at.page
        press(page, "Edit")
        says(page, "press Run")
        write(page, AROUND)
        run(page, "It ended with exit status 1. This machine has no “ssl”")
        assert printed(page).splitlines()[: len(NOWHERE)] == NOWHERE

    with website.serve(site, {"Content-Security-Policy": POLICY}) as home:
        visit(chromium, home, job)


def test_without_webassembly_the_page_says_why_and_keeps_what_is_recorded(chromium: Chromium, served: str) -> None:
    def job(at: Visit) -> None:
        page = at.page
        at.go(SHORT)
        page.evaluate("delete self.WebAssembly")
        recorded = page.locator(".sk-run").first.text_content()
        press(page, "Run")
        says(
            page,
            "could not be started: this browser has no WebAssembly or no workers. What is shown above was recorded",
        )
        assert page.locator(".sk-lab-bar button", has_text="Run").is_enabled()
        assert page.locator(".sk-run").first.text_content() == recorded

    visit(chromium, served, job)


def test_what_cannot_be_fetched_is_said_and_tried_again(chromium: Chromium, served: str) -> None:
    def job(at: Visit) -> None:
        page = at.page
        page.route("**/state.zst", lambda route: route.fulfill(status=503))
        at.go(SHORT)
        press(page, "Run")
        says(page, r"could not be started: state\.zst: 503. What is shown above was recorded")
        page.unroute("**/state.zst")
        state = (IMAGE / "state.zst").read_bytes()[:DAMAGED_AT]
        for damaged in (state, bytes(len(state)), state + bytes(len(state))):
            page.route("**/state.zst", lambda route, *, body=damaged: route.fulfill(body=body))
            press(page, "Run", ".sk-lab-bar")
            says(page, r"could not be started: state\.zst is damaged")
            page.unroute("**/state.zst")
        press(page, "Run", ".sk-lab-bar")
        page.locator(".sk-lab .sk-out", has_text="accepted reads").wait_for(timeout=PATIENCE)

    visit(chromium, served, job)


def test_from_a_folder_the_page_says_how_to_serve_it(chromium: Chromium, site: Path) -> None:
    def job(at: Visit) -> None:
        at.go(f"{SHORT}index.html")
        press(at.page, "Run")
        at.page.locator(".sk-lab", has_text="Serve the folder").wait_for()
        at.complaints.clear()  # the browser says why in its own words

    visit(chromium, f"{site.as_uri()}/", job)
