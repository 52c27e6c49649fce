"""Two choices of the reader, and the step of a session that shows what comes of them."""

from __future__ import annotations

import pytest

from socktrace.recording import digest
from socktrace.session.model import Act, Transcript, read_session, to_json
from support.checkout import Checkout, fence, one
from support.sessions import one_host

NAME = "ports/x.toml"
TEXT = one_host("run = 'echo hello'", "run = 'false'\nexit = 1")
CASES = (
    "cases:",
    "  at home:",
    "    Ann: {step: 1, why: She *lives* there.}",
    "    Ben: {step: 2, why: He does not.}",
    "  away:",
    "    Ann: {step: 2, why: Nobody is.}",
    "    Ben: {step: 2, why: Nobody is.}",
)
HEAD = (f"session: {NAME}", "ask: Who is it?", "rows: Where", "columns: Who", "results: [reached, refused]")


@pytest.fixture
def recorded(checkout: Checkout) -> Checkout:
    """Give a checkout with a session of two steps, of which the second fails."""
    session = read_session(NAME, TEXT)
    outputs = ("hello", "")
    acts = tuple(
        Act(step.host, step.command, step.say, step.background, step.exit, said)
        for step, said in zip(session.steps, outputs, strict=True)
    )
    kept = Transcript(f"snippets/{NAME}", digest(TEXT), "Linux 6.1", session.claim, session.hosts, session.setup, acts)
    checkout.write(f"snippets/{NAME}", TEXT)
    checkout.write("docs/recordings/ports/x.json", to_json(kept))
    return checkout


def test_each_pair_of_choices_has_the_result_that_its_step_had(recorded: Checkout) -> None:
    block = one(recorded.page(fence("switch", *HEAD, *CASES)), ".sk-two-ways")
    chosen = [[label.get_text() for label in way.select("label")] for way in block.select(".sk-select")]
    assert chosen == [["at home", "away"], ["Ann", "Ben"]]
    shown = {case["class"][-1]: case for case in block.select(".sk-case")}
    assert {place: one(case, ".sk-big").get_text() for place, case in shown.items()} == {
        "sk-case-1-1": "reached",
        "sk-case-1-2": "refused",
        "sk-case-2-1": "refused",
        "sk-case-2-2": "refused",
    }
    assert one(shown["sk-case-1-1"], ".sk-terminal code").get_text() == "echo hello"
    assert one(shown["sk-case-1-1"], ".sk-out").get_text() == "hello"
    assert one(shown["sk-case-1-1"], ".sk-said > p em").get_text() == "lives"
    assert len(block.select(".sk-failed")) == 3


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        (("x",), "a switch fence holds the options session, ask, rows, columns, results, cases"),
        ((*HEAD[:4], "results: [x]", *CASES), "the option results holds two words"),
        ((*HEAD, *CASES[:4]), "the option cases holds two to 5 rows"),
        ((*HEAD, "cases:", "  a: b", "  c: d"), "the row a holds a case for each of two to 4 columns"),
        ((*HEAD, *CASES[:6]), "the row away must hold a case for each of: Ann, Ben"),
        ((*HEAD, *CASES[:6], "    Ben: x"), "the case away, Ben holds the options step and why"),
        ((*HEAD, *CASES[:6], "    Ben: {step: 3, why: x}"), f"the case away, Ben: {NAME} has the steps 1 to 2"),
    ],
)
def test_a_mistake_is_told_with_its_cure(lines: tuple[str, ...], message: str, recorded: Checkout) -> None:
    assert message in one(recorded.page(fence("switch", *lines)), ".socktrace-error").get_text()
