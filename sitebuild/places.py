"""Where on the site each run can be seen. Reads the pages of a checkout."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sitebuild import fences, options
from sitebuild.options import PageError
from sitebuild.store import Store


@dataclass(frozen=True, slots=True)
class Place:
    """Where a block stands.

    Args:
        page: The page, relative to the folder of the pages, such as `ports/two-mailboxes.md`.
        anchor: The id of the block on it.
        whole: Whether the block shows all there is.
    """

    page: str
    anchor: str
    whole: bool


def slug(name: str) -> str:
    """Return what the ids of a run's block begin with: `sockets/echo.py` gives `sockets-echo`."""
    return re.sub(r"[^A-Za-z0-9_]+", "-", name.removesuffix(".py").removesuffix(".toml"))


def anchors(names: list[str]) -> list[str]:
    """Return the id of each block of a page; the second block of one run gets a 2.

    Args:
        names: The runs that the blocks show, in the order of the page.
    """
    counts: Counter[str] = Counter()
    found = []
    for name in names:
        counts[name] += 1
        found.append(slug(name) + (f"-{counts[name]}" if counts[name] > 1 else ""))
    return found


def find(docs: Path, store: Store) -> dict[str, Place]:
    """Return where each run stands; of several places the first that shows all of it.

    Args:
        docs: The folder of the pages.
        store: The snippets, which a page may name in several ways.
    """
    found: dict[str, Place] = {}
    for file in sorted(docs.rglob("*.md")):
        page = file.relative_to(docs).as_posix()
        blocks = list(_blocks(file.read_text(encoding="utf-8").expandtabs(4).splitlines(), store))
        for (name, whole), anchor in zip(blocks, anchors([name for name, _ in blocks]), strict=True):
            if name not in found or (whole and not found[name].whole):
                found[name] = Place(page, anchor, whole)
    return found


def _blocks(lines: list[str], store: Store) -> Iterator[tuple[str, bool]]:
    for fence in fences.find(lines):
        if fence.name in ("snippet", "session", "hunt"):
            try:
                value = options.parse(fence.body)
                if fence.name == "hunt":
                    yield from _hunted(value, store)
                    continue
                file = value.get("file") if isinstance(value, dict) else value
                yield store.resolve(str(file).strip()), not isinstance(value, dict) or value.keys() == {"file"}
            except (PageError, LookupError):
                continue  # the page itself says what is wrong with it


def _hunted(value: options.Value, store: Store) -> Iterator[tuple[str, bool]]:
    """Yield the blocks of a hunt. It shows the mended program in full only if no other block does."""
    if isinstance(value, dict):
        wrong, mended = (store.resolve(str(value.get(name)).strip()) for name in ("broken", "mended"))
        yield from ((wrong, True), (wrong, False), (mended, False))
