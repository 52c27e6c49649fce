"""The same sources make the same pages with MkDocs and with Zensical, and both are content with them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

import lxml.html
import pytest

from sitebuild.markup import unsought
from support import website

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Build = Callable[[website.Builder], website.Build]

PAGES = website.pages()
UNDONE = ("-8<-", 'class="socktrace-error"', *map(str.strip, (unsought.OPEN, unsought.CLOSE)))
"""What the builders, or the templates after them, make something else of."""


def content(html: str, url: str = "") -> str:
    """Return the page at `url` in a form in which only what the reader meets is left.

    Every element, attribute and character of the body stays, save what the two themes do differently around it:

    - the white space between elements;
    - the spelling of an address: `./#a` and `#a` are compared as what they lead to;
    - a note to the search index, which Zensical takes out of the page when it has read it;
    - the frame of the theme itself, which no reader sees.
    """
    body = lxml.html.document_fromstring(html).find("body")
    assert body is not None, "the page has no <body>"
    for theme in body.xpath("./*[starts-with(@class, 'md-') or @data-md-component][not(.//main)]"):
        theme.drop_tree()
    lines: list[str] = []
    _write(body, url, lines)
    return "\n".join(lines)


def _write(element: Any, url: str, lines: list[str], exact: bool = False) -> None:
    _write_text(element.text, lines, exact)
    for node in element:
        tag = node.tag
        if isinstance(tag, str):  # that of a comment is none
            lines.append(f"<{tag} {_attributes(node.items(), url)}>")
            _write(node, url, lines, exact or tag == "pre")
            lines.append(f"</{tag}>")
        _write_text(node.tail, lines, exact)


def _attributes(items: list[tuple[str, str]], url: str) -> list[tuple[str, str]]:
    found = dict(items)
    found.pop("data-search-exclude", None)
    if "class" in found:
        found["class"] = " ".join(found["class"].split())
    for name in {"href", "src"}.intersection(found):
        found[name] = urljoin(f"https://site.example/{url}", found[name])
    return sorted(found.items())


def _write_text(text: str | None, lines: list[str], exact: bool) -> None:
    if text and exact:
        lines.append(repr(text))
    elif text and (words := " ".join(text.split())):
        lines.append(words)


@pytest.mark.parametrize("builder", ["mkdocs", "zensical"])
def test_a_strict_build_is_silent(builder: website.Builder, build: Build) -> None:
    result = build(builder)
    assert result.status == 0, f"{builder} build --strict failed:\n{result.output}"
    expected = re.compile(r"INFO\b.*|Build (started|finished in .*)|No issues found|")
    loud = [line for line in result.output.splitlines() if not expected.fullmatch(line)]
    assert not loud, f"{builder} build --strict said more than it should:\n" + "\n".join(loud)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.source)
def test_both_builders_make_the_same_page(page: website.Page, build: Build) -> None:
    mkdocs, zensical = (
        content((build(builder).site / page.file).read_text(encoding="utf-8"), page.url)
        for builder in ("mkdocs", "zensical")
    )
    assert zensical.splitlines() == mkdocs.splitlines()


def test_both_builders_publish_the_same_pages(build: Build) -> None:
    expected = sorted([page.file for page in PAGES] + ["404.html"])
    for builder in ("mkdocs", "zensical"):
        site = build(builder).site
        assert sorted(path.relative_to(site).as_posix() for path in site.rglob("*.html")) == expected, builder


def test_only_what_is_meant_for_readers_is_published(build: Build) -> None:
    for builder in ("mkdocs", "zensical"):
        site = build(builder).site
        files = [path.relative_to(site) for path in site.rglob("*")]
        assert not [path for path in files if path.suffix in {".toml", ".md", ".py"} or "overrides" in path.parts], (
            builder
        )


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.source)
def test_nothing_undone_reaches_a_page(page: website.Page, site: Path) -> None:
    source = (website.ROOT / "docs" / page.source).read_text(encoding="utf-8")
    html = (site / page.file).read_text(encoding="utf-8")
    assert not unfinished(source), f"docs/{page.source}: {unfinished(source)}"
    assert not unfinished(html), f"{page.file}: {unfinished(html)}"


def unfinished(text: str) -> list[str]:
    """Return what should have become something else before a reader sees it."""
    return [line.strip() for line in text.splitlines() if any(map(line.__contains__, UNDONE))]


@pytest.mark.parametrize("line", ["--8<-- snippets/echo.py", '--8<-- "snippets/echo.py:serve"', "-8<- x"])
def test_an_include_line_is_found(line: str) -> None:
    assert unfinished(f"text\n{line}\ntext") == [line]


@pytest.mark.parametrize("text", ['<div class="socktrace-error">no</div>', "<p>A<!--unsought <sup>1</sup>"])
def test_an_error_box_and_a_comment_of_ours_are_found(text: str) -> None:
    assert unfinished(text)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("<p>one</p>", "<p>two</p>"),
        ("<p>one <b>b</b></p>", "<p>one b</p>"),
        ("<pre>a  b</pre>", "<pre>a b</pre>"),
        ('<svg width="1"></svg>', '<svg width="2"></svg>'),
        ('<p><a href="x">x</a></p>', '<p><a href="y">x</a></p>'),
    ],
)
def test_a_difference_is_seen(left: str, right: str) -> None:
    assert content(f"<div><main>{left}</main></div>") != content(f"<div><main>{right}</main></div>")
