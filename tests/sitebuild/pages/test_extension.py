"""Where a fence may stand, how a text refers to sources and terms, and what a builder makes of both."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest

from sitebuild.markup import citations
from sitebuild.markup.unsought import CLOSE, OPEN
from support.checkout import GLOSSARY, SNIPPET, Checkout, fence, one, text_of

SETTINGS = "site_name: T\nplugins: []\nmarkdown_extensions: [sitebuild.pages.extension]\n"

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
    assert len(page.select(f"{inside} > .sk-run .sk-code")) == 1
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
    assert not page.select(".sk-run")
    assert text_of(page, "pre").strip() == SNIPPET.strip()


def test_other_fences_are_left_alone(checkout: Checkout) -> None:
    page = checkout.page("```python\nprint('[[connection]] [@rfc1]')\n```\n\n```\nplain\n```")
    assert [block.get_text().strip() for block in page.select("pre")] == ["print('[[connection]] [@rfc1]')", "plain"]
    assert not page.select("a.sk-term, a.sk-source")


# -- sources and terms -------------------------------------------------------------------------------------------------


def test_a_source_is_a_small_number_with_a_name(checkout: Checkout) -> None:
    page = checkout.page("So it is [@rfc1].")
    link = one(page, "p .sk-cite a")
    assert (one(page, "p").get_text(), link["href"]) == ("So it is.1", "#source-1")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("One [@man2] [@rfc1], two [@rfc1] [@man2].", "One,<1 2> two.<1 2>"),
        ("One [@rfc1]\n[@man2]; (two [@man2]).", "One;<1 2> (two<2>)."),
        ("Is *it* [@rfc1]? [[connection]] [@man2]", "Is it?<1> connection<2>"),
        ("- One: [@man2] a\n\n| a |\n|---|\n| b [@rfc1] |\n", "One:<1> a a b<2>"),
    ],
)
def test_sources_have_numbers_in_the_order_of_the_page(checkout: Checkout, text: str, shown: str) -> None:
    page = checkout.page(text)
    for place in page.select(".sk-cite"):
        place.replace_with(f"<{place.get_text()}>")
    for foot in page.select("#sources-of-this-page, .sk-cited"):
        foot.extract()
    assert " ".join(page.get_text().split()) == shown


def test_the_sources_of_a_page_are_listed_at_its_foot_with_the_ways_back(checkout: Checkout) -> None:
    page = checkout.page("One [@man2], two [@rfc1].\n\n## Last\n\nThree [@man2].\n\n" + fence("glossary"))
    assert [child.name for child in page.find_all(recursive=False)][-2:] == ["h2", "ol"]
    nine, ten = page.select(".sk-cited > li")
    assert (nine["id"], one(nine, "a.sk-source")["href"]) == ("source-1", "https://example.org/9")
    assert " ".join(ten.get_text().split()) == 'RFC 1, section 10: Host <Software> & "more" 1 2 3'
    back = nine.select(".sk-back a")
    assert [link["aria-label"] for link in back][:2] == ["Back to the text, place 1", "Back to the text, place 2"]
    ids = [str(link["id"]) for link in page.select(".sk-cite a")]
    assert sorted(str(link["href"]) for link in page.select(".sk-back a")) == sorted(f"#{one}" for one in ids)
    assert len(ids) == len(set(ids))
    assert all("data-search-exclude" in foot.attrs for foot in page.select("h2#sources-of-this-page, .sk-cited"))


def test_a_long_list_of_sources_is_folded(checkout: Checkout, monkeypatch: pytest.MonkeyPatch) -> None:
    text = "One [@man2], two [@rfc1]."
    assert not checkout.page(text).select("details .sk-cited")
    monkeypatch.setattr(citations, "FEW", 1)
    (fold,) = checkout.page(text).select("details")
    assert text_of(fold, "summary") == "All 2 sources"
    assert len(fold.select(".sk-cited > li")) == 2


def test_a_page_without_sources_has_no_list_of_them(checkout: Checkout) -> None:
    assert not checkout.page("A [[connection]].").select("h2, ol")


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


def test_a_term_that_figures_draw_has_its_sign_beside_it(checkout: Checkout) -> None:
    checkout.write("docs/data/glossary.toml", GLOSSARY.replace('says = "Two', 'sign = "connected-socket"\nsays = "Two'))
    link = one(checkout.page("A [[connection]]."), "a.sk-term")
    assert (link.get_text(), one(link, ".sk-disc")["aria-hidden"]) == ("connection", "true")
    checkout.write("docs/data/glossary.toml", GLOSSARY.replace('says = "Two', 'sign = "disk"\nsays = "Two'))
    assert not one(checkout.page("A [[connection]]."), "a.sk-term").select("span"), "what is wrong is told at the entry"


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


# -- in a builder ------------------------------------------------------------------------------------------------------


def test_an_option_of_a_command_and_a_name_with_a_hyphen_stay_whole(checkout: Checkout) -> None:
    page = checkout.page(
        "`openssl s_client -connect HOST:443`, `a-b`, `FIN-WAIT-2`, -x, *USB-C*, [Wi-Fi](x-y.md 'USB-C > Wi-Fi'), "
        "`USB-A`, well-known, RS-232, SYN-RECEIVED, TIME-WAIT and\n\n```sh\nss -Htln | x USB-B\n```"
    )
    kept = [one.get_text() for one in page.select(".sk-option")]
    assert kept == ["-connect", "FIN-WAIT-2", "USB-C", "Wi-Fi", "RS-232", "-Htln"]
    assert one(page, "a")["title"] == "USB-C > Wi-Fi"
    assert text_of(page, "pre").strip() == "ss -Htln | x USB-B"


def test_a_strict_build_fails_with_page_and_line(checkout: Checkout) -> None:
    checkout.write(
        "mkdocs.yml",
        "theme: {name: mkdocs}\n" + SETTINGS,
    )
    checkout.write("docs/index.md", "# T\n\n" + fence("snippet", "x.py"))
    checkout.write("docs/reference/glossary.md", fence("glossary"))
    command = [sys.executable, "-m", "mkdocs", "build", "--strict"]
    done = subprocess.run(command, cwd=checkout.root, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "WARNING -  docs/index.md:3: unknown snippet x.py; there is no file snippets/x.py\n" in done.stderr


def test_links_find_the_glossary_from_every_depth(checkout: Checkout) -> None:
    checkout.write(
        "mkdocs.yml",
        "theme: {name: mkdocs}\n" + SETTINGS,
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


def test_what_no_search_is_to_know_stands_in_a_comment_while_mkdocs_looks(checkout: Checkout) -> None:
    theme = "theme: {name: null, custom_dir: theme}"
    checkout.write("mkdocs.yml", f"{theme}\n{SETTINGS}")
    checkout.write("theme/main.html", "{{ page.content }}")
    checkout.write("docs/index.md", "# T\n\nOne [@rfc1] two --> [@man2].\n\n" + SNIPPET)
    checkout.write("docs/reference/glossary.md", fence("glossary"))
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet"]
    done = subprocess.run(command, cwd=checkout.root, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    text = (checkout.root / "site" / "index.html").read_text(encoding="utf-8")
    seen = re.sub(r"<!--.*?-->", "", text, flags=re.DOTALL)
    assert ">One two --&gt;.</p>" in seen
    assert not re.search("sk-cite|sk-run|sk-row|unsought", seen)
    comments = re.findall(re.escape(OPEN) + "(.*?)" + re.escape(CLOSE), text, flags=re.DOTALL)
    assert [comment[:4] for comment in comments] == ["<sup", "<sup", "<art", "<h2 ", "<ol "]
    assert "sk-row" in comments[2]


def test_neither_pytest_nor_a_builder_is_needed() -> None:
    program = (
        "import sys, sitebuild.pages.extension; print({'pytest', 'mkdocs', 'zensical'} & sys.modules.keys() or 'none')"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "none"
