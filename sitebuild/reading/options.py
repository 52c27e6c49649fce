"""Reads the YAML in a fence so that every mistake in it has a message of its own. Pure."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from functools import lru_cache
from typing import TypeAlias

import yaml

QUICK: type[yaml.SafeLoader | yaml.CSafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The YAML reader that is written in C, where there is one: it takes a tenth of the time."""

Value: TypeAlias = "str | list[Value] | dict[str, Value]"


class PageError(Exception):
    """Something an author of a page can mend.

    Args:
        message: What it is, and how to mend it, without the place.
        line: The line of the fence that cannot be read as YAML, counted from 1 for the first inside; 0 for any other.
    """

    def __init__(self, message: str, line: int = 0) -> None:
        super().__init__(message)
        self.line = line


@lru_cache(maxsize=2048)  # a fence is read for its own page, and for those that lead to what it shows
def parse(text: str) -> Value:
    """Read YAML in which everything is text: `Yes` is no truth value here and `1` no number.

    Args:
        text: What stands in the fence. Nobody changes what is returned for it.

    Raises:
        PageError: It is not YAML, or a key stands there twice.
    """
    try:
        node = _compose(text)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 0
        problem = getattr(error, "problem", None) or "not YAML"
        raise PageError(f"malformed YAML: {problem}; put text with a colon or quotes in quotes", line) from error
    return "" if node is None else _value(node)


def _compose(text: str) -> yaml.Node | None:
    try:
        return yaml.compose(text, Loader=QUICK)
    except yaml.YAMLError:
        return yaml.compose(text, Loader=yaml.SafeLoader)  # which says better what is wrong, and the same everywhere


def _value(node: yaml.Node) -> Value:
    if isinstance(node, yaml.SequenceNode):
        return [_value(item) for item in node.value]
    if isinstance(node, yaml.MappingNode):
        found: dict[str, Value] = {}
        for key, value in node.value:
            name = str(key.value)
            if name in found:
                raise PageError(f'"{name}" stands there twice; remove one')
            found[name] = _value(value)
        return found
    return str(node.value)


def near(wrong: str, known: Iterable[str]) -> str:
    """Return the known word that is closest to a wrong one; `""` if none is close."""
    return next(iter(difflib.get_close_matches(wrong, [*known], n=1)), "")


def guess(wrong: str, known: Iterable[str]) -> str:
    """Return `; did you mean ...?` if a known word is close, else the list of them if it is short, else `""`."""
    known = tuple(known)
    if close := near(wrong, known):
        return f"; did you mean {close}?"
    return f"; known: {', '.join(known)}" if 0 < len(known) <= 12 else ""


def keys(options: dict[str, Value], known: Iterable[str], required: Iterable[str]) -> None:
    """Check the keys of a fence.

    Raises:
        PageError: One is unknown, or one is missing.
    """
    known = tuple(known)
    for name in options:
        if name not in known:
            raise PageError(f"unknown option {name}{guess(name, known)}")
    for name in required:
        if name not in options:
            raise PageError(f"the option {name} is missing")


def text(options: dict[str, Value], name: str) -> str:
    """Return an option that is text.

    Raises:
        PageError: It is a list or a mapping, or empty.
    """
    value = options[name]
    if not isinstance(value, str):
        raise PageError(f"the option {name} must be text")
    if not value.strip():
        raise PageError(f"the option {name} is empty")
    return value.strip()


def lines(options: dict[str, Value], name: str) -> tuple[str, ...]:
    """Return an option that is a list of texts.

    Raises:
        PageError: It is none.
    """
    found = options[name]
    if not isinstance(found, list) or not found or not all(isinstance(one, str) and one for one in found):
        raise PageError(f'the option {name} is a list of texts, such as ["writer reads: thanks"]')
    return tuple(map(str, found))
