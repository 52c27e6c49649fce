"""The site's pages: their order, parts and names in `mkdocs.yml`, and what each says of itself at its head."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from sitebuild.reading.files import parsed
from sitebuild.reading.options import QUICK

FILE = "mkdocs.yml"


@dataclass(frozen=True, slots=True)
class Entry:
    """A page in the menu.

    Args:
        name: Its name there.
        page: Its file, relative to the folder of the pages.
        part: The part it belongs to; empty if it stands alone.
    """

    name: str
    page: str
    part: str = ""


class _Loader(yaml.SafeLoader):
    """Reads a configuration without the values that the environment gives."""


_Loader.add_multi_constructor("!", lambda *_: None)


def read_menu(root: Path) -> tuple[Entry, ...]:
    """Return the pages of the menu, in its order.

    Args:
        root: The checkout's top folder.

    Raises:
        OSError: There is no configuration.
        yaml.YAMLError: It cannot be read.
    """
    return parsed(root / FILE, _menu)


def _menu(text: str) -> tuple[Entry, ...]:
    return tuple(_entries(yaml.load(text, _Loader).get("nav") or []))


def _entries(items: list[Any], part: str = "") -> Iterator[Entry]:
    for item in items:
        for name, what in item.items():
            if isinstance(what, str):
                yield Entry(name, what, part)
            else:
                yield from _entries(what, name)


def description(path: Path) -> str:
    """Return what a page says of itself, in one sentence; empty if it says nothing.

    Args:
        path: The page.

    Raises:
        OSError: There is no such page.
    """
    return str(parsed(path, _front_matter).get("description", ""))


def heading(path: Path) -> str:
    """Return the first heading of a page as it stands there.

    Raises:
        OSError: There is no such page.
    """
    lines = parsed(path, str.splitlines)
    return next((line.removeprefix("# ").strip() for line in lines if line.startswith("# ")), "")


def _front_matter(text: str) -> dict[str, Any]:
    _, mark, rest = text.partition("---\n")
    head, end, _ = rest.partition("\n---\n")
    return (yaml.load(head, QUICK) or {}) if mark and end else {}
