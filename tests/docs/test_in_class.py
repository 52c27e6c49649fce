"""What a class is to say before it sees it: verdicts that are hidden, and a run that stands alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from support.visits import Visit, visit

if TYPE_CHECKING:
    from support.browser import Chromium

RUN = "sockets/first-conversation/?class#sockets-hello-server"
SESSION = "ports/nat-and-forwarding/?class#ports-router_translates"
FOLDED = "sockets/datagrams/?class#sockets-datagram_keeps_its_edges"
CLAIMS = "start/article/"


def test_a_link_for_a_class_shows_a_run_alone_and_step_by_step(chromium: Chromium, served: str) -> None:
    def job(at: Visit) -> None:
        at.go(RUN)
        run = at.page.locator("#sockets-hello-server")
        assert not at.page.locator(".sk-talk:visible, .sk-top:visible, h2:visible, .sk-turn:visible").count()
        assert run.locator(".sk-code:visible").count() == 2
        told = run.locator(".sk-what:visible, .sk-chip:visible, .sk-heads .sk-port:visible")
        assert not told.count()
        assert not "".join(run.locator(".sk-out").all_inner_texts()).strip()
        at.page.wait_for_function("document.activeElement.matches('.sk-forth')")
        for packets in (0, 0, 0, 1, 2):
            at.page.keyboard.press("ArrowRight")
            assert run.locator(".sk-chip:visible").count() == packets
        at.page.reload()
        assert run.locator(".sk-chip:visible").count() == 2, "it goes on where it was"
        run.get_by_role("slider").press("End")
        assert run.locator(".sk-chip:visible").count() == 10
        assert "hello" in run.locator(".sk-out").first.inner_text()
        run.get_by_role("link", name="Show the whole page").click()
        at.page.locator(".sk-talk").wait_for()
        assert not at.page.evaluate("location.search")

    visit(chromium, served, job)


def test_a_session_for_a_class_keeps_what_its_commands_print(chromium: Chromium, served: str) -> None:
    def job(at: Visit) -> None:
        at.go(SESSION)
        session = at.page.locator("#ports-router_translates")
        assert session.locator(".sk-cmd:visible").count() == session.locator(".sk-card").count()
        assert not session.locator(".sk-claim:visible, .sk-out:visible, .sk-remark:visible").count()
        session.get_by_role("button", name="Next").click()
        assert session.locator(".sk-remark:visible").count() == 1

    visit(chromium, served, job)


def test_a_run_that_is_folded_opens_for_a_class_and_waits(chromium: Chromium, served: str) -> None:
    def job(at: Visit) -> None:
        at.go(FOLDED)
        run = at.page.locator("#sockets-datagram_keeps_its_edges")
        run.get_by_role("button", name="Next").wait_for()
        at.page.wait_for_function("document.activeElement.matches('.sk-forth')")
        assert at.page.evaluate("location.hash") == "#sockets-datagram_keeps_its_edges", "who reloads it comes back"
        assert not run.locator(".sk-what:visible, .sk-chip:visible").count()
        assert not at.page.locator(".sk-veil:visible").count()

    visit(chromium, served, job)


def test_an_address_for_a_class_that_names_no_run_shows_the_page(chromium: Chromium, served: str) -> None:
    def job(at: Visit) -> None:
        at.go("sockets/first-conversation/?class")
        assert at.page.locator(".sk-talk").is_visible()
        assert at.page.locator("#sockets-hello-server .sk-chip:visible").count() == 10

    visit(chromium, served, job)


@pytest.mark.parametrize("query", ["", "?class"])
def test_verdicts_are_hidden_until_each_is_asked_for(chromium: Chromium, served: str, query: str) -> None:
    def job(at: Visit) -> None:
        at.go(f"{CLAIMS}{query}#c05")
        switch = at.page.get_by_label("Hide the verdicts")
        claim = at.page.locator(".sk-check:has(#c05)")
        verdict = claim.locator("p.sk-verdict, .sk-true, .sk-why, .sk-proof, h4 .sk-vh").locator("visible=true")
        show = claim.get_by_label("Show the verdict")
        if not query:
            assert verdict.count()
            assert not show.is_visible()
            switch.check()
        assert switch.is_checked()
        assert not at.page.locator(".sk-check p:visible").count()
        assert not verdict.count()
        assert claim.locator("em").first.is_visible()
        show.focus()
        at.page.keyboard.press("Space")
        assert verdict.count() >= 4
        assert not at.page.locator(".sk-check:has(#c06) p:visible").count()
        switch.uncheck()
        assert at.page.locator(".sk-check p.sk-verdict:visible").count() == at.page.locator(".sk-check").count()

    visit(chromium, served, job)


def test_without_scripts_a_claim_has_its_verdict_and_a_run_is_whole(chromium: Chromium, served: str) -> None:
    def job(at: Visit) -> None:
        at.go(f"{CLAIMS}?class#c05")
        assert at.page.locator(".sk-check:has(#c05) p.sk-verdict").is_visible()
        at.go(RUN)
        assert at.page.locator("#sockets-hello-server .sk-chip:visible").count() == 10

    visit(chromium, served, job, scripts=False)
