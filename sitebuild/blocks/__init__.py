"""The blocks that a page can use, one module for each, and their registry."""

from __future__ import annotations

import difflib
import pkgutil
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from functools import cache
from importlib import import_module
from pathlib import Path
from types import MappingProxyType, ModuleType
from typing import Any

from pygments.lexers import get_all_lexers

from sitebuild.kit.block import Block
from sitebuild.kit.library import Library
from sitebuild.kit.places import Run
from sitebuild.programs.store import Store
from sitebuild.reading import fences
from sitebuild.reading.fences import Fence
from sitebuild.reading.options import PageError


@cache
def registry() -> Mapping[str, Block[Any]]:
    """Return every kind of block by the name of its fence: the `BLOCK` of each module here."""
    modules = (import_module(f"{__name__}.{module.name}") for module in pkgutil.iter_modules(__path__))
    blocks = [_block(module) for module in modules]
    return MappingProxyType({block.name: block for block in blocks})


def _block(module: ModuleType) -> Block[Any]:
    """Return the block of a module.

    Raises:
        TypeError: It has none, or one without a name or a guide; the message says where.
    """
    block: Block[Any] | None = getattr(module, "BLOCK", None)
    place = module.__name__.replace(".", "/") + ".py"
    if block is None:
        raise TypeError(f"{place}:1: a block needs an instance; end with BLOCK = YourClass()")
    for part, example in (("name", 'name = "count"'), ("guide", 'guide = "## A count\\n\\n..."')):
        if not getattr(block, part, ""):
            raise TypeError(f"{place}:1: the block {type(block).__name__} needs a {part}; write {example}")
    return block


def read(fence: Fence, library: Library) -> Any:
    """Return what a fence asks its block for.

    Args:
        fence: A fence of one of the registry's blocks, or one that was meant to be.
        library: The checkout.

    Raises:
        PageError: It asks for what is not there, its name is misspelt, or another block stands in it.
    """
    if wrong := misspelt(fence.name):
        raise PageError(wrong)
    for name in fences.opened(fence.body):
        if name in registry():
            wrong = f"a {name} fence inside a {fence.name} fence would be shown as code"
            raise PageError(f"{wrong}; end the {fence.name} fence before it")
    return registry()[fence.name].read(fence.body, library)


def told(mistake: PageError, fence: Fence, page: Sequence[str]) -> tuple[int, str]:
    """Return in which line of a page, counted from 1, a mistake in a fence is, and what to say of it.

    That is the line of the option that it names, if it names one, and otherwise that of the fence.

    Args:
        mistake: What is wrong with the fence.
        fence: The fence.
        page: The lines of the page as the author wrote them, with their tabs.
    """
    begin = fence.begin + 1
    if mistake.line:
        indent = len(page[fence.begin]) - len(page[fence.begin].lstrip())
        for number, line in enumerate(page[begin : fence.end - 1], begin + 1):
            if re.match(r" *\t", line[indent:]):
                return number, f"line {number} begins with a tab; indent with blanks"
        return begin + mistake.line, str(mistake)
    named = re.search(r"\boption (\w+)", str(mistake))
    key = re.compile(rf"""\s*["']?{named[1]}["']?\s*:""") if named else None
    within = [number for number, line in enumerate(fence.body.splitlines(), 1) if key and key.match(line)]
    return begin + (within[0] if within else 0), str(mistake)


@cache
def misspelt(name: str) -> str:
    """Return what is wrong with the name of a fence that is nearly that of a block and no language; `""` otherwise."""
    near = difflib.get_close_matches(name, registry(), 1, 0.7)
    if not near or near[0] == name or any(name.lower() in lexer[1] for lexer in get_all_lexers(plugins=False)):
        return ""
    return f"no block {name}; did you mean {near[0]}?"


def spoken() -> frozenset[str]:
    """Return the names of the fences in which prose stands."""
    return frozenset(name for name, block in registry().items() if block.prose)


def open_library(root: Path) -> Library:
    """Return what the blocks of a page draw on.

    Args:
        root: The checkout's top folder.
    """
    return Library(root, _runs)


def _runs(text: str, store: Store) -> Iterator[Run]:
    for fence in fences.find(text.expandtabs(4).splitlines()):
        if fence.name in registry():
            with suppress(PageError, LookupError, ValueError):  # the page itself says what is wrong with it
                yield from registry()[fence.name].runs(fence.body, store)
