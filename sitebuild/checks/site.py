"""Finds every mistake in the pages of a checkout without building them."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

from sitebuild.blocks import misspelt, open_library, read, registry, spoken, told
from sitebuild.data import navigation
from sitebuild.kit.block import Block
from sitebuild.kit.library import DataError, Library
from sitebuild.markup import signs
from sitebuild.reading import fences, links
from sitebuild.reading.options import PageError, guess, parse

_SOURCE = re.compile(r"(?<!\\)\[@([^\[\]\s]+)\]")
_TERM = re.compile(r"(?<!\\)\[\[(?:[^\[\]]*\|)?([^\[\]|]*)\]\]")
_OPEN = re.compile(r"(?<!\\)(?:(?P<source>\[@[^\[\]\s]++)(?!\])|(?P<term>\[\[[^\W\d]\w*)[^\[\]]*+(?!\]\]|\]\())")
_HEAD = ("title", "description", "search", "hide", "template")
_SIGN = re.compile(signs.PATTERN)
_SHAPE = re.compile(r"<(?:svg|path|rect|circle|ellipse|line|polyline|polygon)\b")
_STOCK = re.compile(r"(Predict|The program|The run|Break it|Where systems differ|(?:What|Where) next\??)\s*(?:\{.*)?$")
_NEXT = re.compile(r"^```next\n.*\n(?P<page>[^\s#]+)", re.MULTILINE)
_BESIDE = re.compile(r"\[the (?P<which>chapter before|next chapter)\]\((?P<page>[^)#]+)")
_SCISSORS = re.compile(r"^[ \t]*(?P<mute>;*)(?P<cut>-{1,}8<-{1,})(?P<rest>.*)$")
_QUOTED = re.compile(r"""[ \t]+(?P<quote>["'])(?P<path>.+?)(?P=quote)[ \t]*$""")
_LINES = re.compile(r":-?\d*(?::-?\d*)?$")


def problems(root: Path) -> list[str]:
    """Return what is wrong with the pages, each as `docs/page.md:41: what is wrong and how to mend it`.

    Covers the fences and the data files they print, sources and terms, entries of the bibliography that nothing uses,
    snippets, sessions and data files that no page shows, links to files, ids and headings, included files, drawings by
    coordinates, heads of pages, marks that are left open, and pages that lead elsewhere than the menu. What
    it finds in fences, data files and words, the builders show on the page too.
    While a data file cannot be read, that is told once, and nothing of what is unused: it may be what uses it.

    Args:
        root: The checkout's top folder.
    """
    library = open_library(root)
    pages = sorted(library.docs.rglob("*.md"))
    used: set[str] = set()
    shown: set[str] = set()
    found: list[str] = []
    unread: list[str] = []
    unshown: list[str] = []
    for page in pages:
        text = page.read_text(encoding="utf-8")
        written = text.splitlines()
        lines = [line.expandtabs(4) for line in written]  # as Python-Markdown hands the page to the builders
        place = page.relative_to(root).as_posix()
        mistakes = [
            *_head(written, asked=(root / "mkdocs.yml").is_file()),
            *_fences(written, library, shown, used, unread),
            *_words(lines, library, used),
            *_by_hand(lines),
            *_headings(lines),
            *_ids(lines),
            *_links(lines, page.relative_to(library.docs).as_posix(), library.docs),
            *_included(lines, root),
        ]
        found += [f"{place}:{line}: {message}" for line, message in sorted(mistakes)]
    found += [*_neighbours(root), *dict.fromkeys(_data(library, used))]
    if unreadable := library.unread():
        return [*unreadable, *found, *_wrong_names(library)]
    found += _unused(library, used)
    for block in registry().values():
        with suppress(PageError):  # said where the fence stands
            missing = [due for due in block.due(library, shown) if due.name not in shown]
            unshown += [due.complaint for due in missing if not any(map(due.is_named_in, unread))]
    return [*found, *sorted(unshown), *_wrong_names(library)]


def _neighbours(root: Path) -> Iterator[str]:
    """Yield where a page names another page as the next one, or the one before, than the menu."""
    if not (root / navigation.FILE).is_file():
        return
    pages = [entry.page for entry in navigation.read_menu(root)]
    for before, page, after in zip(["", *pages], pages, [*pages[1:], ""], strict=False):
        file = root / "docs" / page
        text = file.read_text(encoding="utf-8") if file.is_file() else ""  # that there is none, the builders say
        named = [(match.start("page"), match["page"], after) for match in _NEXT.finditer(text)]
        for match in _BESIDE.finditer(text):
            there = posixpath.normpath(posixpath.join(posixpath.dirname(page), match["page"]))
            named.append((match.start("page"), there, before if match["which"] == "chapter before" else after))
        for at, there, meant in sorted(named):
            if meant and there != meant:
                number = text.count("\n", 0, at) + 1
                yield f"docs/{page}:{number}: write {meant}, its neighbour in the menu ({navigation.FILE}), not {there}"


def _wrong_names(library: Library) -> Iterator[str]:
    yield from library.store.clashes()
    try:
        library.store.what_ifs()
    except ValueError as error:
        yield str(error)


def _head(lines: list[str], *, asked: bool) -> Iterator[tuple[int, str]]:
    """Yield what is wrong with the head of a page, between the lines of three hyphens.

    Args:
        lines: The lines of the page.
        asked: Whether a page needs one.
    """
    end = lines.index("---", 1) if lines[:1] == ["---"] and "---" in lines[1:] else 0
    if not end:
        if asked:
            yield 1, "the page has no head; begin it with the lines ---, title: ..., description: ... and ---"
        return
    try:
        head = parse("\n".join(lines[1:end]))
    except PageError as error:
        yield error.line + 1, str(error)
        return
    keys = [*head] if isinstance(head, dict) else []
    missing = [] if "description" in keys else ["description"]
    for key in (one for one in keys if one not in _HEAD):
        meant = guess(key, _HEAD)
        missing = [one for one in missing if one not in meant]
        at = next(number for number, line in enumerate(lines, 1) if re.match(rf"""["']?{re.escape(key)}\b""", line))
        yield at, f"unknown key {key} in the head of the page{meant}"
    if missing:
        yield 1, "the head of the page has no description; write one, which search engines show: description: ..."


def _fences(
    written: list[str], library: Library, shown: set[str], used: set[str], unread: list[str]
) -> Iterator[tuple[int, str]]:
    """Yield what is wrong with the fences of a page, and note what those show that can be read, and the others."""
    answers: dict[str, int] = {}
    for fence in fences.find([line.expandtabs(4) for line in written]):
        if fence.name not in registry() and not misspelt(fence.name):
            continue
        try:
            asked, block = read(fence, library), registry()[fence.name]
            shown |= set(block.shows(asked, library))
            if (run := block.asks(asked)) in answers:
                yield fence.begin + 1, f"the answer stands above, in line {answers[run]}: {run}; ask before it is shown"
            answers |= {run: fence.begin + 1 for run in block.tells(asked) if run and run not in answers}
            for text in block.texts(asked):
                yield from ((fence.begin + 1, message) for _, message in _words(text.splitlines(), library, used))
        except DataError:
            continue  # told once for all
        except PageError as error:
            unread.append(f"{fence.name}\n{fence.body}")
            yield told(error, fence, written)


def _by_hand(lines: list[str]) -> Iterator[tuple[int, str]]:
    """Yield where a drawing stands in a page itself, and how to mend that."""
    for number, text in fences.prose(lines, spoken()):
        if _SHAPE.search(text):
            yield (
                number,
                "a drawing by coordinates; write it as docs/figures/PART/NAME.py and show it with a figure fence",
            )


def _headings(lines: list[str]) -> Iterator[tuple[int, str]]:
    """Yield the headings that say nothing of their page, and those that leave out a level."""
    found = [(fence.begin + 1, registry().get(fence.name)) for fence in fences.find(lines)]
    made = [number for number, block in found if block and (block.file or type(block).markdown is not Block.markdown)]
    line = above = 0
    for number, level, words in links.headings(lines):
        if match := _STOCK.match(words):
            yield number, f"the heading {match[1]} could stand on any page; write what a reader would type or ask here"
        if line and level > above + 1 and not any(line < at < number for at in made):  # which may have headings
            yield number, f"a heading of level {level} below that of level {above} in line {line}; write {'#' * above}#"
        line, above = number, level


def _ids(lines: list[str]) -> Iterator[tuple[int, str]]:
    first: dict[str, int] = {}
    for number, name in links.ids(lines):
        if name in first:
            yield number, f"the id {name} is in line {first[name]} already; give this one another"
        first.setdefault(name, number)


def _links(lines: list[str], page: str, docs: Path) -> Iterator[tuple[int, str]]:
    for number, link in links.links(lines):
        if wrong := links.nowhere(link, page, docs):
            yield number, wrong


def _words(lines: list[str], library: Library, used: set[str]) -> Iterator[tuple[int, str]]:
    for number, text in fences.prose(lines, spoken()):
        for _, message in _marks(text, library, used):
            yield number, message


def _marks(text: str, library: Library, used: set[str]) -> Iterator[tuple[str, str]]:
    """Yield each source, term and sign that there is not, as it stands in the text, with what is wrong."""
    sources = list(_SOURCE.finditer(text))
    used |= {match[1] for match in sources}
    terms, shapes = _TERM.finditer(text), _SIGN.finditer(text)
    lookups: list[tuple[Callable[[str], object], re.Match[str]]] = [(library.source, match) for match in sources]
    for look, match in [*lookups, *((library.term, one) for one in terms), *((signs.sign, one) for one in shapes)]:
        try:
            look(match[1].strip())
        except DataError:
            continue  # told once for all
        except PageError as error:
            yield match[0], str(error)
    for match in _OPEN.finditer(text):
        opened, closed = (match["source"], "]") if match["source"] else (match["term"], "]]")
        yield match[0], f"{opened} is not closed in its line; write {opened}{closed}"


def _data(library: Library, used: set[str]) -> Iterator[str]:
    """Check the data files, and note the sources that they use."""
    pages = library.docs.rglob("*.md")
    folders = sorted({page.parent.relative_to(library.docs).as_posix().strip(".") for page in pages})
    for block in registry().values():
        if block.file and (library.data / block.file).is_file():
            with suppress(DataError):  # told once for all
                yield from block.mistakes(library)
                used |= set(block.sources(library))
                for entry, text in block.entries(library):
                    found = [*_marks(fences.without_code(text), library, used), *_lost(text, folders, library.docs)]
                    for mark, message in found:
                        yield f"{library.place(block.file, entry, mark)}: {message}"


def _lost(text: str, folders: list[str], docs: Path) -> Iterator[tuple[str, str]]:
    """Yield each link of a text in a data file that leads nowhere, in whatever folder the page is that prints it."""
    for _, link in links.links(text.splitlines()):
        if not any(links.leads(link, folder, docs) for folder in folders):
            some = next((folder for folder in folders if bool(folder) is link.startswith("../")), "")
            yield f"({link}", links.nowhere(link, posixpath.join(some, "page.md"), docs)


def _unused(library: Library, used: set[str]) -> list[str]:
    if not (library.data / "sources.toml").is_file():
        return []
    words = "no page and no term uses the source {}; use it or remove it"
    idle = [name for name in library.sources if name not in used]
    return [f"{library.place('sources.toml', name)}: {words.format(name)}" for name in idle]


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
