"""A question about lines of a program, which the run answers."""

from __future__ import annotations

from dataclasses import replace

from sitebuild.blocks.predict import RIGHT, UNSAID, WRONG, Excerpt, excerpt, outcomes, saw
from sitebuild.check import problems
from sitebuild.library import Evidence, Recorded
from support.checkout import PREDICT, SNIPPET, Checkout, fence, one, text_of
from support.handmade import CLIENT, call, echo, segment


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
    assert saw(did, "order: FIN, RST") == ("On the wire, in this order:", "FIN, RST")
    assert saw(did, "FIN: 1") == ("In the whole run:", "1 \u00d7 FIN")
    assert saw(did, "packets: 2") == ("In the whole run:", "2 packets")
    printed = saw(replace(echo(), stdout=f"port: {CLIENT.port}\n"), "port: <port of client>")
    assert printed == ("The run printed", f"port: {CLIENT.port}")


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
