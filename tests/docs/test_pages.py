"""Every page of this site: its blocks, its sources and terms, and the files it includes."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest

from sitebuild.check import problems
from sitebuild.data.navigation import read_menu

ROOT = Path(__file__).parents[2]
NEXT = re.compile(r"^```next\n.*\n([^\s#]+)", re.MULTILINE)


@pytest.mark.alone
def test_the_pages_are_without_mistakes() -> None:
    found = problems(ROOT)
    assert not found, "\n" + "\n".join(found)


def test_the_question_at_the_foot_of_a_page_leads_where_its_head_leads() -> None:
    pages = [entry.page for entry in read_menu(ROOT)]
    for page, after in pairwise(pages):
        asked = NEXT.search((ROOT / "docs" / page).read_text(encoding="utf-8"))
        assert asked is None or asked[1] == after, f"{page}: mkdocs.yml goes on with {after}, its next fence does not"
