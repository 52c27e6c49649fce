"""A small checkout made for a test, and what to look for in the pages that come of it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import Path
from types import SimpleNamespace

from bs4 import BeautifulSoup, Tag
from markdown import Extension, Markdown
from markdown.treeprocessors import Treeprocessor

from socktrace.recording import Recording, digest, to_json

PROGRAM = '''\
"""Hello goes out and comes back."""


def serve(listener):
    connection, _ = listener.accept()
    with connection:
        while data := connection.recv(1024):
            connection.sendall(data)


class Client:
    @property
    def peer(self):
        # socktrace: expect reset
        return "<b>&amp;"


def main():
    print("echo:", b"hello")
'''
GLOSSARY = """\
["listening socket"]
says = "A socket that `accept()` takes [[connections|connection]] from, as told [@rfc1]."
source = ["rfc1", "man2"]

["connection"]
says = "Two ends that talk."
source = "rfc1"

["TIME-WAIT"]
says = "The state of waiting."
source = "man2"
"""
SOURCES = """\
["rfc1"]
label = "RFC 1, section 10"
title = "Host <Software> & \\"more\\""
url = "https://example.org/?a=1&b=2"
read = "2026-11-22"
how = "stored copy"

["man2"]
label = "RFC 1, section 9"
title = "Nine"
url = "https://example.org/9"
read = "2026-11-22"
how = "stored copy"
"""


class _Place(Treeprocessor):
    """Stands for the processor at which a builder leaves the page that it renders, as Zensical does it."""

    def __init__(self, md: Markdown, path: str) -> None:
        super().__init__(md)
        self.page = SimpleNamespace(path=path)


class _Builder(Extension):
    def __init__(self, path: str) -> None:
        super().__init__()
        self._path = path

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        md.treeprocessors.register(_Place(md, self._path), "relpath", 0)


@dataclass
class Checkout:
    """A checkout with one snippet and one page.

    Args:
        root: Its top folder.
    """

    root: Path

    def write(self, path: str, text: str) -> None:
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")

    def snippet(self, name: str, text: str, did: Recording) -> None:
        self.write(f"snippets/{name}", text)
        did = replace(did, program=f"snippets/{name}", source=digest(text))
        self.write(f"docs/recordings/{name.removesuffix('.py')}.json", to_json(did))

    def html(self, text: str, *more: str, path: str = "deep/page.md") -> str:
        """Render a page as a builder does."""
        self.write(f"docs/{path}", text)
        extensions = ["tables", "admonition", "attr_list", "toc", "pymdownx.superfences", *more]
        settings = {"sitebuild.pages.extension": {"root": str(self.root)}}
        return Markdown(
            extensions=[*extensions, "sitebuild.pages.extension", _Builder(path)], extension_configs=settings
        ).convert(text)

    def page(self, text: str, *more: str, path: str = "deep/page.md") -> Tag:
        """Render a page and read the result."""
        return BeautifulSoup(f"<main>{self.html(text, *more, path=path)}</main>", "lxml").main or Tag(name="main")


def flaw(page: Tag, file: str) -> tuple[str, str]:
    """Return the first thing that a page says is wrong with a data file, and where in it."""
    place, words = text_of(page, ".socktrace-error").split("\n")[0].split(": ", 1)
    assert re.fullmatch(rf"docs/data/{file}:[1-9]\d*", place), place
    return words, place


def one(within: Tag, selector: str) -> Tag:
    found = within.select_one(selector)
    assert found is not None, selector
    return found


def text_of(within: Tag, selector: str, separator: str = "") -> str:
    return one(within, selector).get_text(separator).strip()


def fence(name: str, *lines: str, indent: str = "") -> str:
    return "\n".join(indent + line for line in (f"```{name}", *lines, "```")) + "\n"


SNIPPET = fence("snippet", "sockets/echo.py")
CLAIMS = """\
["C03"]
part = 2
said = "A `port` is a *plug*."
verdict = "wrong"
true = "It is a number."
why = "The word is the same [@man2]."
unproven = "A [[connection]] of metal."
picture = "mended"

["C02"]
part = 1
said = "Echoes echo."
verdict = "right with a caveat"
true = "A [[connection]] has two ends [@rfc1]."
why = "They seldom say more."
proof = ["sockets/echo.py"]

["C01"]
part = 2
said = "Two are two."
verdict = "right"
true = "So it is."
proof = ["sockets/echo.py"]
"""
PORTS = """\
["443/tcp"]
name = "https"
for = "Web pages over *TLS*"
encrypted = "yes"
source = ["rfc1", "man2"]

["53/udp"]
name = "domain"
for = "Names"
encrypted = "can be"
note = "A [[connection]] is `TCP` [@rfc1]."
source = ["rfc1"]

["53/tcp"]
name = "domain"
for = "Names"
encrypted = "no"
source = ["man2"]
"""
PREDICT = (
    "snippet: sockets/echo.py",
    "ask: What is `printed`?",
    "choices:",
    "  Nothing of [[connection]]s: \"echo: b''\"",
    "  Yes: \"echo: b'hello'\"",
    "why: Because of [@rfc1].",
)
