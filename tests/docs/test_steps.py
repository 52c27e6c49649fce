"""The ladder in a real browser: stepping through it, copying the program, its size on small screens; and a what-if."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from support.visits import Visit, visit

if TYPE_CHECKING:
    from playwright.sync_api import Locator

    from support.browser import Chromium

PAGE = "sockets/first-conversation/"
PROGRAM = Path(__file__).parents[2] / "snippets" / "sockets" / "echo.py"
SMALLEST = 13
"""Pixels."""

SMALL = """least => [...document.querySelectorAll(".sk *, .sk-turn *")]
    .filter(one => [...one.childNodes].some(node => node.nodeType === 3 && node.data.trim()))
    .filter(one => parseFloat(getComputedStyle(one).fontSize) < least)
    .map(one => `${one.className} ${one.textContent.slice(0, 30)} ${getComputedStyle(one).fontSize}`)"""
CUT_OFF = """() =>
    [...document.querySelectorAll(".sk-draw, .sk-socks, .sk-prints, .sk-bar, .sk-what, .sk-turn")]
    .filter(one => one.scrollWidth > one.clientWidth + 1)
    .map(one => `${one.className} ${one.textContent.slice(0, 60)}`)"""


def block_of(at: Visit) -> Locator:
    """Open a chapter and give its first program, which the script has set up."""
    at.go(PAGE)
    block = at.page.locator(".sk.sk-js").first
    block.wait_for()
    return block


def lit(block: Locator) -> list[str]:
    return [" ".join(text.split()) for text in block.locator(".sk-on").all_text_contents()]


def test_each_step_lights_a_row_and_its_line(chromium: Chromium, served: str) -> None:
    def job(at: Visit) -> None:
        block = block_of(at)
        following = block.get_by_role("button", name="Next step")
        following.click()
        assert block.locator(".sk-steps").inner_text().startswith("step 1 of ")
        assert lit(block) == [
            'socket.create_server(("127.0.0.1", 0)) as listener,',
            "server: socket() \u2192 TCP line 28",
        ]
        block.get_by_role("button", name="Previous step").click()
        assert lit(block) == []
        following.focus()
        for key in ("ArrowRight", "ArrowDown", "ArrowRight", "ArrowLeft"):
            at.page.keyboard.press(key)
        assert block.get_by_role("status").inner_text().startswith("Step 2 of ")
        assert lit(block)[-1].startswith("server: bind(127.0.0.1:0)")

    visit(chromium, served, job)


def test_a_packet_lights_the_line_whose_call_sent_it(chromium: Chromium, served: str) -> None:
    def job(at: Visit) -> None:
        block = block_of(at)
        block.locator("tr.sk-data.sk-l").first.click()
        assert lit(block)[0] == 'client.sendall(b"hello")'
        block.locator("tr.sk-ack.sk-r").first.click()
        assert len(lit(block)) == 1

    visit(chromium, served, job)


def test_the_number_of_a_line_leads_to_what_it_did(chromium: Chromium, served: str) -> None:
    def job(at: Visit) -> None:
        block = block_of(at)
        block.locator("a.sk-no[data-n='34']").press("Enter")
        assert lit(block)[-1] == "client: sendall(5 bytes) line 34"
        at.page.wait_for_url("**#sockets-echo-step-*")

    visit(chromium, served, job)


def test_the_program_is_copied_as_it_is(chromium: Chromium, served: str) -> None:
    def job(at: Visit) -> None:
        block = block_of(at)
        block.get_by_role("button", name="Next step").click()
        copied = block.locator(".sk-code code").evaluate("code => code.innerText")
        assert copied.strip() == PROGRAM.read_text(encoding="utf-8").strip()

    visit(chromium, served, job)


def test_no_text_of_a_block_is_small_or_cut_off(chromium: Chromium, served: str) -> None:
    def job(at: Visit) -> None:
        block_of(at)
        for width in (320, 390, 768, 1280):
            at.resize(width)
            assert at.page.evaluate(SMALL, SMALLEST) == [], width
            assert at.page.evaluate(CUT_OFF) == [], width

    visit(chromium, served, job)


def test_a_packet_opens_beside_its_step_and_closes_with_it(chromium: Chromium, served: str) -> None:
    def job(at: Visit) -> None:
        at.go(PAGE)
        player = at.page.get_by_role("group", name="Play the run").first
        at.page.locator("button.sk-chip:enabled").first.click()
        opened = at.page.get_by_role("group", name="Packet 1, opened")
        opened.wait_for()
        assert opened.get_by_role("gridcell", name="SYN", exact=False).count()
        player.get_by_role("button", name="Close packet 1").click()
        assert opened.count() == 0
        player.get_by_role("button", name="Open packet 1").click()
        opened.wait_for()
        player.get_by_role("button", name="Next").click()
        assert opened.count() == 0

    visit(chromium, served, job)


def test_a_what_if_is_switched_by_the_keyboard_and_needs_no_script(chromium: Chromium, served: str) -> None:
    def job(at: Visit) -> None:
        at.go("ports/sixteen-bits/")
        shown = at.page.locator(".sk-what-if .sk-case:visible .sk-big")
        assert shown.all_inner_texts() == ["OverflowError: bind(): port must be 0-65535."]
        at.page.get_by_role("radio", name="bind to 65536").focus()
        at.page.keyboard.press("ArrowRight")
        assert shown.all_inner_texts() == ["ConnectionRefusedError"]
        at.page.emulate_media(media="print")
        assert shown.count() == 3

    visit(chromium, served, job, scripts=False)
