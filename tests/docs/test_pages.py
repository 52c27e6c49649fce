"""Every page of this site: its blocks, its sources and terms, and the files it includes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from sitebuild.check import problems
from sitebuild.data.roads import read_roads

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
