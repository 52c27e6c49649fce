"""The report block: a wrong program, what Python says of it, and what `socktrace run` says. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath
from xml.etree.ElementTree import Element

from sitebuild.blocks.hunt import fold, verbatim
from sitebuild.kit.block import Block, Spot
from sitebuild.kit.library import Evidence, Library
from sitebuild.kit.places import Run
from sitebuild.kit.request import Request
from sitebuild.programs import faulty
from sitebuild.programs.store import Store
from sitebuild.reading.options import PageError
from socktrace.markup import append, element
from socktrace.report import Look, report

_WIDTH = 72
"""How many columns the report has: those of a small terminal."""

_GUIDE = """\
## A report

````markdown
```report
broken/answers_too_early.py
```
````

shows a program that is wrong, what it wrote when it was recorded, and what `socktrace run --no-ladder` says of that run, word for word.
"""


def said(evidence: Evidence) -> str:
    """Return what `socktrace run --no-ladder` says of a program in its own folder.

    Args:
        evidence: The program and its recording.
    """
    look = Look(width=_WIDTH, height=None, ladder=False)
    return _here(evidence, report(evidence.recording, faulty.found_in(evidence.recording), look))


def _here(evidence: Evidence, text: str) -> str:
    """Return a text as it were if the program had been run in its own folder."""
    return text.replace(evidence.recording.program, PurePosixPath(evidence.name).name)


class Report(Block[Evidence]):
    """A wrong program, what Python says of it, and what socktrace says."""

    name = "report"
    guide = _GUIDE

    def read(self, body: str, library: Library) -> Evidence:
        name = body.strip()
        if not faulty.is_faulty(name) or len(name.splitlines()) > 1:
            raise PageError("a report fence holds one program that is wrong, such as broken/answers_too_early.py")
        return library.wrong(name)

    def render(self, asked: Evidence, spot: Spot) -> Element:
        code, run = spot.programs
        frame = element("section.sk-bug", code, attributes={"aria-label": "A program that is wrong"})
        told = element("div.sk-happened", attributes={"data-search-exclude": ""})
        name = PurePosixPath(asked.name).name
        for command, text in (
            (f"python {name}", _here(asked, asked.recording.stdout + asked.recording.stderr)),
            (f"socktrace run --no-ladder {name}", said(asked)),
        ):
            verbatim(told, f"$ {command}", text)
        append(frame, told)
        fold(frame, "The run, call by call").append(run)
        return element("div.sk-hunt wide", frame)

    def requests(self, asked: Evidence, spot: Spot) -> tuple[Request, ...]:
        last = faulty.last_line(asked.text)
        return (
            Request(asked, ("code",), last, alone=False),
            Request(asked, ("ladder", "sockets"), bar=False, alone=False),
        )

    def runs(self, body: str, store: Store) -> Iterator[Run]:
        name = store.resolve(body.strip())
        yield from (Run(name, whole=True), Run(name, whole=False))

    def shows(self, asked: Evidence, library: Library) -> tuple[str]:
        return (asked.name,)


BLOCK = Report()
