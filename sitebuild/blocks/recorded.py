"""The block that counts what was recorded, so that no page has to say a number that the next program makes wrong."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from sitebuild.kit.block import Block, Spot
from sitebuild.kit.library import Library
from sitebuild.reading.options import PageError, guess

_COUNTED = ("runs", "sockets", "packets")
_FIELD = re.compile(r"\{([^{}]*)\}")

_GUIDE = """\
## What was recorded, counted

````markdown
```recorded
Of {runs} runs with {sockets} sockets and {packets} packets, every one can be opened.
```
````

prints the sentence with the numbers of this checkout in it.
"""


def read(body: str) -> str:
    """Read a recorded fence.

    Args:
        body: What stands in it: a sentence with `{runs}`, `{sockets}` or `{packets}`.

    Raises:
        PageError: It counts nothing, or something else.
    """
    asked = _FIELD.findall(body)
    for name in asked:
        if name not in _COUNTED:
            raise PageError(f"nobody counts {{{name}}}{guess(name, _COUNTED)}")
    if not asked:
        raise PageError("a recorded fence is a sentence with {runs}, {sockets} or {packets} in it")
    return body.strip()


def counted(library: Library) -> dict[str, int]:
    """Return how many runs, sockets and packets the recordings of a checkout hold.

    Args:
        library: The checkout.

    Raises:
        PageError: A recording is missing, damaged or stale.
    """
    programs = [library.evidence(name) for name in library.store.names()]
    programs += [library.wrong(name) for name in library.store.faulty()]
    programs += [library.edited(name).evidence for name in library.store.what_ifs()]
    runs = [program.recording for program in programs]
    return {
        "runs": len(runs) + len(library.store.sessions()),
        "sockets": sum(len(run.sockets) for run in runs),
        "packets": sum(len(run.packets) for run in runs),
    }


class Counted(Block[str]):
    """A sentence with the numbers of runs, sockets and packets in it."""

    name = "recorded"
    guide = _GUIDE
    prose = True

    def read(self, body: str, library: Library) -> str:
        return read(body)

    def render(self, asked: str, spot: Spot) -> Element:
        numbers = counted(spot.library)
        sentence = Element("p", {"class": "sk-counted"})
        sentence.text = _FIELD.sub(lambda field: f"{numbers[field[1]]:,}", asked)
        return sentence


BLOCK = Counted()
