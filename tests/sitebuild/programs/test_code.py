"""A program's lines, as they are shown."""

from __future__ import annotations

from sitebuild.programs import code
from socktrace.ladder.source import folded, to_element
from support import website
from support.checkout import PROGRAM


def test_a_method_is_a_part_with_its_decorators() -> None:
    assert list(code.lines_of(PROGRAM, "Client.peer")) == [12, 13, 14, 15]


def test_the_code_of_every_snippet_is_copied_whole() -> None:
    paths = sorted((website.ROOT / "snippets").rglob("*.py"))
    assert len(paths) > 100
    for path in paths:
        source = path.read_text(encoding="utf-8")
        shown = to_element(source, code.lines_of(source, None), {}, {}, folded(source))
        assert "".join(shown[0].itertext()) == source


def test_a_comment_that_has_its_line_to_itself_wraps_like_text() -> None:
    source = "wait()  # seconds\n# Go on when both words are there.\n"
    shown = to_element(source, code.lines_of(source, None), {}, {}, frozenset())
    assert [(one.get("class"), one.text) for one in shown.iter("span") if (one.text or "").startswith("#")] == [
        ("m", "# seconds"),
        ("m sk-solo", "# Go on when both words are there."),
    ]


def test_the_first_word_of_a_long_line_may_break_and_leaves_no_empty_row() -> None:
    source = "        self.connections.setsockopt(*self.buffers)\n        print(port)\n"
    shown = to_element(source, code.lines_of(source, None), {}, {}, frozenset())
    assert [one.tail for one in shown.iter("wbr")] == [".connections", ".setsockopt(", "*self.buffers)\n"]
