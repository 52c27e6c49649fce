"""The blocks that a page can use, one module for each, and their registry."""

from __future__ import annotations

import pkgutil
from collections.abc import Iterator, Mapping
from contextlib import suppress
from functools import cache
from importlib import import_module
from pathlib import Path
from types import MappingProxyType
from typing import Any

from sitebuild import fences
from sitebuild.block import Block
from sitebuild.library import Library
from sitebuild.options import PageError
from sitebuild.places import Run
from sitebuild.store import Store


@cache
def registry() -> Mapping[str, Block[Any]]:
    """Return every kind of block by the name of its fence: the `BLOCK` of each module here."""
    modules = (import_module(f"{__name__}.{module.name}") for module in pkgutil.iter_modules(__path__))
    blocks: list[Block[Any]] = [module.BLOCK for module in modules]
    return MappingProxyType({block.name: block for block in blocks})


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
            with suppress(PageError, LookupError):  # the page itself says what is wrong with it
                yield from registry()[fence.name].runs(fence.body, store)
