"""In a browser: what a page says about an edit of a program can be tried on the machine."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from support.visits import Visit, visit

if TYPE_CHECKING:
    from support.browser import Chromium

PATIENCE = 60_000  # milliseconds: the machine shares the processor with all other tests
PAGE = "sockets/what-a-socket-is/"


def test_a_what_if_is_tried_with_its_edit_made(chromium: Chromium, served: str) -> None:
    def job(at: Visit) -> None:
        at.go(f"{PAGE}#what-if-two-sockets-want-the-same-address")
        page = at.page
        block = page.locator(".sk-what-if")
        block.get_by_role("radio", name="the first one's address").check()
        block.get_by_role("button", name="Try it live").click()
        bench = page.locator(".sk-what-if + .sk-lab")
        status = bench.locator(".sk-lab-says")
        status.filter(has_text=re.compile("It ended with exit status 1. socktrace says")).wait_for(timeout=PATIENCE)
        assert "Address already in use" in bench.locator(".sk-out").inner_text()
        block.get_by_role("radio", name="an address of its own").check()
        block.get_by_role("button", name="Try it live").click()
        status.filter(has_text="It ended. socktrace finds nothing wrong").wait_for(timeout=PATIENCE)
        assert page.locator(".sk-lab").count() == 1

    visit(chromium, served, job)
