"""Chooses the tests that prove one page, one program or one figure, for a contributor who has changed it."""

from __future__ import annotations

import difflib
import inspect
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from sitebuild import blocks, fences
from sitebuild.what_ifs import is_what_if
from support import website

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sitebuild.library import Library

FOLDERS = (
    "tests/docs",
    "tests/snippets",
    "tests/sitebuild/blocks",
    "tests/sitebuild/figures",
    "tests/sitebuild/test_words.py",
)
"""Where the tests of single pages, programs, sessions and figures are."""


@dataclass(frozen=True)
class Chosen:
    """What is to be proven.

    Args:
        pages: Sources of pages, relative to `docs/`.
        names: Of programs, sessions and figures, as pages name them.
    """

    pages: frozenset[str]
    names: frozenset[str]

    def concerns(self, item: pytest.Item) -> bool:
        """Say whether a test proves any of these, or is marked as one that is to run for any page."""
        if item.get_closest_marker("alone"):
            return True
        params = item.callspec.params if hasattr(item, "callspec") else {}
        match params:
            case {"page": website.Page(source=source)}:
                return source in self.pages and not _compares_builders(item)
            case {"name": str(name)}:
                return name in self.names
            case {"example": example}:
                path = example.path.relative_to(website.ROOT)
                return path.as_posix().removeprefix("docs/") in self.pages
        return False


def _compares_builders(item: pytest.Item) -> bool:
    return isinstance(item, pytest.Function) and "build" in inspect.signature(item.function).parameters


def choose(path: str, root: Path = website.ROOT) -> Chosen:
    """Return what belongs to a page, a program, a session or a figure's source.

    Args:
        path: Its file, relative to the checkout's top folder or absolute.
        root: The top folder of the checkout.

    Raises:
        LookupError: If there is no such file; its message says which may be meant.
    """
    library = blocks.open_library(root)
    shown = {page.source: frozenset(_shown(root / "docs" / page.source, library)) for page in website.pages(root)}
    names = frozenset().union(*shown.values())
    files = {f"docs/{source}": source for source in shown}
    files |= {file: name for name in names for file in _files(name, library)}
    file = Path(path)
    asked = file.resolve().relative_to(root).as_posix() if file.resolve().is_relative_to(root) else file.as_posix()
    if asked not in files:
        near = difflib.get_close_matches(asked, files, 1, 0.4)
        hint = f"; did you mean {near[0]}?" if near else ""
        raise LookupError(f"{path} is no page, and no program, session or figure that a page shows{hint}")
    if files[asked] in shown:
        return Chosen(frozenset({files[asked]}), shown[files[asked]])
    name = files[asked]
    if name in library.places:  # of several pages, the one that shows most of it
        edits = {edit for edit in library.store.what_ifs() if library.store.what_if(edit).program == name}
        return Chosen(frozenset({library.places[name].page}), frozenset({name, *edits}))
    return Chosen(frozenset(source for source, has in shown.items() if name in has), frozenset({name}))


def _shown(page: Path, library: Library) -> Iterator[str]:
    registry = blocks.registry()
    for fence in fences.find(page.read_text(encoding="utf-8").expandtabs(4).splitlines()):
        if fence.name == "figure":
            yield fence.body.partition("\n")[0].strip()
        elif fence.name in registry:
            try:
                yield from (run.name for run in registry[fence.name].runs(fence.body, library.store))
            except (LookupError, ValueError):  # the page itself says what is wrong with it
                continue


def _files(name: str, library: Library) -> Iterator[str]:
    """Yield what a name of a page stands for: a figure's source, a program or a session; of a pair, both programs."""
    if is_what_if(name):
        yield f"snippets/{name}"
    elif name.endswith((".py", ".toml")):
        yield from (f"snippets/{file}" for file in library.store.files(name))
    else:
        yield f"docs/figures/{name}.py"


class Only:
    """A plugin that runs what proves one file and leaves out all else.

    Args:
        chosen: What is to be proven.
    """

    def __init__(self, chosen: Chosen) -> None:
        self.chosen = chosen

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, config: pytest.Config, items: list[pytest.Item]) -> None:
        left_out = [item for item in items if not self.chosen.concerns(item)]
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if self.chosen.concerns(item)]


def register(config: pytest.Config) -> None:
    """Let `--only` choose the tests, if it is given.

    Raises:
        pytest.UsageError: If it names nothing that can be proven.
    """
    if path := config.getoption("only"):
        try:
            config.pluginmanager.register(Only(choose(path)), "only")
        except LookupError as wrong:
            raise pytest.UsageError(f"--only: {wrong}") from None
        if config.args_source is pytest.Config.ArgsSource.TESTPATHS:
            config.args = list(FOLDERS)


def pages(config: pytest.Config) -> frozenset[str] | None:
    """Return the sources of the pages that `--only` chose, and none without it."""
    plugin: Any = config.pluginmanager.get_plugin("only")
    return plugin.chosen.pages if plugin else None
