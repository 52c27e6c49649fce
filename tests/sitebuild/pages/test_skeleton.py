"""The skeleton of a page: which block stands beside which."""

from __future__ import annotations

from xml.etree.ElementTree import Element, fromstring, tostring

import pytest

from sitebuild.pages.skeleton import Skeleton, arrange


def arranged(page: str) -> str:
    """Return the sections that are made of a page, in short: `[ask h1 p.lead] [answer figure]`."""
    return "\n".join(_short(section) for section in arrange(list(fromstring(f"<div>{page}</div>"))))


def _short(element: Element) -> str:
    name = element.get("class", "") or element.tag
    boxes = {"section", "div", "details", "summary"}
    if element.tag not in boxes or element.get("class") in {"wide", "band", "spread"}:
        return element.tag if name == element.tag else f"{element.tag}.{name}"
    return f"[{name}: {' '.join(_short(child) for child in element)}]"


HEAD = "<h1>A</h1><p>Lead</p>"


@pytest.mark.parametrize(
    ("page", "sections"),
    [
        (HEAD, "[qa opening alone: [ask: h1 p.lead]]"),
        (HEAD + "<figure/>", "[qa opening: [ask: h1 p.lead] [answer: figure]]"),
        (HEAD + "<p>More</p><ul/>", "[qa opening brief: [ask: h1 p.lead] [answer: p ul]]"),
        (HEAD + f"<p>{'word ' * 150}</p>", "[qa opening: [ask: h1 p.lead] [answer: p]]"),
        (HEAD + "<figure class='low'/><p/>", "[qa opening brief: [ask: h1 p.lead] [answer: figure.low p]]"),
        (HEAD + "<p/><div class='wide'/>", "[qa opening brief: [ask: h1 p.lead] [answer: p] div.wide]"),
        ("<h1>A</h1><ul/>", "[qa opening brief: [ask: h1] [answer: ul]]"),
        (HEAD + "<div class='wide'/>", "[qa opening alone: [ask: h1 p.lead] div.wide]"),
        (HEAD + "<div class='spread'/><p/>", "[qa opening: [ask: h1 p.lead] div.spread [answer: p]]"),
        (HEAD + "<ul class='ask'/><figure/>", "[qa opening: [ask: h1 p.lead ul.ask] [answer: figure]]"),
        (
            HEAD + "<h2 id='b'>B</h2><p/><div class='band'/><p/><p/>",
            "[qa opening alone: [ask: h1 p.lead]]\n[qa: h2 [answer: p] div.band [answer: p p]]",
        ),
        (
            HEAD + "<figure/><h2 id='b'>B</h2><h2 id='c'>C</h2><p/>",
            "[qa opening: [ask: h1 p.lead] [answer: figure] nav.sk-toc]\n[qa: h2]\n[qa: h2 [answer: p]]",
        ),
        (
            HEAD + "<h2/><div class='sk-next'/><h2/>",
            "[qa opening alone: [ask: h1 p.lead] nav.sk-toc]\n[qa: h2]\n[qa: [answer: [sk-next: ]]]\n[qa: h2]",
        ),
        (
            HEAD + "<h2/><h2 class='deeper'/><p/><div class='band'/><h2 class='deeper more'/><div class='sk-next'/>",
            (
                "[qa opening alone: [ask: h1 p.lead] nav.sk-toc]\n[qa: h2]\n"
                "[sk-deeper: p.in [details: [in: ] [qa: h2.deeper sk-vh [answer: p] div.band]] "
                "[details: [in: ] [qa: h2.deeper more sk-vh]]]\n"
                "[qa: [answer: [sk-next: ]]]"
            ),
        ),
        (
            HEAD + "<h2 class='part'/><p/><h2 class='part'/><h2/>",
            (
                "[qa opening alone: [ask: h1 p.lead] nav.sk-toc]\n"
                "[sk-deeper sk-parts: [details: [in: ] [qa: h2.part sk-vh [answer: p]]] "
                "[details: [in: ] [qa: h2.part sk-vh]]]\n"
                "[qa: h2]"
            ),
        ),
        (
            HEAD + "<h2 id='b'>B</h2><h2 id='c'>C</h2>",
            "[qa opening alone: [ask: h1 p.lead] nav.sk-toc]\n[qa: h2]\n[qa: h2]",
        ),
    ],
)
def test_blocks_stand_where_they_belong(page: str, sections: str) -> None:
    assert arranged(page) == sections


def test_a_wide_picture_stands_above_the_contents_and_another_wide_block_below() -> None:
    more = "<h2 id='b'>B</h2><p/><h2 id='c'>C</h2><p/>"
    firsts = "<figure class='wide scene'/>", "<div class='wide'/>"
    tops = [arranged(HEAD + first + more).splitlines()[0] for first in firsts]
    assert [top.index("sk-toc") > top.index(".wide") for top in tops] == [True, False], tops


def test_the_questions_are_listed_by_their_words() -> None:
    heading = '<h2 id="{0}">Why <code>{0}</code>?<a class="headerlink" href="#{0}">&#182;</a></h2>'
    unsought = '<h2 id="sources" data-search-exclude="">Sources</h2>'
    page = HEAD + heading.format("a") + heading.format("b") + unsought
    contents = arrange(list(fromstring(f"<div>{page}</div>")))[0].find("nav")
    assert contents is not None
    assert [(link.get("href"), link.text) for link in contents.iter("a")] == [("#a", "Why a?"), ("#b", "Why b?")]


def test_a_folded_question_that_no_search_is_to_know_is_left_out_with_its_answer() -> None:
    page = HEAD + '<h2 class="deeper">A?</h2><p>One.</p><h2 class="deeper" data-search-exclude="">B?</h2><p>Two.</p>'
    folds = arrange(list(fromstring(f"<div>{page}</div>")))[1].findall("details/section")
    assert ["data-search-exclude" in fold.attrib for fold in folds] == [False, True]


@pytest.mark.parametrize(
    ("beside", "questions", "listed", "more"),
    [
        ("<figure/>", 6, 6, []),
        ("<figure/>", 7, 5, ["2 more"]),
        ("<figure/>", 12, 5, ["7 more"]),
        ("", 11, 11, []),
        ("", 12, 10, ["2 more"]),
    ],
)
def test_a_long_list_of_questions_is_folded(beside: str, questions: int, listed: int, more: list[str]) -> None:
    page = HEAD + beside + "".join(f"<h2 id='q{number}'>Q</h2>" for number in range(questions))
    contents = arrange(list(fromstring(f"<div>{page}</div>")))[0].find("nav")
    assert contents is not None
    assert len(contents.findall("ul/li")) == listed
    assert [fold.text for fold in contents.findall("details/summary")] == more
    assert [link.get("href") for link in contents.iter("a")] == [f"#q{number}" for number in range(questions)]


def test_nothing_of_a_page_is_lost() -> None:
    page = HEAD + "<ol/><h2 id='b'>B</h2>" + "<p>x</p><div class='wide'>y</div>" * 2
    text = "".join(tostring(section, encoding="unicode") for section in arrange(list(fromstring(f"<div>{page}</div>"))))
    assert [text.count(part) for part in ("<h1>", ">Lead<", "<ol", ">x<", ">y<")] == [1, 1, 1, 2, 2]


def test_a_long_name_in_the_title_breaks_where_its_words_begin_and_is_set_smaller() -> None:
    root = fromstring("<div><h1>ConnectionRefusedError: not GitHub<a>#</a></h1><p>Lead.</p></div>")
    Skeleton().run(root)
    shown = '<h1 class="long">Connection<wbr />Refused<wbr />Error: not GitHub<a>#</a></h1>'
    assert shown in tostring(root, encoding="unicode")


@pytest.mark.parametrize(
    ("heading", "shown"),
    [
        ("<h1>CERTIFICATE_VERIFY_FAILED</h1>", '<h1 class="long">CERTIFICATE_<wbr />VERIFY_<wbr />FAILED</h1>'),
        ("<h1>ERR_UNSAFE_PORT</h1>", ">ERR_<wbr />UNSAFE_<wbr />PORT</h1>"),  # wider than a column by a letter
        ("<h1>TimeoutError: timed out</h1>", '<h1 class="long">TimeoutError: timed out</h1>'),
        ("<h1>What is my program doing with its sockets?</h1>", '<h1 class="long">What is my program doing'),
        ("<h1>A <i>stream</i> has<a class='headerlink'>which-is-no-word-of-it</a></h1>", "<h1>A <i>stream"),
        ("<h1>A <i>ConnectionError</i></h1>", '<h1 class="long">A <i>Conn'),
        ("<h1>T</h1><h2>RuntimeError: no loop</h2>", "<h2>RuntimeError: no loop</h2>"),
        (f"<h1>T</h1><h2>sent 1011 {'and more ' * 8}</h2>", '<h2 class="long">sent 1011'),
    ],
)
def test_a_title_that_would_not_fit_is_set_smaller(heading: str, shown: str) -> None:
    root = fromstring(f"<div>{heading}<p>Lead.</p></div>")
    Skeleton().run(root)
    assert shown in tostring(root, encoding="unicode")
