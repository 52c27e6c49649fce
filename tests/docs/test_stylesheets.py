"""A class of ours belongs to one style sheet: what two sheets say of it would hold wherever a page has both."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest
import tinycss2

from support import website

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

CURE = "rename it in one of them, move the rule to the sheet that it belongs to, or put an own class before it"
OURS = "sk-"  # other classes are Markdown's and its extensions', which every sheet may style like elements


@dataclass(frozen=True)
class Selector:
    """A selector, and the classes that it names.

    Args:
        sheet: The style sheet that it is in.
        line: Where its rule begins.
        text: As it is written there.
        styled: The classes of the last element that has any: what the rule styles is that, or lies in it.
        around: The classes of what that lies in, stands beside, or has in it.
    """

    sheet: str
    line: int
    text: str
    styled: frozenset[str]
    around: frozenset[str]

    def __str__(self) -> str:
        return f"{self.sheet}:{self.line} ({self.text})"


def clashes(sheets: Iterable[tuple[str, str]]) -> list[str]:
    """Return what is wrong with style sheets, each with its name: the classes that two of them style bare.

    A sheet styles a class bare where its selector names no other class that is the sheet's own. A class is a sheet's
    own if no other sheet has a selector with that class alone; or, where none has, if no other names it.
    """
    selectors = [selector for name, css in sheets for selector in read(name, css)]
    alone, named = defaultdict[str, set[str]](set), defaultdict[str, set[str]](set)
    for selector in selectors:
        for one in (classes := selector.styled | selector.around):
            (alone if len(classes) == 1 else named)[one].add(selector.sheet)
    bare = defaultdict[str, dict[str, Selector]](dict)
    for selector in selectors:
        own = {one for one in selector.styled | selector.around if (alone[one] or named[one]) == {selector.sheet}}
        for one in selector.styled:
            if one.startswith(OURS) and not own - {one}:
                bare[one].setdefault(selector.sheet, selector)
    return [
        f".{one} is styled by {first} and by {second}: {CURE}"
        for one, (first, *others) in sorted((one, list(found.values())) for one, found in bare.items())
        for second in others
    ]


def read(name: str, css: str) -> Iterator[Selector]:
    """Yield the selectors of a style sheet that name a class, one for each way through its `:is()`."""
    for rule in rules(tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True)):
        for part in parts(rule.prelude):
            text = tinycss2.serialize(part).strip()
            for elements in ways(part):
                named = [classes for classes in elements if classes]
                if named:
                    yield Selector(name, rule.source_line, text, named[-1], frozenset[str]().union(*named[:-1]))


def rules(nodes: Iterable[Any]) -> Iterator[Any]:
    for node in nodes:
        if node.type == "at-rule" and node.content:
            yield from rules(tinycss2.parse_rule_list(node.content, skip_comments=True, skip_whitespace=True))
        elif node.type == "qualified-rule":
            yield node


def parts(tokens: Iterable[Any]) -> Iterator[list[Any]]:
    """Yield what stands between commas."""
    part: list[Any] = []
    for token in tokens:
        if token.type == "literal" and token.value == ",":
            yield part
            part = []
        else:
            part.append(token)
    yield part


def ways(tokens: Sequence[Any]) -> Iterator[tuple[frozenset[str], ...]]:
    """Yield the classes of each element that a selector names, once for each alternative in `:is()` and `:where()`."""
    none = frozenset[str]()
    for part in parts(tokens):
        found: list[tuple[frozenset[str], ...]] = [(none,)]
        before: Any = None
        for token in part:
            if token.type == "ident" and before == ".":
                found = [(*way[:-1], way[-1] | {token.value}) for way in found]
            elif token.type == "function" and token.lower_name in ("is", "where"):
                found = [(*way[:-1], *one[:-1], one[-1] | way[-1]) for way in found for one in ways(token.arguments)]
            elif token.type == "function" and token.lower_name == "has":
                within = none.union(*(none.union(*one) for one in ways(token.arguments)))
                found = [(within, *way) for way in found]
            elif token.type == "whitespace" or (token.type == "literal" and token.value in ">+~"):
                found = [(*way, none) for way in found]
            before = token.value if token.type == "literal" else None
        yield from found


def test_no_two_style_sheets_style_one_class() -> None:
    assets = website.ROOT / "docs" / "assets"
    sheets = [
        (str(file.resolve().relative_to(website.ROOT)), file.read_text(encoding="utf-8"))
        for file in sorted(assets.rglob("*.css"))
    ]
    found = clashes(sheets)
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    ("mine", "others"),
    [
        (".sk-a { color: red }", ".sk-a::before { color: red }"),
        (".sk-a { color: red }", "@media print { .sk-b, h2.sk-a { color: red } }"),
        (".sk-a code { color: red }", ".sk-a > p { color: red }"),
        (".sk-a { color: red }", "p:is(.sk-a, .sk-b):not(.sk-c) { color: red } .sk-c { color: red }"),
        (".sk-a, .sk-a.sk-on { color: red }", ".sk-on .sk-a { color: red }"),
        (".sk-a { color: red } .sk-on { color: red }", ".sk-on .sk-a { color: red }"),
    ],
)
def test_a_class_of_two_sheets_is_told_with_its_lines(mine: str, others: str) -> None:
    (found,) = clashes([("mine.css", f"\n\n{mine}"), ("others.css", f"\n{others}")])
    assert found.startswith(".sk-a is styled by mine.css:3 (.sk-a")
    assert " and by others.css:2 (" in found
    assert found.endswith(f"): {CURE}")


@pytest.mark.parametrize(
    "others",
    [
        ".sk-b .sk-a { color: red }",
        ".sk-b { color: red } .sk-b :is(p, .sk-a) { color: red }",
        "body:has(.sk-b) > .sk-a { color: red }",
        ".sk-b.sk-a { color: red }",
        ".sk-a .sk-b { color: red }",
        ".sk-b:not(.sk-a) { color: red }",
        ".sk-ab { color: red }",
    ],
)
def test_a_sheet_may_say_what_becomes_of_a_class_within_its_own(others: str) -> None:
    assert clashes([("mine.css", ".sk-a { color: red }"), ("others.css", others)]) == []
