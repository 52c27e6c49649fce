"""A program's lines, as they are shown."""

from __future__ import annotations

from pathlib import Path

from sitebuild import code
from socktrace.ladder.source import folded, to_element
from support.checkout import PROGRAM


def test_a_method_is_a_part_with_its_decorators() -> None:
    assert list(code.lines_of(PROGRAM, "Client.peer")) == [12, 13, 14, 15]


def test_the_code_of_every_snippet_is_copied_whole() -> None:
    root = Path(__file__).parents[2] / "snippets"
    for path in root.rglob("*.py"):
        source = path.read_text(encoding="utf-8")
        shown = to_element(source, code.lines_of(source, None), {}, {}, folded(source))
        assert "".join(shown[0].itertext()) == source
