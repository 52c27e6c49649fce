"""The article's claims: none is lost, each keeps its verdict, and what is said of it leads to the run that shows it."""

from __future__ import annotations

import json
import tomllib
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urljoin, urlsplit

import bs4
import lxml.html
import pytest

from sitebuild.blocks import registry
from sitebuild.checks.site import problems
from sitebuild.data.claims import read_claims
from sitebuild.reading import fences
from support import website
from support.checkout import CLAIMS, GLOSSARY, PROGRAM, SNIPPET, SOURCES, Checkout, fence, flaw, one, text_of
from support.handmade import echo

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

FILE = website.ROOT / "docs" / "data" / "claims.toml"
PAGE = website.Page("start/article.md")

# Judged before the site was written: what the article says, sentence by sentence, and two things that it implies.
JUDGED = {
    "right": "C24",
    "right with a caveat": "C03 C09 C11 C12 C13 C15 C16 C18 C20 C21 C25 C26 C33 C34 C38 C39 C41 C43 C44",
    "misleading": "C01 C02 C04 C06 C08 C14 C17 C19 C22 C27 C28 C29 C30 C36 C40 C42 C46",
    "wrong": "C05 C07 C10 C23 C31 C32 C35 C37 C45",
}
VERDICTS = {name: verdict for verdict, names in JUDGED.items() for name in names.split()}
BEYOND_A_RUN = {"C10", "C37", "C39", "C40", "C41", "C42", "C43", "C44"}
"""Those about plugs, wires and sockets of metal. Every other claim a program can put to the test, and so one must."""


# -- the claims of this site -------------------------------------------------------------------------------------------


def fallen(entries: dict[str, Any]) -> list[str]:
    """Return what became of claims that it must not: lost, judged otherwise, or without the run that shows it."""
    found = [f"{name} is lost" for name in sorted(VERDICTS.keys() - entries.keys())]
    found += [f"{name} is not among the {len(VERDICTS)}" for name in sorted(entries.keys() - VERDICTS.keys())]
    for name in sorted(VERDICTS.keys() & entries.keys()):
        verdict = entries[name].get("verdict")
        if verdict != VERDICTS[name]:
            found.append(f"{name} is {VERDICTS[name]}, not {verdict}")
        if name not in BEYOND_A_RUN and not entries[name].get("proof"):
            found.append(f"{name} can be shown by a run, and none is named")
    return found


def entries() -> dict[str, Any]:
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


def test_no_claim_is_lost_and_each_keeps_its_verdict() -> None:
    assert len(VERDICTS) == 46
    assert fallen(entries()) == []


@pytest.mark.parametrize("name", VERDICTS)
def test_every_proof_is_a_run_that_was_recorded(name: str) -> None:
    for proof in entries()[name].get("proof", []):
        assert (website.ROOT / "snippets" / proof).is_file(), f"{name}: there is no file snippets/{proof}"
        recording = (website.ROOT / "docs" / "recordings" / proof).with_suffix(".json")
        assert recording.is_file(), f"{name}: {proof} was never recorded"


def test_a_claim_that_fell_off_is_found() -> None:
    whole = {name: {"verdict": verdict, "proof": ["x.py"]} for name, verdict in VERDICTS.items()}
    assert fallen(whole) == []
    lost = {name: row for name, row in whole.items() if name != "C17"}
    assert fallen(lost) == ["C17 is lost"]
    assert fallen(whole | {"C47": {}}) == ["C47 is not among the 46"]
    assert fallen(whole | {"C05": {"verdict": "right", "proof": ["x.py"]}}) == ["C05 is wrong, not right"]
    bare = {"verdict": "wrong", "unproven": "No."}
    assert fallen(whole | {"C05": bare, "C10": bare}) == ["C05 can be shown by a run, and none is named"]


def absent(site: Path, page: website.Page, entries: dict[str, Any]) -> list[str]:
    """Return what the page of the claims lacks: claims in order, their verdicts in words, links to their runs."""
    html = bs4.BeautifulSoup((site / page.file).read_bytes(), "lxml")
    wanted = sorted(entries, key=lambda name: (entries[name]["part"], name))
    there = [str(head["id"]).upper() for head in html.select(".sk-check h4[id]")]
    if there != wanted:
        return [f"the page has the claims {there}, not {wanted}"]
    found = []
    for name in wanted:
        head = html.select_one(f"#{name.lower()}")
        assert head is not None
        assert head.parent is not None
        if text_of(head.parent, ".sk-verdict") != entries[name]["verdict"]:
            found.append(f"{name}: the verdict is not on the page")
        if one(head, "a").get("href") != f"#{name.lower()}":
            found.append(f"{name}: has no link to itself")
        links = [str(link["href"]) for link in head.parent.select(".sk-proof a:not(.sk-source, .sk-term)")]
        proofs = entries[name].get("proof", [])
        shown = [run_at(site, page, link) for link in links] if proofs else []
        found += [f"{name}: no link leads to {proof}, only to {shown}" for proof in proofs if proof not in shown]
    return found


def run_at(site: Path, page: website.Page, link: str) -> str:
    """Return the name of the run whose block a link leads to; nothing if it leads to none."""
    parts = urlsplit(urljoin(f"https://site.example/{page.url}", link))
    file = site / unquote(parts.path).lstrip("/") / "index.html"
    if not file.is_file():
        return ""
    block = lxml.html.document_fromstring(file.read_bytes()).get_element_by_id(parts.fragment, None)
    names = [] if block is None else block.find_class("sk-file")
    return str(names[0].text_content()).strip() if names else ""


def test_the_page_has_every_claim_and_leads_to_its_runs(site: Path) -> None:
    found = absent(site, PAGE, entries())
    assert not found, "\n".join(found)


def unsearchable(docs: list[dict[str, str]], page: website.Page, names: Iterable[str]) -> list[str]:
    """Return the claims that a search does not lead to, or shows without their verdict."""
    titles = {doc["location"]: doc["title"] for doc in docs}
    locations = {name: f"{page.url}#{name.lower()}" for name in names}
    return [name for name in locations if f"{name} {VERDICTS[name]} " not in titles.get(locations[name], "")]


def test_a_search_leads_to_each_claim_and_says_its_verdict(site: Path) -> None:
    index = json.loads((site / "search" / "search_index.json").read_text(encoding="utf-8"))
    assert unsearchable(index["docs"], PAGE, VERDICTS) == []


def test_a_claim_that_a_search_does_not_find_is_found() -> None:
    docs = [{"location": "start/article/#c05", "title": "C05 wrong It says: x"}]
    assert unsearchable(docs, PAGE, ["C05", "C06"]) == ["C06"]
    assert unsearchable([docs[0] | {"title": "It says: x"}], PAGE, ["C05"]) == ["C05"]


GOOD = """<div class="sk-check"><h4 id="c05"><a href="#c05">C05</a></h4> <p class="sk-verdict">wrong</p>
<p class="sk-proof"><a href="#sockets-echo">It echoes.</a></p></div>
<div class="sk" id="sockets-echo"><strong class="sk-file">sockets/echo.py</strong></div>"""


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("", "", None),
        ('id="c05"', 'id="c06"', "the page has the claims ['C06'], not ['C05']"),
        (">wrong", ">right", "C05: the verdict is not on the page"),
        ('"#c05"', '"#c5"', "C05: has no link to itself"),
        ('"#sockets-echo"', '"#c05"', "C05: no link leads to sockets/echo.py, only to ['']"),
        ("echo.py<", "refused.py<", "C05: no link leads to sockets/echo.py, only to ['sockets/refused.py']"),
    ],
)
def test_what_a_page_lacks_is_found(old: str, new: str, message: str | None, tmp_path: Path) -> None:
    (tmp_path / "start/article").mkdir(parents=True)
    (tmp_path / PAGE.file).write_text(GOOD.replace(old, new, 1), encoding="utf-8")
    row = {"part": 1, "verdict": "wrong", "proof": ["sockets/echo.py"]}
    assert absent(tmp_path, PAGE, {"C05": row}) == ([message] if message else [])


# -- the block ---------------------------------------------------------------------------------------------------------

BLOCK = fence("claims")


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    made = Checkout(tmp_path)
    made.snippet("sockets/echo.py", PROGRAM, echo())
    made.write("docs/data/glossary.toml", GLOSSARY)
    made.write("docs/data/sources.toml", SOURCES)
    made.write("docs/data/claims.toml", CLAIMS)
    made.write("docs/chapter.md", fence("snippet", "file: sockets/echo.py", "show: [code]") + "\n" + SNIPPET)
    return made


def test_the_claims_stand_by_paragraph_and_number(checkout: Checkout) -> None:
    page = checkout.page("## Claims\n\n" + BLOCK)
    assert [(head.name, head["id"]) for head in page.select("h3, h4")] == [
        ("h3", "paragraph-1"),
        ("h4", "c02"),
        ("h3", "paragraph-2"),
        ("h4", "c01"),
        ("h4", "c03"),
    ]
    assert [" ".join(card.get_text(" ").split()) for card in page.select(".sk-check")] == [
        (
            "C02 right with a caveat It says: Echoes echo. Show the verdict right with a caveat "
            "True: A connection has two ends. 1 Why people say it: They seldom say more. "
            "See the run: Hello goes out and comes back."
        ),
        (
            "C01 right It says: Two are two. Show the verdict right True: So it is. "
            "See the run: Hello goes out and comes back."
        ),
        (
            "C03 wrong It says: A port is a plug . Show the verdict wrong True: It is a number. "
            "Why people say it: The word is the same. 2 This site keeps the picture, mended. "
            "No run shows it: A connection of metal."
        ),
    ]


def test_a_claim_is_marked_up_and_linked_as_the_page_is(checkout: Checkout) -> None:
    page = checkout.page("## Claims\n\n" + BLOCK)
    assert [code.get_text() for code in page.select("#c03 em > code, #c03 em > em")] == ["port", "plug"]
    assert {str(link["href"]) for link in page.select("a.sk-term")} == {"../reference/glossary.md#connection"}
    assert one(page, "#c02 a")["href"] == "#c02"
    assert {str(link["href"]) for link in page.select(".sk-proof a:not(.sk-term)")} == {"../chapter.md#sockets-echo-2"}


def test_a_run_on_the_same_page_is_linked_there(checkout: Checkout) -> None:
    (checkout.root / "docs/chapter.md").unlink()
    page = checkout.page(SNIPPET + "\n" + BLOCK)
    link = one(page, ".sk-proof a")
    assert link["href"] == "#sockets-echo"
    assert text_of(page, f"{link['href']} .sk-file") == "sockets/echo.py"


def test_a_session_is_a_proof_too(checkout: Checkout) -> None:
    name = "ports/two_port_spaces.toml"
    for file in (f"snippets/{name}", f"docs/recordings/{name.replace('.toml', '.json')}"):
        checkout.write(file, (website.ROOT / file).read_text(encoding="utf-8"))
    checkout.write("docs/data/claims.toml", changed('proof = ["sockets/echo.py"]', f'proof = ["{name}"]'))
    checkout.write("docs/chapter.md", SNIPPET + "\n" + fence("session", name))
    claim = tomllib.loads((website.ROOT / "snippets" / name).read_text(encoding="utf-8"))["claim"]
    link = one(checkout.page(BLOCK), "#c02 ~ .sk-proof a")
    assert (link["href"], link.get_text()) == ("../chapter.md#ports-two_port_spaces", claim)
    chapter = checkout.page((checkout.root / "docs/chapter.md").read_text(encoding="utf-8"))
    assert text_of(chapter, "#ports-two_port_spaces .sk-file") == name


def test_the_buttons_say_how_many_there_are_of_each(checkout: Checkout) -> None:
    buttons = one(checkout.page(BLOCK), "fieldset")
    assert [" ".join(label.get_text().split()) for label in buttons.select("label")] == [
        "1 right",
        "1 right with a caveat",
        "0 misleading",
        "1 wrong",
        "3 all",
    ]
    assert [str(box["value"]) for box in buttons.select("[checked]")] == ["sk-all"]


def test_the_claims_are_not_in_the_table_of_contents(checkout: Checkout) -> None:
    page = checkout.page("[TOC]\n\n## Claims\n\n" + BLOCK)
    assert [link.get_text() for link in page.select(".toc a")] == ["Claims"]


# -- mistakes ----------------------------------------------------------------------------------------------------------

MISTAKES = [
    ('["C01"]', '["C1"]', "claim C1: its name is C and two digits, such as C05"),
    ("part = 1", "", "claim C02: lacks part"),
    ("said = ", "sad = ", "claim C03: unknown key sad; did you mean said?"),
    ("part = 1", "part = 6", "claim C02: part is the number of a paragraph, 1 to 5"),
    ("part = 1", "part = true", "claim C02: part is the number of a paragraph, 1 to 5"),
    ("part = 1", 'part = "1"', "claim C02: part is the number of a paragraph, 1 to 5"),
    ('"right"', '"true"', 'claim C01: verdict is one of right, right with a caveat, misleading, wrong, not "true"'),
    ('"mended"', '"bent"', 'claim C03: picture is one of kept, mended, dropped, not "bent"'),
    ('"So it is."', '" "', "claim C01: true is text in quotes"),
    ('"So it is."', "true", "claim C01: true is text in quotes"),
    (
        'why = "They seldom say more."\n',
        "",
        "claim C02: it is right with a caveat, so say in why what makes people say it",
    ),
    (
        '"So it is."\nproof',
        '"So it is."\nprof',
        "claim C01: unknown key prof; did you mean proof?",
    ),
    (
        '"So it is."\nproof = ["sockets/echo.py"]',
        '"So it is."',
        "claim C01: name a run in proof, or say in unproven why no run can show it",
    ),
    ("picture =", "proof = ['a.py']\npicture =", "claim C03: has both proof and unproven; remove one"),
    (
        'proof = ["sockets/echo.py"]',
        'proof = "sockets/echo.py"',
        'claim C02: proof is a list of programs and sessions, such as ["ports/two_mailboxes.py"]',
    ),
    ('["C01"]', '["C02"]', "C02 stands there twice, first in line 10; rename or remove one"),
    ('["C03"]\n', 'x = 1\n["C03"]\n', '"x" is not an entry; an entry begins with ["x"]'),
]


@pytest.mark.parametrize(("old", "new", "message"), MISTAKES)
def test_a_claim_that_is_not_whole_is_told(checkout: Checkout, old: str, new: str, message: str) -> None:
    checkout.write("docs/data/claims.toml", changed(old, new))
    shown, place = flaw(checkout.page(BLOCK), "claims.toml")
    assert shown == message
    assert f"{place}: {shown}" in problems(checkout.root)


def test_a_missing_file_is_told_once_it_is_asked_for(checkout: Checkout) -> None:
    (checkout.root / "docs/data/claims.toml").unlink()
    assert problems(checkout.root) == []
    shown = text_of(checkout.page(BLOCK), ".socktrace-error")
    assert shown == "docs/data/claims.toml is missing"
    assert shown in problems(checkout.root)


def test_a_claims_fence_is_empty(checkout: Checkout) -> None:
    shown = text_of(checkout.page(fence("claims", "C05")), ".socktrace-error")
    assert shown == "docs/deep/page.md:1: a claims fence is empty; it prints everything"
    assert shown in problems(checkout.root)


MISSED = [
    (
        'proof = ["sockets/echo.py"]',
        'proof = ["sockets/eccho.py"]',
        "docs/data/claims.toml:10: claim C02: unknown snippet sockets/eccho.py; did you mean sockets/echo.py?",
    ),
    (
        'proof = ["sockets/echo.py"]',
        'proof = ["sockets/echo.py", "ports/other.toml"]',
        (
            "docs/data/claims.toml:10: claim C02: unknown session ports/other.toml; "
            "there is no file snippets/ports/other.toml"
        ),
    ),
    (
        'proof = ["sockets/echo.py"]',
        'proof = ["hidden.py"]',
        "docs/data/claims.toml:10: claim C02: no page shows hidden.py; show it, or name another proof",
    ),
    ("[@man2]", "[@man3]", "docs/data/claims.toml:6: unknown source man3; did you mean man2?"),
    (
        "[[connection]] of",
        "[[conection]] of",
        "docs/data/claims.toml:7: unknown term conection; did you mean connection?",
    ),
]


@pytest.mark.parametrize(("old", "new", "message"), MISSED)
def test_a_claim_that_refers_to_nothing_is_told(
    checkout: Checkout, caplog: pytest.LogCaptureFixture, old: str, new: str, message: str
) -> None:
    checkout.snippet("hidden.py", PROGRAM, echo())
    checkout.write("docs/data/claims.toml", changed(old, new))
    page = checkout.page(BLOCK)
    assert text_of(page, ".socktrace-error") == message
    assert [entry.getMessage() for entry in caplog.records] == [message]
    assert len(page.select(".sk-check")) == 3
    assert message in problems(checkout.root)


def changed(old: str, new: str) -> str:
    assert old in CLAIMS
    return CLAIMS.replace(old, new, 1)


def test_claims_that_are_whole_have_no_problems_and_use_their_sources(checkout: Checkout) -> None:
    checkout.write("docs/page.md", BLOCK)
    checkout.write("docs/data/glossary.toml", "['connection']\nsays = 'Two ends that talk.'\nsource = 'rfc1'\n")
    assert problems(checkout.root) == []
    checkout.write("docs/data/claims.toml", changed(" [@man2]", ""))
    unused = "docs/data/sources.toml:8: no page and no term uses the source man2; use it or remove it"
    assert problems(checkout.root) == [unused]


def test_the_sample_for_contributors_is_whole() -> None:
    lines = registry()["claims"].guide.splitlines()
    (sample,) = [one.body for one in fences.find(lines) if one.name == "toml" and "verdict" in one.body]
    assert [claim.slug for claim in read_claims(sample)] == ["c05"]


def test_claims_on_no_page_are_a_problem(checkout: Checkout) -> None:
    message = "docs/data/claims.toml:1: no page shows it; show it with a claims fence or remove it"
    assert problems(checkout.root) == [message]
