"""The blocks of a page: what each fence becomes, and what every mistake in one says."""

from __future__ import annotations

import base64
import gzip
import logging
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote

import pytest
from bs4 import BeautifulSoup

from sitebuild import code
from sitebuild.check import problems
from socktrace.packets import to_pcap
from socktrace.recording import Declaration
from support.checkout import GLOSSARY, PROGRAM, SNIPPET, SOURCES, Checkout, fence, one, text_of
from support.handmade import echo, fifty, recording


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    made = Checkout(tmp_path)
    made.snippet("sockets/echo.py", PROGRAM, echo())
    made.write("docs/data/glossary.toml", GLOSSARY)
    made.write("docs/data/sources.toml", SOURCES)
    return made


PREDICT = (
    "snippet: sockets/echo.py",
    "ask: What is `printed`?",
    "choices:",
    "  Nothing of [[connection]]s: \"echo: b''\"",
    "  Yes: \"echo: b'hello'\"",
    "why: Because of [@rfc1].",
)

# -- the snippet -------------------------------------------------------------------------------------------------------


def test_a_snippet_shows_the_program_and_its_evidence(checkout: Checkout) -> None:
    page = checkout.page(SNIPPET)
    assert one(page, ".sk-code code").get_text() == PROGRAM
    assert text_of(page, ".sk-out") == "echo: b'hello'"
    assert text_of(page, ".sk-file") == "sockets/echo.py"
    assert text_of(page, ".sk-meta") == "recorded on Linux 6.18, Python 3.13 · 10 packets"
    assert text_of(page, ".sk-ladder caption") == "TCP connection: 10 packets"
    said = [" ".join(row.get_text(" ").split()) for row in page.select(".sk-table tbody tr")]
    assert said == [
        "1 listening 127.0.0.1 port 5000 line 8 not \u2013 line 8 ✓",
        "2 client 127.0.0.1 port 40000 line 11 line 11 line 11 ✓",
        "3 accepted 127.0.0.1 port 5000 line 2 line 2 line 3 ✓",
    ]


def test_the_program_and_its_packets_can_be_saved(checkout: Checkout) -> None:
    program, capture = checkout.page(SNIPPET).select("a[download]")
    assert (program["download"], capture["download"]) == ("echo.py", "echo.pcap")
    kind, _, content = str(program["href"]).partition(",")
    assert (kind, unquote(content)) == ("data:text/x-python;charset=utf-8", PROGRAM)
    kind, _, content = str(capture["href"]).partition(",")
    assert (kind, base64.b64decode(content)) == ("data:application/vnd.tcpdump.pcap;base64", to_pcap(echo()))


def test_a_big_capture_is_packed(checkout: Checkout) -> None:
    checkout.snippet("many.py", PROGRAM, fifty())
    link = checkout.page(fence("snippet", "many.py")).select("a[download]")[1]
    assert link["download"] == "many.pcap.gz"
    assert gzip.decompress(base64.b64decode(str(link["href"]).partition(",")[2])) == to_pcap(fifty())


def test_lines_and_rows_refer_to_each_other(checkout: Checkout) -> None:
    page = checkout.page(SNIPPET)
    for link in page.select(".sk a[href^='#']"):
        assert len(page.select(str(link["href"]))) == 1
    assert one(page, "a.sk-no[data-n='8']")["href"] == "#sockets-echo-step-1"
    assert one(page, "#sockets-echo-step-1 a")["href"] == "#sockets-echo-line-8"


def test_a_part_and_a_choice_of_evidence(checkout: Checkout) -> None:
    page = checkout.page(fence("snippet", "file: sockets/echo.py", "part: serve", "show: [code, output]"))
    assert text_of(page, ".sk-code code").startswith("def serve(listener):\n")
    assert text_of(page, ".sk-code code").endswith("connection.sendall(data)")
    assert text_of(page, ".sk-file") == "sockets/echo.py · serve"
    assert one(page, ".sk-out")
    assert not page.select(".sk-draw, .sk-socks")


def test_a_method_is_a_part_with_its_decorators() -> None:
    assert list(code.lines_of(PROGRAM, "Client.peer")) == [12, 13, 14, 15]


def test_two_blocks_of_one_snippet_keep_their_ids_apart_and_find_each_other(checkout: Checkout) -> None:
    parts = [fence("snippet", "file: sockets/echo.py", f"show: [{show}]") for show in ("code", "ladder", "code")]
    page = checkout.page("\n".join(parts))
    ids = [str(element["id"]) for element in page.select("[id]")]
    assert len(ids) == len(set(ids))
    first, drawn, last = page.select(".sk")
    assert one(first, "a.sk-no")["href"] == one(last, "a.sk-no")["href"] == "#sockets-echo-2-step-4"
    assert one(drawn, "#sockets-echo-2-step-4 a")["href"] == "#sockets-echo-line-2"
    assert one(last, "#sockets-echo-3-line-2")


def test_the_same_page_gives_the_same_bytes(checkout: Checkout) -> None:
    text = "\n".join(
        [SNIPPET, fence("predict", *PREDICT), SNIPPET, fence("glossary"), fence("sources"), "[[connection]]"]
    )
    assert checkout.html(text) == checkout.html(text)


def test_what_is_declared_is_framed(checkout: Checkout) -> None:
    checkout.snippet("sockets/echo.py", PROGRAM, replace(echo(), declarations=(Declaration("reset", 14),)))
    framed = text_of(checkout.page(SNIPPET), ".sk-expect")
    assert framed == (
        "On purpose: a TCP connection ends by RST. The program says so itself, on line 14: # socktrace: expect reset"
    )


def test_a_program_that_fails_shows_how(checkout: Checkout) -> None:
    did = recording(stderr="Traceback\nOSError", exit_code=1, unseen=("packets: no namespace",))
    checkout.snippet("sockets/echo.py", PROGRAM, did)
    page = checkout.page(SNIPPET)
    assert text_of(page, ".sk-prints", " ") == (
        "It printed nothing It wrote to standard error Traceback\nOSError It ended with exit status 1."
    )
    assert text_of(page, ".sk-socks", " ") == "Sockets It opened none."
    assert not page.select(".sk-draw")


def test_sockets_with_the_same_life_share_a_row(checkout: Checkout) -> None:
    checkout.snippet("many.py", PROGRAM, fifty())
    said = [
        " ".join(row.get_text(" ").split())
        for row in checkout.page(fence("snippet", "many.py")).select(".sk-table tbody tr")
    ]
    assert said[1:] == [
        "50 sockets, client line 2 line 2 line 4 ✓",
        "50 sockets, accepted line 3 line 3 line 5 ✓",
    ]


HOSTILE = "<script>alert(1)</script>&\"'\u202e\x00\x1b[31m"


def test_hostile_output_program_and_names_come_out_as_text(checkout: Checkout) -> None:
    did = replace(
        echo(),
        stdout=HOSTILE + "\r\n" + HOSTILE,
        stderr=HOSTILE,
        system=HOSTILE,
        unseen=(HOSTILE,),
        declarations=(Declaration(HOSTILE, 1),),
        calls=tuple(replace(call, argument=HOSTILE, error=HOSTILE, function=HOSTILE) for call in echo().calls),
        packets=tuple(replace(packet, data=HOSTILE) for packet in echo().packets),
        sockets=tuple(replace(socket, role=HOSTILE) for socket in echo().sockets),
    )
    checkout.snippet("sockets/echo.py", f"# {HOSTILE}\n".replace("\0", ""), did)
    html = checkout.html(SNIPPET)
    assert "<script" not in html
    assert not set("\u202e\0\x1b") & set(html)
    shown = BeautifulSoup(html, "lxml").select(".sk-out")
    assert (
        shown[0].get_text()
        == "<script>alert(1)</script>&\"'⟨U+202E⟩␀␛[31m␍\n<script>alert(1)</script>&\"'⟨U+202E⟩␀␛[31m"
    )


# -- where a fence may stand -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        pytest.param("before\n" + SNIPPET + "after", "main", id="between lines of a paragraph"),
        pytest.param("!!! note\n" + fence("snippet", "sockets/echo.py", indent="    "), ".admonition", id="admonition"),
        pytest.param("- one\n\n" + fence("snippet", "sockets/echo.py", indent="    ") + "\n- two", "li", id="list"),
        pytest.param('=== "A"\n\n' + fence("snippet", "sockets/echo.py", indent="    "), ".tabbed-content", id="tab"),
        pytest.param("~~~ snippet\nsockets/echo.py\n~~~", "main", id="tildes"),
    ],
)
def test_a_fence_may_stand_anywhere(checkout: Checkout, text: str, inside: str) -> None:
    page = checkout.page(text, "pymdownx.tabbed")
    assert len(page.select(f"{inside} > .sk .sk-code")) == 1
    assert "\ufdd0" not in str(page)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(f"````markdown\n{SNIPPET}````", id="inside a longer fence"),
        pytest.param(fence("snippet", "sockets/echo.py", indent="    "), id="in an indented code block"),
    ],
)
def test_a_fence_that_is_shown_stays_text(checkout: Checkout, text: str) -> None:
    page = checkout.page(text)
    assert not page.select(".sk")
    assert text_of(page, "pre").strip() == SNIPPET.strip()


def test_other_fences_are_left_alone(checkout: Checkout) -> None:
    page = checkout.page("```python\nprint('[[connection]] [@rfc1]')\n```\n\n```\nplain\n```")
    assert [block.get_text().strip() for block in page.select("pre")] == ["print('[[connection]] [@rfc1]')", "plain"]
    assert not page.select("a.sk-term, a.sk-source")


# -- the prediction ----------------------------------------------------------------------------------------------------


def test_a_prediction_takes_its_answer_from_the_output(checkout: Checkout) -> None:
    block = one(checkout.page(fence("predict", *PREDICT)), ".sk-predict")
    question = one(block, ".sk-ask")
    assert (question.get_text(), text_of(question, "code")) == ("What is printed?", "printed")
    assert block["aria-labelledby"] == question["id"]
    wrong, right = block.select("details")
    assert wrong["name"] == right["name"]
    assert text_of(wrong, "summary") == "Nothing of connections"
    assert one(wrong, "summary a")["href"] == "../reference/glossary.md#connection"
    assert [p.get_text() for p in wrong.select("p")] == [
        "No. It would have printed echo: b'' but it printed echo: b'hello'.",
        "Because of RFC 1, section 10.",
    ]
    assert text_of(right, "summary") == "Yes"
    assert text_of(right, "p") == "Yes. The program printed echo: b'hello'."
    assert (wrong["class"], right["class"]) == (["sk-nay"], ["sk-yes"])


# -- sources and terms -------------------------------------------------------------------------------------------------


def test_a_source_is_a_link_with_its_label(checkout: Checkout) -> None:
    link = one(checkout.page("So it is [@rfc1]."), "a")
    assert (link.get_text(), link["href"]) == ("RFC 1, section 10", "https://example.org/?a=1&b=2")
    assert link["title"] == 'Host <Software> & "more"'


@pytest.mark.parametrize(
    ("text", "words", "slug"),
    [
        ("A [[connection]].", "connection", "connection"),
        ("[[Connection]]", "Connection", "connection"),
        ("[[time-wait]]", "time-wait", "time-wait"),
        ("Two [[listeners|listening socket]].", "listeners", "listening-socket"),
        ("| a | b |\n|---|---|\n| [[listeners|listening socket]] | c |", "listeners", "listening-socket"),
        ("*[[connection]]*", "connection", "connection"),
    ],
)
def test_a_term_is_a_link_to_the_glossary(checkout: Checkout, text: str, words: str, slug: str) -> None:
    link = one(checkout.page(text), "a.sk-term")
    assert (link.get_text(), link["href"]) == (words, f"../reference/glossary.md#{slug}")


def test_a_tooltip_is_plain_text(checkout: Checkout) -> None:
    link = one(checkout.page("[[listening socket]]"), "a")
    assert link["title"] == "A socket that accept() takes connections from, as told."


@pytest.mark.parametrize(
    "text", ["`[[nothing]]` `[@nothing]`", "\\[[nothing]]", "| `[[a|b]]` | c |\n|---|---|\n| d | e |"]
)
def test_code_and_escaped_brackets_refer_to_nothing(checkout: Checkout, text: str) -> None:
    page = checkout.page(text)
    assert not page.select("a, .socktrace-error")
    assert "\ufdd2" not in str(page)


def test_the_glossary_shows_every_term_with_its_sources(checkout: Checkout) -> None:
    page = checkout.page("# Glossary\n\n" + fence("glossary"))
    assert [(head["id"], head.get_text()) for head in page.select("h2")] == [
        ("connection", "connection"),
        ("listening-socket", "listening socket"),
        ("time-wait", "TIME-WAIT"),
    ]
    assert [p.get_text() for p in page.select(".sk-from")] == [
        "RFC 1, section 10",
        "RFC 1, section 10 · RFC 1, section 9",
        "RFC 1, section 9",
    ]


def test_the_bibliography_counts_as_people_do(checkout: Checkout) -> None:
    page = checkout.page(fence("sources"))
    assert [term["id"] for term in page.select("dt")] == ["man2", "rfc1"]
    assert page.select("dd")[1].get_text() == 'Host <Software> & "more". Read 2026-11-22: stored copy.'


def test_the_bibliography_may_stand_in_parts_but_no_source_may_be_left_out(checkout: Checkout) -> None:
    labels = {"man2": "apple", "rfc1": "Zebra", "hex1": "0x1", "long": "\u00dcber"}
    entries = [SOURCES.split('["man2"]')[1].replace("RFC 1, section 9", label) for label in labels.values()]
    text = "".join(f'["{name}"]{entry}\n' for name, entry in zip(labels, entries, strict=True))
    checkout.write("docs/data/sources.toml", text)

    def listed(part: str) -> list[str]:
        return [str(term["id"]) for term in checkout.page(fence("sources", part)).select("dt")]

    assert (listed("a-m"), listed("n-z"), listed("b-y")) == (["hex1", "man2"], ["rfc1", "long"], [])
    checkout.write("docs/deep/page.md", fence("sources", "a-m") + "[@man2] [@rfc1] [@hex1] [@long]")
    message = "no page lists the source {}; give a sources fence the letter that it begins with"
    complaints = "\n".join(problems(checkout.root))
    assert [name for name in labels if message.format(name) in complaints] == ["rfc1", "long"]


# -- mistakes ----------------------------------------------------------------------------------------------------------

SHOWS = "; it printed \"echo: b'hello'\""
PREDICTS = [
    ("snippet", "the option snippet is missing", PREDICT[1:]),
    ("why", "the option why is missing", PREDICT[:-1]),
    ("what", "unknown option what; known: snippet, ask, choices, why", (*PREDICT, "what: x")),
    (
        "one choice",
        'the option choices must hold two or more lines of the form Choice: "what would be printed"',
        (*PREDICT[:3], PREDICT[3], PREDICT[5]),
    ),
    (
        "none printed",
        "0 of the 2 choices name a line that sockets/echo.py printed, and exactly one must" + SHOWS,
        (*PREDICT[:4], "  Other: \"echo: b'hell'\"", PREDICT[5]),
    ),
    (
        "two printed",
        "2 of the 3 choices name a line that sockets/echo.py printed, and exactly one must" + SHOWS,
        (*PREDICT[:5], "  Also: \"echo: b'hello'\"", PREDICT[5]),
    ),
    ("twice", '"Yes" stands there twice; remove one', (*PREDICT[:5], PREDICT[4], PREDICT[5])),
    ("no text", "the option ask must be text", (PREDICT[0], "ask: [a, b]", *PREDICT[2:])),
    ("no options", "a predict fence holds the options snippet, ask, choices, why", ("sockets/echo.py",)),
]
MISTAKES = [
    pytest.param(
        fence("snippet", "sockets/eccho.py"),
        "unknown snippet sockets/eccho.py; did you mean sockets/echo.py?",
        id="unknown snippet",
    ),
    pytest.param(
        fence("snippet", "file: sockets/echo.py", "part: serv"),
        "unknown part serv; did you mean serve?",
        id="unknown part",
    ),
    pytest.param(
        fence("snippet", "file: sockets/echo.py", "show: [code, outputs]"),
        "unknown name outputs in show; did you mean output?",
        id="unknown evidence",
    ),
    pytest.param(
        fence("snippet", "file: sockets/echo.py", "show: code"),
        "the option show must be a list of code, output, ladder, sockets, such as [code, output]",
        id="show is no list",
    ),
    pytest.param(
        fence("snippet", "file: sockets/echo.py", "prt: serve"),
        "unknown option prt; did you mean part?",
        id="unknown option",
    ),
    pytest.param(fence("snippet", "part: serve"), "the option file is missing", id="no file"),
    pytest.param(fence("snippet", ""), "the option file is empty", id="empty"),
    pytest.param(
        fence("snippet", "- sockets/echo.py"),
        "a snippet fence holds a file, such as sockets/echo.py, or the options file, part and show",
        id="a list",
    ),
    pytest.param(
        fence("snippet", "file: sockets/echo.py", "show: [code"),
        "malformed YAML in line 2 of the fence: expected ',' or ']', but got '<stream end>'; "
        "put text with a colon or quotes in quotes",
        id="malformed",
    ),
    pytest.param(
        fence("snippet", "file: a: b"),
        "malformed YAML in line 1 of the fence: mapping values are not allowed here; "
        "put text with a colon or quotes in quotes",
        id="a colon",
    ),
    pytest.param(
        fence("snippet", "file: sockets/echo.py", "prt:\tserve"), "unknown option prt; did you mean part?", id="a tab"
    ),
    pytest.param(fence("glossary", "a"), "a glossary fence is empty; it prints everything", id="full glossary fence"),
    pytest.param(
        fence("sources", "s-a"),
        "a sources fence holds a part of the alphabet, such as a-k, or nothing, not s-a",
        id="wrong sources fence",
    ),
    pytest.param("See [@rfc2].\n", "unknown source rfc2; did you mean rfc1?", id="unknown source"),
    pytest.param("A [[conection]].\n", "unknown term conection; did you mean connection?", id="unknown term"),
    pytest.param(
        "| [[a|conection]] | b |\n|--|--|\n", "unknown term conection; did you mean connection?", id="in a table"
    ),
    *(pytest.param(fence("predict", *lines), message, id=f"predict, {name}") for name, message, lines in PREDICTS),
]


@pytest.mark.parametrize(("text", "message"), MISTAKES)
def test_a_mistake_shows_on_the_page_and_is_logged_with_its_place(
    checkout: Checkout, caplog: pytest.LogCaptureFixture, text: str, message: str
) -> None:
    page = checkout.page("# Title\n\nText.\n\n" + text)
    assert text_of(page, ".socktrace-error") == f"docs/deep/page.md:5: {message}"
    assert [(entry.name, entry.levelno, entry.getMessage()) for entry in caplog.records] == [
        ("mkdocs.socktrace", logging.WARNING, f"docs/deep/page.md:5: {message}")
    ]


@pytest.mark.parametrize(("text", "message"), MISTAKES)
def test_the_suite_finds_the_same_mistake_without_a_builder(checkout: Checkout, text: str, message: str) -> None:
    checkout.write("docs/deep/page.md", "# Title\n\nText.\n\n" + text)
    assert f"docs/deep/page.md:5: {message}" in problems(checkout.root)


def test_a_missing_recording_says_which_command_makes_it(checkout: Checkout) -> None:
    (checkout.root / "docs/recordings/sockets/echo.json").unlink()
    shown = text_of(checkout.page(SNIPPET), ".socktrace-error")
    assert shown == (
        "docs/deep/page.md:1: sockets/echo.py has no recording; run: uv run python -m sitebuild record sockets/echo.py"
    )


def test_a_stale_recording_says_which_command_mends_it(checkout: Checkout) -> None:
    checkout.write("snippets/sockets/echo.py", PROGRAM + "\n# changed\n")
    shown = text_of(checkout.page(SNIPPET), ".socktrace-error")
    assert shown == (
        "docs/deep/page.md:1: the recording of sockets/echo.py is stale, the program has changed since; "
        "run: uv run python -m sitebuild record sockets/echo.py"
    )


def test_a_damaged_recording_says_so(checkout: Checkout) -> None:
    checkout.write("docs/recordings/sockets/echo.json", "{}")
    shown = text_of(checkout.page(SNIPPET), ".socktrace-error")
    assert shown == (
        "docs/deep/page.md:1: the recording of sockets/echo.py cannot be read (not a recording: 'stuck'); "
        "run: uv run python -m sitebuild record sockets/echo.py"
    )


def test_of_equal_fences_each_is_named_by_its_own_line(checkout: Checkout, caplog: pytest.LogCaptureFixture) -> None:
    wrong = fence("snippet", "x.py")
    checkout.page(f"---\ntitle: T\n---\n\n{wrong}\n- a\n\n" + fence("snippet", "x.py", indent="    "))
    places = [entry.getMessage().partition(": ")[0] for entry in caplog.records]
    assert places == ["docs/deep/page.md:5", "docs/deep/page.md:11"]


def test_a_mistake_leaves_the_rest_of_the_page_alone(checkout: Checkout) -> None:
    page = checkout.page(fence("snippet", "x.py") + "\n" + SNIPPET + "\n[[connection]]")
    assert len(page.select(".socktrace-error")) == len(page.select(".sk")) == len(page.select("a.sk-term")) == 1


@pytest.mark.parametrize(
    ("file", "text", "message"),
    [
        ("glossary", "[x]\nsays = 'a'", 'docs/data/glossary.toml: term x: an entry is ["x"] with "says" and "source"'),
        ("glossary", "x = 1", 'docs/data/glossary.toml: term x: an entry is ["x"] with "says" and "source"'),
        ("glossary", "[x]\nsays = 1\nsource = 'rfc1'", "docs/data/glossary.toml: term x: says is text in quotes"),
        (
            "glossary",
            GLOSSARY + "['Time wait']\nsays='a'\nsource='rfc1'",
            "docs/data/glossary.toml: term Time wait: there is",
        ),
        ("glossary", "[x]\nsays = 'a'\nsource = 'rfc9'", "unknown source rfc9; did you mean rfc1?"),
        ("sources", "[x", "docs/data/sources.toml: Expected"),
        ("sources", "x = 1", 'docs/data/sources.toml: "x" is not an entry; an entry begins with ["x"]'),
        ("sources", SOURCES.replace("read", "red"), "docs/data/sources.toml: source rfc1: lacks read"),
        (
            "sources",
            SOURCES.replace('how = "', 'how = "a"\nzzz = "'),
            "docs/data/sources.toml: source rfc1: has the unknown",
        ),
        (
            "sources",
            SOURCES.replace('how = "stored copy"', "how = 7"),
            "docs/data/sources.toml: source rfc1: each field is",
        ),
        (
            "sources",
            SOURCES.replace("https:", "ftp:"),
            "docs/data/sources.toml: source rfc1: url must begin with https://",
        ),
    ],
)
def test_a_mistake_in_the_glossary_or_the_bibliography_is_told(
    checkout: Checkout, file: str, text: str, message: str
) -> None:
    checkout.write(f"docs/data/{file}.toml", text)
    shown = text_of(checkout.page(fence("glossary")), ".socktrace-error")
    assert shown.startswith(f"docs/deep/page.md:1: {message}")


# -- what only the suite finds -----------------------------------------------------------------------------------------


def whole(checkout: Checkout) -> Callable[[str], list[str]]:
    """Return a function that gives the problems of a checkout whose page uses all there is and then says `text`."""

    def found(text: str) -> list[str]:
        checkout.write("docs/page.md", SNIPPET + "\n[@rfc1] [@man2]\n\n" + text)
        return problems(checkout.root)

    return found


def test_a_data_file_that_cannot_be_read_is_told_once(checkout: Checkout) -> None:
    found = whole(checkout)
    checkout.write("docs/data/sources.toml", SOURCES.replace("read", "red"))
    assert found("[@rfc1]") == ["docs/data/sources.toml: source rfc1: lacks read"]


def test_a_faultless_page_has_no_problems(checkout: Checkout) -> None:
    assert whole(checkout)(fence("predict", *PREDICT) + "\n`[@x]`\n\n````md\n```snippet\nx.py\n```\n````\n") == []


def test_an_unused_source_is_a_problem(checkout: Checkout) -> None:
    checkout.write("docs/data/sources.toml", SOURCES + SOURCES.replace("rfc1", "rfc3").replace("man2", "man3"))
    assert whole(checkout)("[@man3]") == [
        "docs/data/sources.toml:14: no page and no term uses the source rfc3; use it or remove it"
    ]


def test_a_snippet_on_no_page_is_a_problem(checkout: Checkout) -> None:
    checkout.write("snippets/sockets/other.py", "")
    checkout.write("snippets/sockets/__init__.py", "")
    assert whole(checkout)("") == [
        "snippets/sockets/other.py:1: no page shows this snippet; show it with a snippet fence or remove it"
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('--8<-- "a.py"', []),
        ('--8<-- "a.py:one"', []),
        ('--8<-- "a.py:1:2"', []),
        (';--8<-- "nothing.py"', []),
        ("--8<--\na.py\n\n; skipped.py\n--8<--", []),
        ('--8<-- "b.py"', ["docs/page.md:7: the included file b.py does not exist"]),
        ("--8<-- a.py", ['docs/page.md:7: the included file must stand in quotes: --8<-- "a.py"']),
        ('    --8<-- "a.py', ['docs/page.md:7: the included file must stand in quotes: --8<-- ""a.py"']),
        ('--8<-- "a.py:two"', ['docs/page.md:7: the section two of a.py has no line "# --8<-- [end:two]"']),
        (
            '--8<-- "a.py:three"',
            [
                'docs/page.md:7: the section three of a.py has no line "# --8<-- [end:three]"',
                'docs/page.md:7: the section three of a.py has no line "# --8<-- [start:three]"',
            ],
        ),
        ("--8<--\nb.py\n--8<--", ["docs/page.md:8: the included file b.py does not exist"]),
        ("--8<--\na.py", ["docs/page.md:7: the list of included files does not end; close it with a line of scissors"]),
    ],
)
def test_scissors(checkout: Checkout, text: str, expected: list[str]) -> None:
    checkout.write("a.py", "# --8<-- [start:one]\n1\n# --8<-- [end:one]\n# --8<-- [start:two]\n")
    assert whole(checkout)(text) == expected


# -- in a builder ------------------------------------------------------------------------------------------------------


def test_a_strict_build_fails_with_page_and_line(checkout: Checkout) -> None:
    checkout.write(
        "mkdocs.yml", "site_name: T\ntheme: {name: mkdocs}\nplugins: []\nmarkdown_extensions: [sitebuild.extension]\n"
    )
    checkout.write("docs/index.md", "# T\n\n" + fence("snippet", "x.py"))
    checkout.write("docs/reference/glossary.md", fence("glossary"))
    command = [sys.executable, "-m", "mkdocs", "build", "--strict"]
    done = subprocess.run(command, cwd=checkout.root, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "WARNING -  docs/index.md:3: unknown snippet x.py; there is no file snippets/x.py\n" in done.stderr


def test_links_find_the_glossary_from_every_depth(checkout: Checkout) -> None:
    checkout.write(
        "mkdocs.yml", "site_name: T\ntheme: {name: mkdocs}\nplugins: []\nmarkdown_extensions: [sitebuild.extension]\n"
    )
    pages = ("index.md", "a.md", "deep/b.md", "reference/glossary.md")
    for page in pages:
        checkout.write(f"docs/{page}", "[[connection]]\n\n" + (fence("glossary") if "glossary" in page else ""))
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet"]
    done = subprocess.run(command, cwd=checkout.root, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    links = {}
    for page in pages:
        name = page.removesuffix(".md")
        file = checkout.root / "site" / ("index.html" if name == "index" else f"{name}/index.html")
        links[page] = re.findall(r'class="sk-term" href="([^"]*)"', file.read_text(encoding="utf-8"))[0]
    assert links == {
        "index.md": "reference/glossary/#connection",
        "a.md": "../reference/glossary/#connection",
        "deep/b.md": "../../reference/glossary/#connection",
        "reference/glossary.md": "./#connection",
    }


def test_the_code_of_every_snippet_is_copied_whole() -> None:
    root = Path(__file__).parents[2] / "snippets"
    for path in root.rglob("*.py"):
        source = path.read_text(encoding="utf-8")
        shown = code.to_element(source, code.lines_of(source, None), {}, {})
        assert "".join(shown.itertext()) == source


def test_neither_pytest_nor_a_builder_is_needed() -> None:
    program = "import sys, sitebuild.extension; print({'pytest', 'mkdocs', 'zensical'} & sys.modules.keys() or 'none')"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "none"
