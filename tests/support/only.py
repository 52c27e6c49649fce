"""Chooses the tests that prove one page, one program, one figure or one block, for a contributor who has changed it."""

from __future__ import annotations

import ast
import inspect
import os
import re
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from sitebuild import blocks
from sitebuild.blocks import figure
from sitebuild.programs.what_ifs import file_of, is_what_if
from sitebuild.reading import fences
from sitebuild.reading.options import PageError, guess
from support import website

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from sitebuild.kit.library import Library

FOLDERS = (
    "tests/docs",
    "tests/snippets",
    "tests/sitebuild/blocks",
    "tests/sitebuild/figures",
    "tests/sitebuild/programs/test_what_ifs.py",
    "tests/sitebuild/pages/test_words.py",
    "tests/test_project.py",
)
"""Where the tests of single pages, programs, what-ifs, sessions, figures and files are."""

BLOCKS = "sitebuild/blocks/"


@dataclass(frozen=True)
class Chosen:
    """What is to be proven.

    Args:
        pages: Sources of pages, relative to `docs/`.
        names: Of programs, what-ifs, sessions and figures, as pages name them.
        files: Python files to be linted, relative to the checkout's top folder.
        modules: Test modules of which every test is chosen, relative to it too.
    """

    pages: frozenset[str]
    names: frozenset[str] = frozenset()
    files: frozenset[str] = frozenset()
    modules: frozenset[str] = frozenset()

    def told(self) -> str:
        """Say what that is, and what is looked at besides."""
        kinds = Counter(sorted(map(_kind, self.names), key=_KINDS.index))
        counts = {"page": len(self.pages), **kinds, "linted file": len(self.files)}
        some = [f"{count} {kind}{'s' * (count > 1)}" for kind, count in counts.items() if count]
        return f"{', '.join(some)}, the site's links and every page's fences"

    def concerns(self, item: pytest.Item) -> bool:
        """Say whether a test proves any of these, or is marked as one that is to run for any page."""
        if item.get_closest_marker("alone") or item.path.relative_to(website.ROOT).as_posix() in self.modules:
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
            case {"linter": _}:
                return bool(self.files)
        return False


_KINDS = ("program", "session", "figure", "what-if")


def _kind(name: str) -> str:
    if is_what_if(name):
        return "what-if"
    return {".py": "program", ".toml": "session"}.get(Path(name).suffix, "figure")


def _compares_builders(item: pytest.Item) -> bool:
    return isinstance(item, pytest.Function) and "build" in inspect.signature(item.function).parameters


def choose(path: str, root: Path = website.ROOT) -> Chosen:
    """Return what belongs to a page, a program, its what-ifs, a session, the source of a figure or a block.

    Args:
        path: Its file, relative to the checkout's top folder or absolute.
        root: The top folder of the checkout.

    Raises:
        LookupError: There is no such file, or it cannot be proven alone; the message says which may be meant.
        SyntaxError: It is no Python, or a program of the page is none.
    """
    library = blocks.open_library(root)
    shown = {page.source: frozenset(_shown(root / "docs" / page.source, library)) for page in website.pages(root)}
    names = frozenset(_all(library)).union(*shown.values())
    of_blocks = {f"{BLOCKS}{file.name}": file.stem for file in (root / BLOCKS).glob("[!_]*.py")}
    files = {f"docs/{source}": source for source in shown}
    files |= {file: name for name in names for file in _files(name, library)} | of_blocks
    file = Path(path)
    asked = file.resolve().relative_to(root).as_posix() if file.resolve().is_relative_to(root) else file.as_posix()
    if asked not in files:
        hint = _proof(asked, root) if (root / asked).exists() else guess(asked, files)
        raise LookupError(f"{path} is no page, program, session, figure or block, and no file of what-ifs{hint}")
    chosen = _chosen(asked, files[asked], shown, library)
    programs = {file for name in chosen.names for file in _files(name, library)} | chosen.files
    for one in sorted(file for file in programs if file.endswith(".py") and (root / file).is_file()):
        ast.parse((root / one).read_text(encoding="utf-8"), one)
    return chosen


def _proof(asked: str, root: Path) -> str:
    """Say what proves a file that is there and cannot be proven alone."""
    file = root / asked
    if file.is_dir():
        return "; name one file in the folder"
    if asked.startswith("docs/data/"):
        printed = {name for name, block in blocks.registry().items() if block.file == file.name}
        pages = (f"--only docs/{page}" for page in _with_fence(printed, root))
        return f"; {next(pages, 'uv run python -m sitebuild check')} proves what is shown of it"
    if asked == "mkdocs.yml":
        return "; uv run python -m sitebuild check and uv run mkdocs build --strict prove it"
    if file.suffix == ".css":
        return "; tests/docs/test_stylesheets.py and tests/docs/test_browser.py prove it"
    if file.name.startswith("test_"):
        return f"; uv run pytest {asked} runs it"
    return "; uv run pytest proves it with all else"


def _chosen(asked: str, meant: str, shown: Mapping[str, frozenset[str]], library: Library) -> Chosen:
    root = library.root
    linted = frozenset({asked} if asked.endswith(".py") else ())
    if asked.startswith(BLOCKS):
        name = import_module(f"{blocks.__name__}.{meant}").BLOCK.name
        return Chosen(frozenset([*_with_fence({name}, root)][:1]), files=linted, modules=_tests(meant, root))
    if meant in shown:
        return Chosen(frozenset({meant}), shown[meant] | _edits(shown[meant], library))
    some = frozenset({meant})
    some |= _edits(some, library)
    # of several pages that show a program, the one that shows most of it
    on = frozenset(library.places[name].page for name in some if name in library.places)
    return Chosen(on or frozenset(source for source, has in shown.items() if has & some), some, linted)


def _all(library: Library) -> Iterator[str]:
    """Yield all that a page could show."""
    yield from (*library.store.names(), *library.store.faulty(), *library.store.sessions(), *figure.names(library))


def _edits(names: frozenset[str], library: Library) -> frozenset[str]:
    """Return the what-ifs of some programs."""
    with suppress(ValueError):  # a file of what-ifs is wrong, which the proof of the pages says
        return frozenset(edit for edit in library.store.what_ifs() if library.store.files(edit)[0] in names)
    return frozenset()


def _with_fence(names: Collection[str], root: Path) -> Iterator[str]:
    """Yield the pages that have a fence of one of these names, the shortest first."""
    pages = sorted(website.pages(root), key=lambda page: (root / "docs" / page.source).stat().st_size)
    for page in pages:
        lines = (root / "docs" / page.source).read_text(encoding="utf-8").expandtabs(4).splitlines()
        if any(fence.name in names for fence in fences.find(lines)):
            yield page.source


def _tests(module: str, root: Path) -> frozenset[str]:
    """Return the test modules of a block: those named like it or that import it, and those of all blocks."""
    files = [file.relative_to(root).as_posix() for file in (root / "tests/sitebuild").rglob("test_*.py")]
    imports = re.compile(rf"^(from|import) sitebuild\.blocks(\.{module}\b| import .*\b{module}\b)", re.MULTILINE)
    return frozenset(
        file
        for file in files
        if file.endswith((f"/test_{module}.py", "/test_mistakes.py", "/test_registry.py"))
        or imports.search((root / file).read_text(encoding="utf-8"))
    )


def _shown(page: Path, library: Library) -> Iterator[str]:
    registry = blocks.registry()
    for fence in fences.find(page.read_text(encoding="utf-8").expandtabs(4).splitlines()):
        if fence.name == "figure":
            yield fence.body.partition("\n")[0].strip()
        elif fence.name in registry:
            try:
                yield from (run.name for run in registry[fence.name].runs(fence.body, library.store))
            except (PageError, LookupError, ValueError):  # the page itself says what is wrong with it
                continue


def _files(name: str, library: Library) -> Iterator[str]:
    """Yield what a name of a page stands for: a figure's source, a program or a session; of a pair, both programs.

    The what-ifs of a program lie in files of their own.
    """
    if is_what_if(name):
        return
    if name.endswith((".py", ".toml")):
        for file in library.store.files(name):
            yield f"snippets/{file}"
            if file.endswith(".py"):
                yield file_of(file)
    else:
        yield f"docs/figures/{name}.py"


class Only:
    """A plugin that runs what proves one file and leaves out all else.

    Args:
        path: The file.
        chosen: What is to be proven.
    """

    def __init__(self, path: str, chosen: Chosen) -> None:
        self.path = path
        self.chosen = chosen

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, config: pytest.Config, items: list[pytest.Item]) -> None:
        left_out = [item for item in items if not self.chosen.concerns(item)]
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if self.chosen.concerns(item)]

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter, exitstatus: int) -> None:
        """Say what a green run has proven, and what it has not."""
        if exitstatus == pytest.ExitCode.OK and not terminalreporter.config.option.collectonly:
            terminalreporter.write_line(f"{self.path}: proved {self.chosen.told()}; all else: uv run pytest")


def register(config: pytest.Config) -> None:
    """Let `--only` choose the tests, if it is given.

    Raises:
        pytest.UsageError: If it names nothing that can be proven.
    """
    if path := config.getoption("only"):
        try:
            chosen = choose(path)
        except (LookupError, TypeError) as wrong:  # no such file; or one of the blocks is none
            raise pytest.UsageError(f"--only: {wrong}") from None
        except SyntaxError as wrong:
            file = os.path.relpath(wrong.filename or path, website.ROOT)
            raise pytest.UsageError(f"--only: {file}:{wrong.lineno}: SyntaxError: {wrong.msg}") from None
        config.pluginmanager.register(Only(path, chosen), "only")
        if config.args_source is pytest.Config.ArgsSource.TESTPATHS:
            config.args = sorted({*FOLDERS, *chosen.modules})


def files(config: pytest.Config) -> frozenset[str]:
    """Return the Python files that `--only` chose to be linted; none without it, when all are."""
    plugin: Any = config.pluginmanager.get_plugin("only")
    return plugin.chosen.files if plugin else frozenset()
