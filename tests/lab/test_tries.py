"""In a browser: what-ifs are tried on the machine, tasks are done there, and the lab shows a run while it goes on."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from playwright.sync_api import expect

from sitebuild.blocks import open_library
from support.visits import Visit, visit
from support.website import ROOT

if TYPE_CHECKING:
    from support.browser import Chromium

PATIENCE = 60_000  # milliseconds: the machine shares the processor with all other tests
PAGE = "sockets/what-a-socket-is/"
TASK = "sockets/closer_waits_in_time_wait.py"
WAITS = """\
import socket, time

with socket.create_server(("127.0.0.1", 0)) as listener:  # späte Pakete
    began = time.monotonic()
    with socket.create_connection(listener.getsockname()), listener.accept()[0]:
        print("late:", time.monotonic() - began > 0.1)
        print("connected", flush=True)
        print("typed:", input())
"""


def test_a_what_if_is_tried_with_its_edit_made(chromium: Chromium, served: str) -> None:
    def job(at: Visit) -> None:
        at.go(f"{PAGE}#what-if-two-sockets-want-the-same-address")
        page = at.page
        block = page.locator(".sk-what-if")
        block.get_by_role("radio", name="the first one's address").check()
        block.get_by_role("button", name="Try it live").click()
        bench = page.locator(".sk-what-if + .sk-lab")
        asked = bench.locator(".sk-lab-asked")
        expect(asked).to_have_text(re.compile("Can two sockets have one address. the first one's address$"))
        status = bench.locator(".sk-lab-says")
        status.filter(has_text=re.compile("It ended with exit status 1. socktrace says")).wait_for(timeout=PATIENCE)
        assert "Address already in use" in bench.locator(".sk-out").inner_text()
        block.get_by_role("radio", name="an address of its own").check()
        block.get_by_role("button", name="Try it live").click()
        status.filter(has_text="It ended. socktrace finds nothing wrong").wait_for(timeout=PATIENCE)
        assert page.locator(".sk-lab").count() == 1
        assert asked.inner_text().endswith(" an address of its own")

    visit(chromium, served, job)


def test_a_task_is_done_only_when_the_run_shows_it(chromium: Chromium, served: str) -> None:
    solution = open_library(ROOT).edited(f"{TASK}:client-first").evidence.text

    def job(at: Visit) -> None:
        at.go("sockets/how-a-connection-ends/")
        page = at.page
        page.get_by_role("button", name="Do it here").click()
        bench = page.locator(".sk-task + .sk-lab")
        editor, status = bench.locator(".cm-content"), bench.locator(".sk-lab-says")
        status.filter(has_text="Change what you like").wait_for()
        for shown in (bench.locator(".sk-lab-asked", has_text="let the client hang up first"), editor):
            expect(shown).to_be_in_viewport()
        for text, said in (
            ('print("server\'s port again: ok")', "its run does not show “the client closes first”"),
            (solution, "Done: it does what it was meant to do"),
        ):
            editor.click()
            page.keyboard.press("Control+a")
            page.keyboard.insert_text(text)
            page.keyboard.press("Control+Enter")
            status.filter(has_text=said).wait_for(timeout=PATIENCE)

    visit(chromium, served, job)


def test_the_sockets_of_a_run_are_seen_while_it_waits_and_its_packets_may_be_late(
    chromium: Chromium, served: str
) -> None:
    def job(at: Visit) -> None:
        at.go("lab/")
        page = at.page
        page.locator(".sk-get button", has_text="Edit").first.click()
        bench = page.locator(".sk-lab")
        bench.get_by_role("button", name="Remove").last.click()
        bench.locator(".cm-content").click()
        page.keyboard.press("Control+a")
        page.keyboard.insert_text(WAITS)
        bench.get_by_label("Each packet takes").fill("50")
        page.keyboard.press("Control+Enter")
        printed = bench.locator(".sk-out").first
        printed.filter(has_text="connected").wait_for(timeout=PATIENCE)
        bench.get_by_role("button", name="Look now").click()
        bench.locator(".sk-lab-beside .sk-out", has_text="ESTAB").wait_for(timeout=PATIENCE)
        bench.get_by_label("Type a line").fill("grüße")
        page.keyboard.press("Enter")
        bench.locator(".sk-lab-says", has_text="It ended. socktrace finds nothing wrong").wait_for(timeout=PATIENCE)
        assert "late: True" in printed.inner_text()
        assert "typed: grüße" in printed.inner_text()
        bench.get_by_role("button", name="Copy a link to it").click()
        bench.locator(".sk-lab-says", has_text="A link").wait_for()
        shared = page.url
        page.goto("about:blank")
        page.goto(shared)
        bench.locator(".cm-content", has_text="späte Pakete").wait_for()
        assert bench.get_by_label("Each packet takes").input_value() == "50"

    visit(chromium, served, job)
