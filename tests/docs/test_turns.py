"""A question, tabs and the list of a part's questions in a browser: what is shown, and what is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from support.visits import Visit, visit

if TYPE_CHECKING:
    from support.browser import Chromium

PAGE = "ports/why-ports-exist/"
SHEET = "ports/your-turn/"
COMMANDS = "ports/who-has-my-port/"
MANY = "servers/three-ways/"
RUNS = "ports/open-closed-filtered/"
FOLD = ".sk-deeper > details:has(.sk-systems) > summary"


def test_a_choice_shows_its_reply_and_a_tab_its_text_without_scripts(chromium: Chromium, served: str) -> None:
    def job(at: Visit) -> None:
        at.go(PAGE)
        turn = at.page.locator(".sk-turn").first
        assert not turn.locator(".sk-reply:visible").count()
        turn.locator("label").nth(1).click()
        shown = turn.locator(".sk-choice").nth(1).locator(".sk-reply")
        assert shown.is_visible()
        assert turn.locator(".sk-reply:visible").count() == 1
        tabs = at.page.locator(".sk-systems").first
        assert not tabs.is_visible()
        at.page.locator(FOLD).click()
        assert tabs.locator(".sk-pane:visible").count() == 1
        tabs.get_by_role("radio", name="Windows").check()
        assert tabs.locator(".sk-pane:visible").get_attribute("data-system") == "Windows"

    visit(chromium, served, job, scripts=False)


def test_answers_and_the_system_are_kept_and_told_at_the_end_of_the_part(chromium: Chromium, served: str) -> None:
    def job(at: Visit) -> None:
        at.go(PAGE)
        turns = at.page.locator(".sk-turn")
        turns.nth(0).locator("input[value=right]").check()
        turns.nth(1).locator("input[value=wrong]").first.check()
        at.page.locator(FOLD).click()
        at.page.get_by_label("Windows").first.check()
        at.page.reload()
        at.page.locator(FOLD).click()
        assert turns.nth(0).locator("input[value=right]").is_checked()
        assert at.page.locator(".sk-pane:visible").first.get_attribute("data-system") == "Windows"
        at.go(SHEET)
        states = at.page.locator("[data-turn] output")
        assert states.all_text_contents()[:3] == ["right", "not yet", ""]
        assert at.page.locator(".sk-score").inner_text().startswith("1 of ")
        at.go(COMMANDS)
        assert at.page.locator(".sk-pane:visible").first.get_attribute("data-system") == "Windows"

    visit(chromium, served, job)


def test_the_keyboard_reads_all_choices_before_it_takes_one(chromium: Chromium, served: str) -> None:
    def job(at: Visit) -> None:
        at.go(PAGE)
        turn = at.page.locator(".sk-turn").first
        choices, replies = turn.locator("input"), turn.locator(".sk-reply:visible")
        at.page.locator(".sk-turn input").first.focus()
        focused = "(group) => [...group].indexOf(document.activeElement)"
        for key, place in (("ArrowDown", 1), ("ArrowRight", 2), ("ArrowLeft", 1), ("ArrowUp", 0), ("ArrowUp", -1)):
            at.page.keyboard.press(key)
            assert choices.evaluate_all(focused) == place % choices.count()
            assert not replies.count(), f"{key} has answered"
        at.page.keyboard.press("ArrowDown")
        at.page.keyboard.press("Space")
        assert choices.nth(0).is_checked()
        assert replies.count() == 1
        at.page.keyboard.press("ArrowDown")
        assert choices.nth(0).is_checked()
        at.page.keyboard.press("Enter")
        assert choices.nth(1).is_checked()
        at.page.keyboard.press("Tab")
        assert choices.evaluate_all(focused) == -1

    visit(chromium, served, job)


def test_below_its_question_a_run_lies_veiled_until_it_is_answered_asked_for_or_played(
    chromium: Chromium, served: str
) -> None:
    def job(at: Visit) -> None:
        at.go(RUNS)
        turn, run = at.page.locator(".sk-turn").first, at.page.locator("#ports-listening_is_a_state")
        printed = run.locator(".sk-out").first
        assert at.page.locator(".sk-turn").count() == at.page.locator(".sk-veiled").count() > 1
        assert not printed.inner_text().strip()
        assert not run.locator(".sk-what:visible, .sk-chip:visible, .sk-port:visible, .sk-heads code:visible").count()
        assert "Listening is a state" not in run.locator(".sk-code").inner_text()
        assert not run.locator(".sk-file:visible").count(), "its name says what it shows"
        at.show_as("print")
        assert run.locator(".sk-what:visible").count()
        at.show_as("screen")
        at.page.evaluate("scrollTo(0, document.body.scrollHeight)")
        printed.scroll_into_view_if_needed()
        assert not printed.inner_text().strip(), "who scrolls by has not answered"
        assert run.get_by_role("button", name="Show it").count() == 2, "at what it printed, and at what happened"
        run.get_by_role("button", name="Show it").first.click()
        assert printed.inner_text().strip()
        assert not run.get_by_role("button", name="Show it").count()
        step = run.locator(".sk-row").nth(1).get_attribute("id")
        at.go(PAGE)
        at.go(f"{RUNS}#{step}")
        at.page.locator(".sk-row.sk-at").wait_for()
        assert "sk-veiled" not in str(run.get_attribute("class")), "an address leads to a step"
        at.go(PAGE)
        at.go(RUNS)
        run.get_by_role("button", name="Next").click()
        assert "sk-veiled" not in str(run.get_attribute("class"))
        at.go(RUNS)
        turn.locator("label").first.click()
        assert printed.inner_text().strip()
        assert at.page.locator(".sk-veiled").count() == at.page.locator(".sk-turn").count() - 1

    visit(chromium, served, job)


UNDER_IT = """(button) => {
  const { left, right, top, bottom } = button.getBoundingClientRect();
  return [...button.closest(".sk-run").querySelectorAll(".sk-act label")].some((label) => {
    const over = label.getBoundingClientRect();
    return over.left < right && left < over.right && over.top < bottom && top < over.bottom;
  });
}"""


def test_what_lifts_the_veil_lies_on_no_words(chromium: Chromium, served: str) -> None:
    def job(at: Visit) -> None:
        at.go(MANY)
        acts = at.page.locator(".sk-veiled .sk-act label")
        assert acts.count()
        for show in at.page.get_by_role("button", name="Show it").all():
            assert not show.evaluate(UNDER_IT)

    visit(chromium, served, job)


def test_every_command_follows_the_port_that_the_reader_enters(chromium: Chromium, served: str) -> None:
    def job(at: Visit) -> None:
        at.go(COMMANDS)
        field = at.page.get_by_label("Your port").first
        ports = at.page.locator(".sk-your-port")
        at.page.evaluate("addEventListener('invalid', ({ target }) => { window.told = target.value }, true)")
        field.fill("70000")
        assert set(ports.all_text_contents()) == {"8080"}
        field.press("Tab")
        assert at.page.evaluate("window.told") == "70000", "the browser says why it is not taken"
        field.fill("3000")
        assert set(ports.all_text_contents()) == {"3000"}
        assert at.page.get_by_label("Your port").last.input_value() == "3000"
        number, places = at.page.get_by_label("Its pid").first, at.page.locator(".sk-your-number")
        number.fill("4711")
        assert set(places.all_text_contents()) == {"4711"}
        number.fill("")
        assert set(places.all_text_contents()) == {"NUMBER", "18213"}, "a sample has its own number again"
        at.page.reload()
        assert set(ports.all_text_contents()) == {"3000"}
        assert field.input_value() == "3000"

    visit(chromium, served, job)


def test_sixteen_switches_make_a_port(chromium: Chromium, served: str) -> None:
    def job(at: Visit) -> None:
        at.go("ports/sixteen-bits/#which-byte-goes-first")
        block, told = at.page.locator(".sk-bits").all()
        for switch in block.locator("input").all():
            switch.check()
        assert block.locator("output > *").all_text_contents() == ["65535"]
        for switch in told.locator("input").all():
            switch.check()
        assert told.locator("output > *").all_text_contents() == ["65535", "with the bytes swapped: 65535"]
        told.get_by_label("256", exact=True).uncheck()
        assert told.locator("output > *").all_text_contents() == ["65279", "with the bytes swapped: 65534"]

    visit(chromium, served, job)


def test_who_looks_an_error_or_a_plug_up_is_on_no_road(chromium: Chromium, served: str) -> None:
    def job(at: Visit) -> None:
        for name in ("Connection reset by peer", "USB-C", "First conversation"):
            at.go("")
            at.page.locator("main").get_by_role("link", name=name).click()
            at.page.wait_for_function("location.pathname !== '/' && document.readyState === 'complete'")
            assert not at.page.evaluate("sessionStorage.door"), name
        at.go("")
        at.page.locator("main").get_by_role("link", name="Why ports exist").click()
        at.page.locator(".sk-road-said").wait_for()

    visit(chromium, served, job)


def test_who_begins_a_road_is_led_on_along_it(chromium: Chromium, served: str) -> None:
    def job(at: Visit) -> None:
        at.go("contents/")
        at.page.locator(".sk-road-1").get_by_role("link").click()
        at.page.locator(".sk-road-said").wait_for()
        at.go("sockets/resets/")
        at.page.locator(".sk-road-said").wait_for()
        way = at.page.locator("[data-door=i-have-an-error] a[rel=next]")
        following = at.page.locator(".sk-where a[rel=next]")
        assert following.text_content() == way.text_content()
        assert at.page.locator(".sk-onward a[rel=next]").text_content() == way.text_content()
        question, off = at.page.locator(".sk-next p").all()
        assert question.text_content() == way.text_content()
        assert off.inner_text().startswith("Off this road: ")
        following.click()
        at.page.wait_for_url("**/how-a-connection-ends/")
        with at.page.expect_navigation():  # the page comes anew
            at.page.get_by_role("button", name="Leave this road").click()
        assert not at.page.evaluate("sessionStorage.door")
        assert not at.page.locator(".sk-road-said").count()

    visit(chromium, served, job)


def test_a_question_is_answered_where_those_of_the_part_are_listed_too(chromium: Chromium, served: str) -> None:
    def job(at: Visit) -> None:
        at.go(SHEET)
        entry = at.page.locator("[data-turn]").nth(1)
        entry.locator("summary").press("Enter")
        entry.locator("label:has([value=right])").click()
        assert entry.locator(".sk-reply:visible").count() == 1
        assert entry.locator("output").inner_text() == "right"
        assert at.page.locator(".sk-score").inner_text().startswith("1 of ")
        at.page.reload()
        assert entry.locator("output").inner_text() == "right"

    visit(chromium, served, job)


@pytest.mark.parametrize("scripts", [True, False])
def test_a_sheet_on_paper_has_boxes_and_answers_if_they_are_asked_for(
    scripts: bool, chromium: Chromium, served: str
) -> None:
    def job(at: Visit) -> None:
        at.go(SHEET)
        sheet = at.page.locator(".sk-sheet")
        entry = sheet.locator("[data-turn]").nth(1)
        ticked = "getComputedStyle(document.querySelector('[data-turn] [value=right] + span'), '::after').content"
        sheet.locator("label:has([value=right])").first.click()
        sheet.locator("> details > summary").nth(1).click()
        at.show_as("print")
        assert not at.page.locator("article a[href$='for-a-class/']:visible").count(), "how to print it"
        assert entry.locator(".sk-line:visible").count() > 1
        assert entry.locator("input:visible").count() > 1
        assert not at.page.locator(".sk-score:visible, output:visible, .sk-reply:visible, .sk-next:visible").count()
        assert not sheet.locator("> details").nth(1).is_visible(), "a chapter that is folded away"
        if scripts:
            assert at.page.evaluate(ticked) == "none", "what this reader has answered"
            assert not at.page.locator(".sk-cited:visible, .sk-all-cited:visible").count(), "they tell of answers"
            at.page.evaluate("dispatchEvent(new Event('beforeprint'))")
            assert not sheet.locator("> details").nth(1).is_visible()
            at.show_as("screen")
            at.page.get_by_label("Show the right answers").check()
            at.show_as("print")
            assert "\u2713" in str(at.page.evaluate(ticked))
            assert entry.locator(".sk-reply:visible").count() == entry.locator("input").count(), "a key has its reasons"
            assert not sheet.locator(".sk-reply > .sk-verdict:visible").count(), "the tick says it"
        at.show_as("screen")

    visit(chromium, served, job, scripts=scripts)


@pytest.mark.parametrize("page", ["contents/", "reference/snippets-sockets/"])
def test_a_long_list_is_folded_on_a_phone_and_whole_on_a_desk(chromium: Chromium, served: str, page: str) -> None:
    """Without scripts too; where it is whole, a part has a heading and nothing that could fold it."""

    def phone(at: Visit) -> None:
        at.go(page)
        fold = at.page.locator(".sk-parts > details").first
        assert at.page.evaluate("document.documentElement.scrollHeight") < 6000
        assert not fold.locator(".answer, .sk-pages").first.is_visible()
        fold.locator("summary").click()
        assert fold.get_by_role("link").first.is_visible()

    def desk(at: Visit) -> None:
        at.go(page)
        parts = at.page.locator(".sk-parts > details")
        assert parts.locator("h2:visible").count() == parts.count() > 5
        assert all(part.get_by_role("link").last.is_visible() for part in parts.all())
        assert not parts.locator("> summary:visible").count()

    visit(chromium, served, phone, scripts=False, width=390)
    visit(chromium, served, desk, scripts=False, width=1280)
