"""What a page says of a run that readers can try with an edit made, on the lab's machine. Pure."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import PurePosixPath

from sitebuild.kit.library import Evidence, Library
from sitebuild.programs.what_ifs import Line
from socktrace.recording.declarations import declared_arguments

ATTRIBUTE = "data-live"
"""The attribute of an element in which there is something to try: the bench opens below it."""


_TLS = re.compile(r"^(import|from) ssl\b", re.MULTILINE)


def fits(evidence: Evidence) -> bool:
    """Say whether the lab's machine can run it: it has no TLS, so a program that imports `ssl` is not offered there."""
    return not any(_TLS.search(text) for text in (evidence.text, *evidence.beside))


def commands(evidence: Evidence) -> list[list[str]]:
    """Return the programs of a run, each as its file and its arguments, in the order in which they start."""
    texts = (evidence.text, *evidence.beside)
    names = [PurePosixPath(one.file or evidence.name).name for one in evidence.recording.programs]
    return [[name, *declared_arguments(text)] for name, text in zip(names, texts, strict=True)]


def told(evidence: Evidence, library: Library, page: str, lines: Sequence[Line] = ()) -> str:
    """Return the attribute's value: the id of the block that has the program, or the program if none of the page has.

    Args:
        evidence: The program as it is.
        library: What knows where it stands.
        page: The page.
        lines: Every line of the program and of its edit; none to try it as it is.
    """
    place = library.places.get(evidence.name)
    edit = [*changes(lines)]
    if place and place.page == page:
        what: dict[str, object] = {"of": place.anchor}
    else:
        starts = commands(evidence)
        texts = (evidence.text, *evidence.beside)
        what = {"files": [[words[0], text] for words, text in zip(starts, texts, strict=True)], "programs": starts}
    if edit:
        what["edit"] = edit
    return written(what)


def written(what: object) -> str:
    """Return something as JSON that Markdown leaves alone: in an attribute it takes `&lt;` for `<`."""
    return json.dumps(what, ensure_ascii=False, separators=(",", ":")).replace("&", "\\u0026")


def changes(lines: Sequence[Line]) -> Iterator[list[object]]:
    """Yield each change of an edit: the first line, how many lines go from there, and those that come."""
    at = 1
    for stays, group in groupby(lines, lambda line: line.mark == " "):
        some = [*group]
        gone = sum(line.mark != "+" for line in some)
        if not stays:
            yield [at, gone, *(line.text for line in some if line.mark == "+")]
        at += gone
