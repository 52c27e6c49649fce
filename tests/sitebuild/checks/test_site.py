"""What is wrong with the sources of a site, found without a builder."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from sitebuild.__main__ import main
from sitebuild.checks.site import problems
from support.checkout import GLOSSARY, PREDICT, SNIPPET, SOURCES, Checkout, fence, text_of

Capture = pytest.CaptureFixture[str]


def whole(checkout: Checkout) -> Callable[[str], list[str]]:
    """Return a function that gives the problems of a checkout whose page uses all there is and then says `text`."""

    def found(text: str) -> list[str]:
        checkout.write("docs/page.md", SNIPPET + "\n[@rfc1] [@man2]\n\n" + text)
        return problems(checkout.root)

    return found


def test_a_data_file_that_cannot_be_read_is_told_once(checkout: Checkout) -> None:
    found = whole(checkout)
    checkout.write("docs/data/sources.toml", SOURCES.replace("read", "red"))
    assert found("[@rfc1]") == [
        "docs/data/sources.toml:5: source rfc1: unknown key red; did you mean read?",
        "docs/data/sources.toml:12: source man2: unknown key red; did you mean read?",
    ]


def test_a_faultless_page_has_no_problems(checkout: Checkout) -> None:
    checkout.write("docs/before.md", fence("predict", *PREDICT))
    assert whole(checkout)("\n`[@x]`\n\n````md\n```snippet\nx.py\n```\n````\n") == []


def test_a_question_below_its_answer_is_a_problem(checkout: Checkout) -> None:
    assert whole(checkout)(SNIPPET + fence("predict", *PREDICT)) == [
        "docs/page.md:10: the answer stands above, in line 1: sockets/echo.py; ask before it is shown"
    ]


def test_a_question_below_a_figure_of_its_run_is_a_problem(checkout: Checkout) -> None:
    head = 'TITLE = "T."\nDESCRIPTION = "D."\nRECORDING = "sockets/echo.py"\n'
    figure = f'{head}\n\ndef draw(sheet, recording):\n    sheet.put("x")\n'
    checkout.write("docs/figures/a/b.py", figure)
    page = fence("figure", "a/b", "Caption.") + fence("predict", *PREDICT) + SNIPPET + "[@rfc1] [@man2]\n"
    checkout.write("docs/page.md", page)
    assert problems(checkout.root) == [
        "docs/page.md:5: the answer stands above, in line 1: sockets/echo.py; ask before it is shown"
    ]


def test_the_code_alone_is_no_answer(checkout: Checkout) -> None:
    checkout.write("docs/page.md", "[@rfc1] [@man2]\n\n" + fence("snippet", "file: sockets/echo.py", "show: [code]"))
    with (checkout.root / "docs/page.md").open("a", encoding="utf-8") as page:
        page.write(fence("predict", *PREDICT))
    assert problems(checkout.root) == []


MENU = "nav:\n  - index.md: index.md\n  - Part:\n    - A: part/a.md\n    - B: part/b.md\n"


@pytest.mark.parametrize(
    ("page", "text", "expected"),
    [
        (
            "part/a.md",
            fence("next", "Why?", "index.md#b"),
            "4: write part/b.md, its neighbour in the menu (mkdocs.yml), not",
        ),
        ("part/a.md", "See [the next chapter](../index.md).", "2: write part/b.md, its neighbour in the menu"),
        ("part/b.md", "See [the chapter before](../index.md#x).", "2: write part/a.md, its neighbour in the menu"),
        ("part/a.md", fence("next", "Why?", "part/b.md#x") + "[the chapter before](../index.md)", ""),
        ("part/b.md", fence("next", "Why?", "index.md"), ""),
    ],
)
def test_a_page_that_leads_elsewhere_than_the_menu_is_a_problem(
    checkout: Checkout, page: str, text: str, expected: str
) -> None:
    checkout.write("mkdocs.yml", MENU)
    for one in ("index.md", "part/a.md", "part/b.md"):
        checkout.write(f"docs/{one}", "# A title\n")
    checkout.write(f"docs/{page}", f"# A title\n{text}")
    found = [one for one in whole(checkout)("") if "neighbour" in one]
    assert len(found) == bool(expected)
    assert all(one.startswith(f"docs/{page}:{expected}") for one in found)


def test_the_command_tells_them_all(checkout: Checkout, monkeypatch: pytest.MonkeyPatch, capsys: Capture) -> None:
    monkeypatch.chdir(checkout.root)
    whole(checkout)("")
    assert main(["check"]) == 0
    assert capsys.readouterr().out == "nothing to mend\n"
    whole(checkout)("[[conection]]\n")
    assert main(["check"]) == 1
    term = "docs/page.md:7: unknown term conection; did you mean connection?"
    assert capsys.readouterr().out == f"{term}\n1 to mend\n"
    monkeypatch.chdir(checkout.root / "docs")
    assert main(["check"]) == 2
    assert "run this at the top of the checkout" in capsys.readouterr().err


@pytest.mark.parametrize("heading", ["## Predict", "### Where systems differ { #x }", "## What next"])
def test_a_heading_that_could_stand_anywhere_is_a_problem(checkout: Checkout, heading: str) -> None:
    name = heading.strip("# ").partition(" {")[0]
    assert whole(checkout)(f"{heading}\n\n## What next came of it\n") == [
        f"docs/page.md:7: the heading {name} could stand on any page; write what a reader would type or ask here"
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("## A\n### B\n", ""),
        ("## A\n#### B\n", "8: a heading of level 4 below that of level 2 in line 7; write ###"),
        ("## A\n" + fence("glossary") + "#### B\n", ""),  # which may have the third
        ("## A { #x }\n## B {.c #x}\n", "8: the id x is in line 7 already; give this one another"),
        ("`{ #x }` { #x }\n", ""),
        ("[a](deep/b.md#b), [b](page.md), [c](#c), [d](https://a.example/b.md) `[e](e.md)`\n", ""),
        ("\n[a](deep/c.md)\n", "8: the link deep/c.md leads to no page; did you mean deep/b.md?"),
        ("![a](deep/a.png)\n", "7: the link deep/a.png leads to no file in docs; did you mean deep/b.md?"),
        ("[a](/deep/b.md)\n", "7: the link /deep/b.md leads to no page; did you mean deep/b.md?"),
        ("[a][b]\n\n[b]: deep/d.md#e\n", "9: the link deep/d.md#e leads to no page; did you mean deep/b.md?"),
    ],
)
def test_links_to_nowhere_ids_twice_and_levels_left_out_are_told(checkout: Checkout, text: str, expected: str) -> None:
    checkout.write("docs/deep/b.md", "# B\n\n[up](../page.md)\n")
    assert whole(checkout)(text) == ([f"docs/page.md:{expected}"] if expected else [])


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        ("deep/words.md", ""),
        ("../deep/words.md#b", ""),
        ("deep/word.md", "the link deep/word.md leads to no page; did you mean deep/words.md?"),
        ("../deep/word.md", "the link ../deep/word.md leads to no page; did you mean words.md?"),
    ],
)
def test_a_link_in_a_data_file_that_leads_nowhere_from_any_page_is_told(
    checkout: Checkout, link: str, expected: str
) -> None:
    checkout.write("docs/deep/words.md", fence("glossary"))
    checkout.write("docs/data/glossary.toml", GLOSSARY.replace('says = "', f'says = "[One]({link}) ', 1))
    line = next(number for number, text in enumerate(GLOSSARY.splitlines(), 1) if text.startswith("says"))
    assert whole(checkout)("") == ([f"docs/data/glossary.toml:{line}: {expected}"] if expected else [])


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


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("See [@rfc1 and that.\n", "[@rfc1 is not closed in its line; write [@rfc1]"),
        ("See [@rfc1\n", "[@rfc1 is not closed in its line; write [@rfc1]"),
        ("A [[connection is open.\n", "[[connection is not closed in its line; write [[connection]]"),
        ("A [[connection] is open.\n", "[[connection is not closed in its line; write [[connection]]"),
        (
            "A [[words|]] is empty.\n",
            "a term has no name; write [[words|term]], such as [[listeners|listening socket]]",
        ),
        ("At :port-99999: it ends.\n", "there is no port 99999; a port is a number, 0 to 65535"),
        ("`[@rfc1` `[[connection` `:port-99999:`\n", ""),
        ("```sh\nif [[ -f x\necho [[connection [@rfc1\n```\n", ""),
        ("[[connection]] [[ends|connection]] [@rfc1] :port-65535: [[1, 2], [3]] \\[[connection \\[@rfc1\n", ""),
        ("[[RFC 1](https://example.org)]\n", ""),
    ],
)
def test_a_mark_that_is_left_open_is_a_problem(checkout: Checkout, text: str, message: str) -> None:
    assert whole(checkout)(text) == ([f"docs/page.md:7: {message}"] if message else [])


def test_a_term_without_a_name_is_told_on_the_page(checkout: Checkout) -> None:
    assert text_of(checkout.page("A [[words|]]."), ".socktrace-error").startswith("docs/deep/page.md:1: a term has no")


def test_a_mark_that_is_left_open_in_a_data_file_is_a_problem(checkout: Checkout) -> None:
    checkout.write("docs/data/glossary.toml", GLOSSARY.replace("as told [@rfc1]", "as told [@rfc1"))
    assert whole(checkout)("") == ["docs/data/glossary.toml:2: [@rfc1. is not closed in its line; write [@rfc1.]"]


@pytest.mark.parametrize(
    ("head", "line", "message"),
    [
        ("descripton: D.", 3, "unknown key descripton in the head of the page; did you mean description?"),
        (
            "desc: D.\ndescription: D.",
            3,
            "unknown key desc in the head of the page; known: title, description, search, hide, template",
        ),
        (
            "hide: [a]",
            1,
            "the head of the page has no description; write one, which search engines show: description: ...",
        ),
        (
            "description: D: d.",
            3,
            "malformed YAML: mapping values are not allowed here; put text with a colon or quotes in quotes",
        ),
        ("description: D.\nsearch:\n  exclude: true", 0, ""),
    ],
)
def test_the_head_of_a_page_is_read(checkout: Checkout, head: str, line: int, message: str) -> None:
    checkout.write("docs/page.md", f"---\ntitle: T\n{head}\n---\n\n{SNIPPET}\n[@rfc1] [@man2]\n")
    assert problems(checkout.root) == ([f"docs/page.md:{line}: {message}"] if line else [])


def test_a_page_of_a_site_has_a_head(checkout: Checkout) -> None:
    found = whole(checkout)
    checkout.write("mkdocs.yml", "nav: []")
    assert found("") == [
        "docs/page.md:1: the page has no head; begin it with the lines ---, title: ..., description: ... and ---"
    ]
