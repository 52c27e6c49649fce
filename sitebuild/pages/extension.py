"""A Python-Markdown extension that puts programs with their evidence on a page.

It knows the blocks of `sitebuild.blocks`, sources (`[@id]`), terms (`[[term]]`) and signs (`:socket:`).
A mistake shows on the page in red and is logged as a warning below "mkdocs", so that a strict build fails and a live
preview goes on. It knows no builder; of the one at work it asks nothing but which page is being rendered.
"""

from __future__ import annotations

import atexit
import gc
import posixpath
import re
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cache, cached_property
from itertools import islice
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element, SubElement

from markdown import Extension, Markdown
from markdown.blockparser import BlockParser
from markdown.blockprocessors import BlockProcessor
from markdown.inlinepatterns import InlineProcessor
from markdown.postprocessors import Postprocessor
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

from sitebuild.blocks import misspelt, open_library, read, registry, snippet, spoken, told
from sitebuild.kit.block import Block, Spot
from sitebuild.kit.library import GLOSSARY_PAGE, DataError, Library
from sitebuild.kit.request import Request
from sitebuild.markup import citations, links, signs, unlisted, unsought
from sitebuild.pages import roads
from sitebuild.pages.log import LINKS, LOG, tell_what_has_changed
from sitebuild.pages.skeleton import Skeleton
from sitebuild.reading import fences
from sitebuild.reading.fences import Fence
from sitebuild.reading.links import lines_of
from sitebuild.reading.options import PageError
from socktrace.markup import to_html

# Characters that stand for nothing in any text; they mark the places of blocks while the page is being rendered.
_MARK = "\ufdd0{}\ufdd1"
_MARKED = re.compile("\ufdd0([0-9]+)\ufdd1")
_OBJECTS = 1_000_000
"""After how many new objects Python looks for garbage. A build makes millions and hardly any of it is garbage; to look
every 700 objects, as Python does by itself, takes a tenth of its time."""
_REFERENCE = re.compile(r"::: snippets\.([\w.]+)[ \t]*$")
_TABLE_TERM = re.compile(r"(\[\[[^\[\]|`]+)\|([^\[\]|`]+\]\])")
_BAR = "\ufdd2"
_SIGN = re.compile(r"[^\w\s,.;?()/'\"-]|_|  \n")
"""What a pattern of inline Markdown may begin with, and more."""


class Page:
    """The page that is being rendered.

    Args:
        md: The Markdown converter at work.
        library: The checkout.
    """

    def __init__(self, md: Markdown, library: Library) -> None:
        self._md = md
        self.library = library
        self.files: list[str] = []
        """The data files whose text the page prints."""
        self._told: set[str] = set()

    @cached_property
    def path(self) -> str | None:
        """Its file, relative to the folder of the pages; `None` if it is none of them, but a docstring in one."""
        return _path(self._md)

    @property
    def glossary(self) -> str:
        """The glossary page as this page links to it."""
        return posixpath.relpath(GLOSSARY_PAGE, posixpath.dirname(self.path or "") or ".")

    def report(self, mistake: PageError, fence: Fence | None = None, text: str = "", nth: int = 0) -> str:
        """Log a mistake and return it with its place, which of one in a data file is there.

        Args:
            mistake: What is wrong and how to mend it.
            fence: The fence it is in, if any.
            text: Otherwise the words it is about.
            nth: How many equal fences stand before this one.
        """
        LINKS.spare(self.path)
        if isinstance(mistake, DataError):
            for flaw in mistake.flaws:
                if flaw not in self._told:
                    self._told.add(flaw)
                    LOG.warning("%s", flaw, extra={"once_for": self.path or ""})
            return str(mistake)
        written = lines_of(self.library.docs / self.path) if self.path else []
        lines = [line.expandtabs(self._md.tab_length) for line in written]  # as Python-Markdown hands the page on
        numbers = []
        words = str(mistake)
        if fence:
            alike = [one for one in fences.find(lines) if (one.name, one.body) == (fence.name, fence.body)]
            for one in (alike[nth:] or alike)[:1]:
                line, words = told(mistake, one, written)
                numbers = [line]
        elif text:
            numbers = [number for number, line in fences.prose(lines, spoken()) if text in line]
        place = f"docs/{self.path}" if self.path else "page"
        place += f":{numbers[0]}" if numbers else ""
        if text and not numbers:
            place = next((found for file in self.files if (found := self.library.place(file, text=text))), place)
        return self.warn(f"{place}: {words}")

    @staticmethod
    def warn(message: str) -> str:
        """Log a mistake, whose place is said already, and return it."""
        LOG.warning("%s", message)
        return message


def _path(md: Markdown) -> str | None:
    """Return the file of the page, relative to the folder of the pages; `None` if it is none of them.

    MkDocs leaves it at the processor that resolves links, Zensical at one of its own.
    """
    return _held(md, "page", "path") or _held(md, "file", "src_uri")


def _held(md: Markdown, holder: str, name: str) -> str | None:
    for processor in (*md.preprocessors, *md.treeprocessors):
        path = getattr(getattr(processor, holder, None), name, None)
        if isinstance(path, str):
            return path.replace("\\", "/")
    return None


@dataclass(frozen=True, slots=True)
class _Placed:
    """A fence that could be read, and where its block is to stand."""

    block: Block[Any]
    asked: Any
    spot: Spot
    programs: int
    """How many snippet blocks it is made of."""


class _Blocks(Preprocessor):
    """Takes our fences out of the page and keeps what becomes of them, in the order of the page."""

    def __init__(self, md: Markdown, root: Path) -> None:
        super().__init__(md)
        self.root = root
        self.elements: list[Element] = []
        self.originals: list[str] = []
        self.current = Page(md, open_library(root))

    def run(self, lines: list[str]) -> list[str]:
        self.current = Page(self.md, open_library(self.root))
        LINKS.begin(self.current.path, self.current.library)
        if self.current.path == "index.md":  # once a build
            tell_what_has_changed()
        lines = self._expanded(lines)
        found = [fence for fence in fences.find(lines) if fence.name in registry() or misspelt(fence.name)]
        self.elements, self.originals = [], []
        text: list[str] = []
        at = 0
        for fence, rendered in zip(found, self._render(found), strict=True):
            text += map(self._line, lines[at : fence.begin])
            if isinstance(rendered, str):
                text += ["", *(fence.indent + line for line in rendered.splitlines()), ""]
            else:
                text += ["", fence.indent + _MARK.format(len(self.elements)), ""]
                self.elements.append(rendered)
                taken = lines[fence.begin : fence.end]
                self.originals.append("\n".join(line.removeprefix(fence.indent) for line in taken))
            at = fence.end
        return [*text, *map(self._line, lines[at:])]

    def _line(self, line: str) -> str:
        """Return a line outside fences. For a program that is no Python, mkdocstrings would end the build."""
        program, store, wrong = _REFERENCE.match(line), self.current.library.store, ""
        if program:
            with suppress(LookupError):  # mkdocstrings says that there is none
                wrong = store.syntax_error(store.resolve(program[1].replace(".", "/")))
        if not wrong:
            return _shield(line)
        self.originals.append(line)
        self.elements.append(_error("div", self.current.warn(wrong)))
        return _MARK.format(len(self.elements) - 1)

    def _expanded(self, lines: list[str]) -> list[str]:
        """Put the Markdown of blocks that are nothing else in their places, where fences may stand in it again."""
        library, text, at = self.current.library, list[str](), 0
        for fence in fences.find(lines):
            block = registry().get(fence.name)
            if block is None or type(block).markdown is Block.markdown:
                continue
            with suppress(PageError):  # the fence stays, and what is wrong with it is said there
                spot = Spot(library, self.current.path or "", fence.name, self.md.htmlStash.store)
                made = block.markdown(read(fence, library), spot) or ""
                text += [*lines[at : fence.begin], "", *(fence.indent + line for line in made.splitlines()), ""]
                at = fence.end
        return text + lines[at:]

    def _render(self, found: list[Fence]) -> list[Element | str]:
        """Read all fences first: the blocks of one snippet refer to each other."""
        requests: list[Request] = []
        placed: list[_Placed | PageError] = []
        for number, fence in enumerate(found):
            try:
                placed.append(self._read(fence, number, requests))
            except PageError as mistake:
                placed.append(mistake)
        programs = iter([self._raw(*block) for block in snippet.render_all(requests)])
        rendered: list[Element | str] = []
        for number, one in enumerate(placed):
            try:
                if isinstance(one, PageError):
                    raise one
                rendered.append(self._one(one, tuple(islice(programs, one.programs))))
            except PageError as mistake:
                fence = found[number]
                nth = [(other.name, other.body) for other in found[:number]].count((fence.name, fence.body))
                rendered.append(_error("div", self.current.report(mistake, fence, nth=nth)))
        return rendered

    def _read(self, fence: Fence, number: int, requests: list[Request]) -> _Placed:
        """Read a fence, and note the snippet blocks that it is made of."""
        library = self.current.library
        asked, block = read(fence, library), registry()[fence.name]
        before = tuple(request.evidence.name for request in requests)
        spot = Spot(library, self.current.path or "", f"{fence.name}-{number + 1}", self.md.htmlStash.store, before)
        own = block.requests(asked, spot)
        requests += own
        return _Placed(block, asked, spot, len(own))

    def _one(self, placed: _Placed, programs: tuple[Element, ...]) -> Element | str:
        """Return what becomes of a fence; the mistakes in a data file that it prints stand above."""
        block, spot = placed.block, replace(placed.spot, programs=programs)
        text = block.markdown(placed.asked, spot)
        if text is not None:
            return text
        element = block.render(placed.asked, spot)
        self._keep_drawings(element)
        if block.file:
            self.current.files.append(block.file)
        for number, mistake in enumerate(block.mistakes(spot.library)):
            element.insert(number, _error("div", self.current.warn(mistake)))
        return element

    def _keep_drawings(self, within: Element) -> None:
        """Put drawings aside as they are: they hold no Markdown, and to look for it in them takes long."""
        for parent in within.iter():
            for drawing in parent.findall("svg"):
                at = list(parent).index(drawing)
                parent.remove(drawing)
                after, drawing.tail = drawing.tail or "", None
                text = self.md.htmlStash.store(to_html([drawing])) + after
                if at:
                    parent[at - 1].tail = (parent[at - 1].tail or "") + text
                else:
                    parent.text = AtomicString((parent.text or "") + text)

    def _raw(self, id: str, kind: str, html: str) -> Element:
        # Found is what pages say of a run. The search leaves out an element up to the first end of one of its kind
        # inside it, so this is of a kind that no run has inside.
        element = Element("article", {"class": kind, "id": id, "data-search-exclude": ""})
        element.text = AtomicString(self.md.htmlStash.store(html))
        return element


def _shield(line: str) -> str:
    """Keep the bar in `[[words|term]]` from ending a cell of a table."""
    if not line.lstrip().startswith("|"):
        return line
    free = fences.without_code(line)
    for match in _TABLE_TERM.finditer(free):
        bar = match.end(1)
        line = line[:bar] + _BAR + line[bar + 1 :]
    return line


class _Places(BlockProcessor):
    """Puts what became of a fence where the fence stood, also inside lists, tabs and admonitions."""

    def __init__(self, parser: BlockParser, blocks: _Blocks) -> None:
        super().__init__(parser)
        self._blocks = blocks

    def test(self, parent: Element, block: str) -> bool:  # noqa: ARG002
        # What is indented further belongs to a list, a tab or an admonition, which will hand it on without the spaces.
        return _MARKED.fullmatch(block.rstrip(), pos=min(3, len(block) - len(block.lstrip(" ")))) is not None

    def run(self, parent: Element, blocks: list[str]) -> None:
        match = _MARKED.fullmatch(blocks.pop(0).strip())
        if match:
            parent.append(self._blocks.elements[int(match[1])])


class _Leftovers(Postprocessor):
    """Gives back the text of a fence that turned out to stand in an indented code block."""

    def __init__(self, md: Markdown, blocks: _Blocks) -> None:
        super().__init__(md)
        self._blocks = blocks

    def run(self, text: str) -> str:
        return _MARKED.sub(lambda match: _plain(self._blocks.originals[int(match[1])]), text)


def _plain(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


_PROSE = re.compile(
    r"""
    (?P<code><code\b.*?</code>)
    | (?P<kept><(?P<tag>pre(?![^>]*>(?:<span></span>)?<code)|svg|option|textarea|script|style)\b.*?</(?P=tag)>
        | <(?:"[^"]*"|'[^']*'|[^>"'])*>)
    | \[(?:Errno|WinError)[ ]-?\d+\]
    | (?<![\w&;.:/-])(?:[A-Z]\w{0,11}-[A-Z\d]{1,2} | [A-Z]{1,2}-\w{1,5} | Wi-Fi)(?![\w/-])
    """,
    re.VERBOSE | re.DOTALL,
)
_OPTION = re.compile(r"<[^>]*>|\bFIN-WAIT-[12]\b|(?<![^\s>])--?[A-Za-z][\w=-]{0,22}(?![^\s<])")


class _Hyphens(Postprocessor):
    """Keeps whole what a narrow screen would break: USB-C, a command's option, FIN-WAIT-2 and [Errno 98].

    A hyphen that does not break would be another character: who copies it or looks for it would not find the name.
    """

    def run(self, text: str) -> str:
        return _PROSE.sub(_name, text)


def _name(match: re.Match[str]) -> str:
    if match["code"] is not None:
        return match[0] if "sk-line" in match[0] else _OPTION.sub(_whole, match[0])
    return match[0] if match["kept"] is not None else _whole(match)


def _whole(match: re.Match[str]) -> str:
    return match[0] if match[0].startswith("<") else f'<span class="sk-option">{match[0]}</span>'


class _Plain(Treeprocessor):
    """Spares the texts that have no sign of Markdown two dozen patterns that would look for one."""

    def run(self, root: Element) -> None:
        for element in root.iter():
            if element.text and not _SIGN.search(element.text):
                element.text = AtomicString(element.text)


class _Unsought(unsought.Marks):
    """Works for MkDocs alone: Zensical resolves links in the text of a page, and would pass over those in a comment."""

    def run(self, root: Element) -> None:
        if _held(self.md, "file", "src_uri"):
            super().run(root)


class _Citations(Treeprocessor):
    """Gives the sources that the page cites their numbers, and lists them at its foot."""

    def __init__(self, md: Markdown, blocks: _Blocks) -> None:
        super().__init__(md)
        self._blocks = blocks

    def run(self, root: Element) -> None:
        if any(citations.is_citation(element) for element in root.iter()):
            citations.number(root, self._blocks.current.library.sources)


class _Roads(Treeprocessor):
    """Adds the ways on along the roads to a page that lies on some."""

    def __init__(self, md: Markdown, blocks: _Blocks) -> None:
        super().__init__(md)
        self._blocks = blocks

    def run(self, root: Element) -> None:
        page = self._blocks.current
        if page.path and root.find("section") is not None:
            try:
                root.extend(roads.ways(page.library, page.path))
            except PageError as mistake:
                root.append(_error("div", page.report(mistake)))


class _Sources(InlineProcessor):
    """`[@id]`: the text that the sentence rests on, as a small number."""

    def __init__(self, pattern: str, md: Markdown, blocks: _Blocks) -> None:
        super().__init__(pattern, md)
        self._blocks = blocks

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[Element, int, int]:  # type: ignore[override]  # noqa: N802, ARG002
        page = self._blocks.current
        try:
            element = citations.citation([page.library.source(m[1])])
        except PageError as mistake:
            element = _error("strong", page.report(mistake, text=m[0]))
        return element, m.start(), m.end()


class _Terms(InlineProcessor):
    """`[[term]]` or `[[words|term]]`: a link to the glossary."""

    def __init__(self, pattern: str, md: Markdown, blocks: _Blocks) -> None:
        super().__init__(pattern, md)
        self._blocks = blocks

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[Element, int, int]:  # type: ignore[override]  # noqa: N802, ARG002
        page = self._blocks.current
        words, _, name = m[1].replace(_BAR, "|").rpartition("|")
        try:
            element = links.term_link(page.library.term(name.strip()), (words or name).strip(), page.glossary)
        except PageError as mistake:
            element = _error("strong", page.report(mistake, text=m[0].replace(_BAR, "|")))
        return element, m.start(), m.end()


class _Signs(InlineProcessor):
    """`:listening-socket:`: a sign of the figures."""

    def __init__(self, pattern: str, md: Markdown, blocks: _Blocks) -> None:
        super().__init__(pattern, md)
        self._blocks = blocks

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[Element, int, int]:  # type: ignore[override]  # noqa: N802, ARG002
        try:
            element = signs.sign(m[1])
        except PageError as mistake:
            element = _error("strong", self._blocks.current.report(mistake, text=m[0]))
        return element, m.start(), m.end()


def _error(tag: str, message: str) -> Element:
    element = Element(tag, {"class": "socktrace-error"})
    inside = SubElement(element, "p") if tag == "div" else element
    inside.text = AtomicString(message)
    return element


class SocktraceExtension(Extension):
    """The extension. Its one setting is `root`, the checkout's top folder, relative to where the builder runs."""

    def __init__(self, **settings: Any) -> None:
        self.config = {"root": [".", "The checkout's top folder, relative to where the builder runs"]}
        super().__init__(**settings)

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        """Register the parts with a converter."""
        blocks = _Blocks(md, Path(self.getConfig("root")))
        # After included files and white space are settled (30), before other fences are looked for (25).
        md.preprocessors.register(blocks, "socktrace_blocks", 27)
        md.parser.blockprocessors.register(_Places(md.parser, blocks), "socktrace_places", 200)
        # After code in backticks (190) and backslashes (180), before links of every kind (170 and below).
        md.inlinePatterns.register(_Terms(r"\[\[([^\[\]]+)\]\]", md, blocks), "socktrace_terms", 175)
        md.inlinePatterns.register(_Sources(r"\[@([^\[\]\s]+)\]", md, blocks), "socktrace_sources", 174)
        md.inlinePatterns.register(_Signs(signs.PATTERN, md, blocks), "socktrace_signs", 173)
        # Before the words are read (20).
        md.treeprocessors.register(_Plain(md), "socktrace_plain", 21)
        # After the words are read (20), before MkDocs looks which anchors there are (5).
        md.treeprocessors.register(_Citations(md, blocks), "socktrace_citations", 6)
        # After the table of contents is made (5).
        md.treeprocessors.register(unlisted.Headings(md), "socktrace_headings", 4.7)
        # Before mkdocstrings hangs what it has made on the elements before it (4).
        md.treeprocessors.register(Skeleton(md), "socktrace_skeleton", 4.5)
        md.treeprocessors.register(_Roads(md, blocks), "socktrace_roads", 4.4)
        md.postprocessors.register(_Leftovers(md, blocks), "socktrace_leftovers", 5)
        md.postprocessors.register(_Hyphens(md), "socktrace_hyphens", 4)
        # After all else, MkDocs' links (0) included.
        md.treeprocessors.register(_Unsought(md), "socktrace_unsought", -10)
        md.postprocessors.register(unsought.Comments(md), "socktrace_comments", -10)


@cache
def _spare_the_collector() -> None:
    """Let Python look for garbage seldom, and not at the end, when all that the site is made of goes anyway."""
    gc.set_threshold(_OBJECTS)
    atexit.register(gc.freeze)


def makeExtension(**settings: Any) -> SocktraceExtension:  # noqa: N802
    """Return the extension; Python-Markdown looks for this name."""
    _spare_the_collector()
    return SocktraceExtension(**settings)
