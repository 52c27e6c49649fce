"""Finds every mistake in the pages of a checkout without building them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from sitebuild import fences, reference
from sitebuild.blocks import connectors, figure, hunt, predict, session, snippet
from sitebuild.extension import DATA
from sitebuild.library import Library
from sitebuild.options import PageError

_SOURCE = re.compile(r"(?<!\\)\[@([^\[\]\s]+)\]")
_TERM = re.compile(r"(?<!\\)\[\[(?:[^\[\]]*\|)?([^\[\]|]+)\]\]")
_SCISSORS = re.compile(r"^[ \t]*(?P<mute>;*)(?P<cut>-{1,}8<-{1,})(?P<rest>.*)$")
_QUOTED = re.compile(r"""[ \t]+(?P<quote>["'])(?P<path>.+?)(?P=quote)[ \t]*$""")
_LINES = re.compile(r":-?\d*(?::-?\d*)?$")


def problems(root: Path) -> list[str]:
    """Return what is wrong with the pages, each as `docs/page.md:41: what is wrong and how to mend it`.

    Covers the fences and the data files they print, sources and terms, entries of the bibliography that nothing uses,
    snippets, sessions and data files that no page shows, and included files. What it finds, the builders show on the
    page too, except for the last three.

    Args:
        root: The checkout's top folder.
    """
    library = Library(root)
    try:
        library.sources, library.terms  # noqa: B018  a file that cannot be read would be told at each of its uses
    except PageError as error:
        return [str(error)]
    pages = sorted(library.docs.rglob("*.md"))
    used: set[str] = set()
    shown: set[str] = set()
    found = []
    for page in pages:
        text = page.read_text(encoding="utf-8")
        lines = text.expandtabs(4).splitlines()  # as Python-Markdown hands the page to the builders
        place = page.relative_to(root).as_posix()
        mistakes = [*_fences(lines, library, shown, used), *_words(lines, library, used), *_included(lines, root)]
        found += [f"{place}:{line}: {message}" for line, message in sorted(mistakes)]
    found += [*_data(library, used, shown), *_unused(library, used, shown), *_unshown(library, shown)]
    return found + list(library.store.clashes())


def _fences(  # noqa: C901
    lines: list[str], library: Library, shown: set[str], used: set[str]
) -> Iterator[tuple[int, str]]:
    for fence in fences.find(lines):
        try:
            if fence.name == "snippet":
                shown.add(snippet.read(fence.body, library).evidence.name)
            elif fence.name == "session":
                found = session.read(fence.body, library)
                shown.add(found.session.name)
                said = [found.session.claim, *(step.say for step in found.session.steps)]
                yield from ((fence.begin + 1, message) for _, message in _words(said, library, used))
            elif fence.name == "hunt":
                bug = hunt.read(fence.body, library)
                shown |= {bug.wrong.name, bug.mended.name}
            elif fence.name == "predict":
                predict.read(fence.body, library)
            elif fence.name == "figure":
                shown.add(f"figure {figure.read(fence.body, library).name}")
            elif fence.name == "connector":
                shown.add(f"connector {connectors.read(fence.body, library).id}")
            elif fence.name == "sources":
                shown |= {f"source {source.id}" for source in reference.part(library, *reference.letters(fence.body))}
            elif fence.name == "connectors" and connectors.family(fence.body):
                continue
            elif fence.name in fences.OURS and fence.body.strip():
                raise PageError(f"a {fence.name} fence is empty; it prints everything")
            elif fence.name in DATA:
                shown.add(fence.name)
                DATA[fence.name].mistakes(library)  # read it; what is wrong inside is said once, with its own place
        except PageError as error:
            yield fence.begin + 1, str(error)


def _words(lines: list[str], library: Library, used: set[str]) -> Iterator[tuple[int, str]]:
    for number, text in fences.prose(lines):
        for _, message in _marks(text, library, used):
            yield number, message


def _marks(text: str, library: Library, used: set[str]) -> Iterator[tuple[str, str]]:
    """Yield each source and term that there is not, as it stands in the text, with what is wrong."""
    sources = list(_SOURCE.finditer(text))
    used |= {match[1] for match in sources}
    lookups = [(library.source, match) for match in sources]
    for look, match in [*lookups, *((library.term, match) for match in _TERM.finditer(text))]:
        try:
            look(match[1].strip())
        except PageError as error:
            yield match[0], str(error)


def _data(library: Library, used: set[str], shown: set[str]) -> list[str]:
    """Check the data files that pages print, and note the sources that they use."""
    found = []
    for name, block in DATA.items():
        if name in shown:
            with suppress(PageError):  # said where the fence stands
                found += block.mistakes(library)
                for entry, text in block.texts(library):
                    mistakes = _marks(fences.without_code(text), library, used)
                    found += [f"{library.place(block.FILE, entry, mark)}: {message}" for mark, message in mistakes]
        elif (library.data / block.FILE).is_file():
            found.append(f"docs/data/{block.FILE}:1: no page shows it; show it with a {name} fence or remove it")
    with suppress(PageError):
        if "ports" in shown:
            used |= {source for port in library.ports for source in port.sources}
        if "connectors" in shown:
            used |= {source for connector in library.connectors.values() for source in connector.sources}
            found += _undrawn(library, shown)
    return found


def _undrawn(library: Library, shown: set[str]) -> Iterator[str]:
    for name in library.connectors:
        if f"connector {name}" not in shown:
            place = library.place(connectors.FILE, name)
            yield f"{place}: no page shows the connector {name}; show it with a connector fence or remove it"


def _unused(library: Library, used: set[str], shown: set[str]) -> list[str]:
    try:
        for term in library.terms.values():
            for source in term.sources:
                library.source(source)
            used |= set(term.sources)
        idle = [name for name in library.sources if name not in used]
    except PageError as error:
        return [str(error)]
    text = (library.data / "sources.toml").read_text(encoding="utf-8").splitlines()
    parts = any(name.startswith("source ") for name in shown)
    missed = [name for name in library.sources if parts and f"source {name}" not in shown]
    idle_words = "no page and no term uses the source {}; use it or remove it"
    missed_words = "no page lists the source {}; give a sources fence the letter that it begins with"
    found = [(name, idle_words) for name in idle] + [(name, missed_words) for name in missed]
    return [f"docs/data/sources.toml:{_line(text, name)}: {words.format(name)}" for name, words in found]


def _line(text: list[str], name: str) -> int:
    return next((number for number, line in enumerate(text, 1) if line.strip() in (f'["{name}"]', f"[{name}]")), 1)


def _unshown(library: Library, shown: set[str]) -> list[str]:
    return [
        f"snippets/{name}:1: no page shows this {what}; show it with a {kind} fence or remove it"
        for kind, what, names in (
            ("snippet", "snippet", library.store.names()),
            ("hunt", "program that is wrong", library.store.faulty()),
            ("session", "session", library.store.sessions()),
        )
        for name in names
        if name not in shown
    ] + [
        f"docs/figures/{name}.py:1: no page shows this figure; show it with a figure fence or remove it"
        for name in figure.names(library)
        if f"figure {name}" not in shown
    ]


# -- files that a page includes with scissors, as pymdownx.snippets reads them -----------------------------------------


def _included(lines: list[str], root: Path) -> Iterator[tuple[int, str]]:
    """Check the lines with scissors. The tool itself passes over an unquoted path and over a section without an end."""
    block: int | None = None
    for number, line in enumerate(lines, 1):
        match = _SCISSORS.match(line)
        if match and match["mute"]:
            continue
        if match and not match["rest"].strip():
            block = None if block else number
        elif block:
            yield from _target(number, line.strip(), root)
        elif match:
            quoted = _QUOTED.match(match["rest"])
            if quoted:
                yield from _target(number, quoted["path"], root)
            else:
                path = match["rest"].strip()
                yield number, f'the included file must stand in quotes: {match["cut"]} "{path}"'
    if block:
        yield block, "the list of included files does not end; close it with a line of scissors"


def _target(number: int, target: str, root: Path) -> Iterator[tuple[int, str]]:
    if not target or target.startswith(";"):
        return
    path, section = _LINES.sub("", target), ""
    if not (root / path).is_file() and ":" in path:
        path, _, section = path.partition(":")
    file = root / path
    if not file.is_file():
        yield number, f"the included file {path} does not exist"
    elif section:
        text = file.read_text(encoding="utf-8")
        for word in ("start", "end"):
            if not re.search(rf"-{{1,}}8<-{{1,}}[ \t]*\[{word}:[ \t]*{re.escape(section)}[ \t]*\]", text):
                yield number, f'the section {section} of {path} has no line "# --8<-- [{word}:{section}]"'
