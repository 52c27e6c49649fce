"""Every page of this site: its blocks, its sources and terms, and the files it includes."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest

from sitebuild.blocks import open_library, registry
from sitebuild.checks.site import problems
from sitebuild.data.navigation import read_menu
from sitebuild.data.roads import read_roads
from sitebuild.reading import fences

ROOT = Path(__file__).parents[2]


@pytest.mark.alone
def test_the_pages_are_without_mistakes() -> None:
    found = problems(ROOT)
    if found:
        pytest.fail("\n".join(found), pytrace=False)


def test_the_home_page_begins_to_explain_where_that_road_begins() -> None:
    home = (ROOT / "docs/index.md").read_text(encoding="utf-8")
    roads = read_roads((ROOT / "docs/data/roads.toml").read_text(encoding="utf-8"))
    (road,) = (road for road in roads if road.door == "i-want-to-understand")
    listed = re.findall(r"^\d\. \[.*?\]\(([^)#]+)", home.split("{ #" + road.door)[1].split("\n## ")[0], re.MULTILINE)
    assert listed
    assert listed == list(road.pages[: len(listed)])


def unnamed(page: str, name: str) -> str:
    """Return the head of a page whose heading and the line above it both lack its name in the menu."""
    above, heading = (
        html.unescape(re.sub(r"<a .*?</a>|<[^>]*>", "", re.search(pattern, page, re.DOTALL)[1]))  # type: ignore[index]
        for pattern in (r"<summary>(.*?)</summary>", r"<h1[^>]*>(.*?)</h1>")
    )
    return "" if heading == name or above.endswith(f": {name}") else f"{above}; {heading}"


def test_a_page_bears_the_name_that_the_menu_and_other_pages_give_it(site: Path) -> None:
    chapters = [entry for entry in read_menu(ROOT) if entry.part]
    files = [site / entry.page.removesuffix("index.md").removesuffix(".md") / "index.html" for entry in chapters]
    wrong = [unnamed(file.read_text("utf-8"), entry.name) for file, entry in zip(files, chapters, strict=True)]
    assert [one for one in wrong if one] == []


def test_another_name_at_the_head_is_told() -> None:
    page = "<summary>Sockets, 1 of 2{}</summary><h1 id=x>Which <b>socket</b>?<a class=headerlink>#</a></h1>"
    assert unnamed(page.format(""), "Which socket?") == unnamed(page.format(": Sockets"), "Sockets") == ""
    assert unnamed(page.format(""), "Sockets") == "Sockets, 1 of 2; Which socket?"


def test_the_head_of_a_data_file_names_the_guide_to_its_fields() -> None:
    for file in sorted((ROOT / "docs/data").glob("*.toml")):
        head = file.read_text(encoding="utf-8").partition("\n\n")[0]
        named = re.findall(r"\b(?:sitebuild|docs)/[\w/.-]+\.(?:py|md)\b", head)
        guides = [
            block.guide for block in registry().values() if f"{type(block).__module__.replace('.', '/')}.py" in named
        ]
        assert len(guides) == len(named) == 1, f"{file.name}: name the module whose guide has its fields, and no other"
        assert f"docs/data/{file.name}`" in guides[0], f"{file.name}: {named[0]} says nothing of it"


def test_the_samples_of_the_guides_can_be_copied() -> None:
    library = open_library(ROOT)
    for block in registry().values():
        for fence in fences.find(block.guide.splitlines()):
            for name in re.findall(r'"([^"]+)"', " ".join(re.findall(r"\bsource = (\[.*?\]|\"[^\"]*\")", fence.body))):
                assert name in library.sources, f"{block.name}: its guide names the source {name}, and there is none"
    guides = [block.guide for block in registry().values()]
    for text in [(ROOT / "docs/contributing.md").read_text(encoding="utf-8"), *guides]:
        assert set(re.findall(r"\[@([\w.-]+)\]", text)) <= library.sources.keys()
