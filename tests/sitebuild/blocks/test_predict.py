"""A question about lines of a program, which the run answers."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from sitebuild.blocks import hunt, open_library, predict
from sitebuild.blocks.predict import RIGHT, UNSAID, WRONG, Excerpt, Question, excerpt, outcomes, saw
from sitebuild.checks.site import problems
from sitebuild.kit.library import Evidence, Recorded
from sitebuild.reading import fences
from sitebuild.reading.options import PageError
from support.checkout import PREDICT, SNIPPET, Checkout, fence, one, text_of
from support.handmade import CLIENT, call, echo, segment
from support.website import ROOT

MOST = 60
"""In how many of a hundred questions with as many choices the right one may stand at the same place, or be shortest."""

FEW = 3
"""So many questions on a page have the right choice at more than one place."""


def test_the_run_decides_which_choice_is_right(checkout: Checkout) -> None:
    block = one(checkout.page(fence("predict", *PREDICT)), ".sk-turn")
    assert (text_of(block, "legend"), text_of(block, "legend code")) == ("What is printed?", "printed")
    wrong, right = block.select(".sk-choice")
    choices = [one(choice, "label > input") for choice in (wrong, right)]
    assert [(choice["type"], choice["value"]) for choice in choices] == [("radio", "wrong"), ("radio", "right")]
    assert {str(choice["name"]) for choice in choices} == {block["id"]}
    assert one(wrong, "label a")["href"] == "../reference/glossary.md#connection"
    saw = "The run printed echo: b'hello'"
    assert [p.get_text() for p in wrong.select(".sk-reply p")] == [WRONG, UNSAID, "Because of.1", saw]
    assert [p.get_text() for p in right.select(".sk-reply p")] == [RIGHT, "Because of.1", saw]


def test_what_a_browser_kept_of_a_question_is_of_no_use_to_another_order_of_its_choices() -> None:
    choices = (("Yes", "a"), ("No", "b"))
    ids = {Question("Is it?", order, "a", "").id for order in (choices, choices[::-1])}
    assert len(ids) == 2, "a browser keeps the number of the choice"


def test_a_choice_gets_the_reply_that_its_author_wrote(checkout: Checkout) -> None:
    said = ("replies:", "  Yes: Well *spotted*! It comes back.", "  Nothing of [[connection]]s: It does look so")
    wrong, right = checkout.page(fence("predict", *PREDICT, *said)).select(".sk-reply")
    saw = "The run printed echo: b'hello'"
    assert [p.get_text() for p in wrong.select("p")] == [WRONG, "It does look so", saw]
    assert [p.get_text() for p in right.select("p")] == [RIGHT, "Well spotted!", "It comes back.", "Because of.1", saw]
    assert text_of(right, "strong em") == "spotted"


def test_a_reply_shows_what_the_run_did_with_its_own_numbers() -> None:
    did = replace(
        echo(),
        stdout=f"port: {CLIENT.port}\n",
        calls=(call(0, 1, 1, "connect", 3, error="ECONNREFUSED"),),
        packets=(segment(0, CLIENT, "FIN ACK"), segment(1, CLIENT, "RST ACK")),
    )
    assert saw(did, f"port: {CLIENT.port}") == ("The run printed", f"port: {CLIENT.port}")
    assert saw(did, "connect: ECONNREFUSED") == ("The run shows", "connect: ECONNREFUSED")
    assert saw(did, "order: FIN, RST") == ("In the run they came in this order: FIN, RST.", "")
    assert saw(did, "FIN: 1") == ("In the run, 1 packet with FIN crossed.", "")
    assert saw(did, "packets: 2") == ("In the run, 2 packets crossed.", "")
    assert saw(did, "SYN: 0") == ("In the run, no packet with SYN crossed.", "")
    assert saw(did, "sockets: 3") == ("The run opened 3 sockets.", "")
    printed = saw(replace(echo(), stdout=f"port: {CLIENT.port}\n"), "port: <port of client>")
    assert printed == ("The run printed", f"port: {CLIENT.port}")


def test_a_choice_may_name_what_a_packet_carried(checkout: Checkout) -> None:
    """What it carried decides, and what it did not carry does not."""

    def seen(one: str, other: str) -> tuple[str, str]:
        body = (*PREDICT[:3], f'  A: "on the wire: {one}"', f'  B: "on the wire: {other}"', PREDICT[-1])
        return predict.read("\n".join(body), open_library(checkout.root)).saw

    assert seen("hello", "6 bytes") == ("A packet carried", "hello")
    assert seen("hullo", "5 bytes") == ("A packet carried", "5 bytes")
    with pytest.raises(PageError, match="0 of the 2 choices"):
        seen("hullo", "6 bytes")


def test_a_question_shows_its_lines_and_leads_to_what_they_did(checkout: Checkout) -> None:
    checkout.write("docs/shown.md", SNIPPET)
    about = ("lines: 4-8", "lit: [accept, sendall]")
    block = one(checkout.page(fence("predict", *PREDICT, *about)), ".sk-turn")
    assert [line["data-n"] for line in block.select(".sk-line")] == ["4", "5", "6", "7", "8"]
    assert [line["data-n"] for line in block.select(".sk-lit")] == ["5", "8"]
    assert {str(link["href"]) for link in block.select(".sk-moment")} == {"../shown.md#sockets-echo"}
    (checkout.root / "docs/shown.md").unlink()
    page = checkout.page(fence("predict", *PREDICT, *about) + SNIPPET)
    (href,) = {str(link["href"]) for link in page.select(".sk-moment")}
    assert one(page, href)["data-line"] == "sockets-echo-line-5"
    decides = ("lines: 4-5", "lit: accept", "moment: sendall")
    asked = checkout.page(fence("predict", *PREDICT, *decides) + SNIPPET)
    (href,) = {str(link["href"]) for link in asked.select(".sk-moment")}
    assert one(page, href)["data-line"] == "sockets-echo-line-8"
    about = ("part: serve", "lit: with connection")
    assert text_of(checkout.page(fence("predict", *PREDICT, *about) + SNIPPET), ".sk-moment") == "See the run"


def test_no_line_says_to_the_reader_what_the_recorder_is_to_expect() -> None:
    text = "try:\n    # socktrace: expect refused\n    connect(address)\n"
    evidence = Evidence("sockets/echo.py", "", Recorded(echo()))
    shown = excerpt(Excerpt(evidence, "beside.py", text, range(2, 4), (3,)))
    assert "".join(shown.itertext()) == "connect(address)\n"


def test_a_line_that_is_left_out_between_others_leaves_a_gap() -> None:
    text = "server.bind(address)\n# socktrace: expect refused\nconnect(address)\n"
    evidence = Evidence("sockets/echo.py", "", Recorded(echo()))
    classes = [
        [line.get("class") for line in next(excerpt(Excerpt(evidence, "beside.py", text, lines, ())).iter("code"))]
        for lines in (range(1, 4), range(1, 3))
    ]
    assert classes == [["sk-line", "sk-gap", "sk-line"], ["sk-line"]]


def test_a_question_about_the_reason_may_stand_below_the_run(checkout: Checkout) -> None:
    question = list(PREDICT)
    question[3:5] = ['  One would do: "FIN: 1"', '  It takes two: "FIN: 2"']
    for asked, late in ((PREDICT, True), (question, False)):
        checkout.write("docs/deep/page.md", SNIPPET + fence("predict", *asked))
        found = "\n".join(problems(checkout.root))
        assert ("the answer stands above" in found) is late, found


def test_of_two_programs_the_question_says_which(checkout: Checkout) -> None:
    asked = ("file: cleint.py", "lines: 1-2")
    assert "no file cleint.py ran beside sockets/echo.py" in checkout.html(fence("predict", *PREDICT, *asked))


def test_what_came_of_a_run_is_printed_lines_failures_and_counts() -> None:
    did = replace(
        echo(),
        stdout="  a b\n",
        calls=(call(0, 1, 1, "connect", 3, error="ECONNREFUSED"), call(1, 2, 1, "connect", 3, error="ECONNREFUSED")),
        packets=(segment(0, CLIENT, "SYN"), segment(1, CLIENT, "FIN ACK"), segment(2, CLIENT, "RST ACK")),
    )
    counts = (f"sockets: {len(did.sockets)}", "packets: 3", "SYN: 1", "FIN: 1", "RST: 1", "order: FIN, RST")
    assert outcomes(did) == ("a b", "connect: ECONNREFUSED", *counts)


def questions(root: Path) -> Iterator[tuple[str, Question]]:
    """Yield the questions of a checkout, hunts among them, each with its page."""
    library = open_library(root)
    for page in sorted(library.docs.rglob("*.md")):
        for found in fences.find(page.read_text(encoding="utf-8").splitlines()):
            if found.name == predict.BLOCK.name:
                yield page.relative_to(root).as_posix(), predict.read(found.body, library)
            elif found.name == hunt.BLOCK.name:
                yield page.relative_to(root).as_posix(), hunt.read(found.body, library).question


def place_of(question: Question) -> int:
    """Return at which place the right choice stands, counted from 0."""
    return [line for _, line in question.choices].index(question.right)


def marks(question: Question) -> Iterator[str]:
    """Yield what tells the right choice from the others for one who reads none of them."""
    at = place_of(question)
    yield f"number {at + 1}"
    sizes = [len(words) for words, _ in question.choices]
    own, others = sizes[at], sizes[:at] + sizes[at + 1 :]
    if own < min(others):
        yield "the shortest"
    elif own > max(others):
        yield "the longest"


def tells(asked: Iterable[tuple[str, Question]]) -> list[str]:
    """Return by what one knows the right choice unread, on a page or on the site, and what to mend."""
    on_page: dict[str, list[str]] = defaultdict(list)
    on_site: dict[tuple[int, str], Counter[str]] = defaultdict(Counter)
    every: Counter[int] = Counter()
    for page, question in asked:
        many, at = len(question.choices), place_of(question)
        every[many] += 1
        on_page[page].append("first" if at == 0 else "last" if at == many - 1 else "in the middle")
        for mark in marks(question):
            on_site[many, mark][page] += 1
    found = [
        f"{page}: in all {len(places)} questions the right choice stands {places[0]}; move it in some of them"
        for page, places in on_page.items()
        if len(places) >= FEW and len(set(places)) == 1
    ]
    for (many, mark), pages in sorted(on_site.items()):
        if every[many] > FEW and pages.total() * 100 > MOST * every[many]:
            page, times = pages.most_common(1)[0]
            found.append(
                f"in {pages.total()} of the {every[many]} questions with {many} choices the right one is {mark}; "
                f"change that in some, first in {page}, where it is so {times} times"
            )
    return found


def test_neither_its_place_nor_its_length_tells_which_choice_is_right() -> None:
    """Who has seen it stand last three times, or bare among reasons, stops reading the others."""
    assert tells(questions(ROOT)) == []


def test_a_place_or_a_length_that_tells_is_found() -> None:
    def ask(page: str, *places: int, words: str = "right") -> list[tuple[str, Question]]:
        choices = [[("wrong", "")] * 3 for _ in places]
        for some, place in zip(choices, places, strict=True):
            some[place] = (words, "came")
        return [(page, Question("?", tuple(some), "came", "")) for some in choices]

    even = ask("docs/a.md", 0, 1, 2)
    assert tells([*even, *ask("docs/b.md", 1, 1)]) == []
    page, site = tells([*even, *ask("docs/b.md", 2, 2, 2, 2)])
    assert page == "docs/b.md: in all 4 questions the right choice stands last; move it in some of them"
    said = "in {} of the {} questions with 3 choices the right one is {}; "
    said += "change that in some, first in docs/b.md, where it is so {} times"
    assert site == said.format(5, 7, "number 3", 4)
    for words, mark in (("No", "the shortest"), ("Because", "the longest")):
        assert tells([*even, *ask("docs/b.md", 0, 1, 2, 0, 1, words=words)]) == [said.format(5, 8, mark, 5)]
