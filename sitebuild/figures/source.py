"""Draws a figure from its source, the text of a module under `docs/figures/`.

The module is run from its text, never imported, so a changed source is seen at once.
"""

from __future__ import annotations

import re
import traceback
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import CodeType
from typing import Any
from xml.etree.ElementTree import Element, tostring

from sitebuild import figures
from sitebuild.figures.errors import FigureError
from sitebuild.figures.naming import Naming
from sitebuild.figures.sheet import Sheet
from sitebuild.figures.tree import tree
from sitebuild.reading.options import guess

WIDE, NARROW = 700, 288
"""How wide the two drawings are at most, in px. A source may name a larger `WIDE`, up to `WIDEST`."""

WIDEST = 1000

_LOW = 0.28  # of its width: at the width of an answer, some 220 px


@dataclass(frozen=True, slots=True)
class Drawn:
    """A figure.

    Args:
        wide: The drawing for wide screens, as SVG.
        narrow: The drawing for phones, as SVG.
        scene: Whether it is wider than the text of a page.
        low: Whether the wide drawing takes no more height than a few lines of text.
    """

    wide: str
    narrow: str
    scene: bool
    low: bool


@dataclass(frozen=True, slots=True)
class Source:
    """What the module of a figure says.

    Args:
        place: Its file, for messages.
        title: What it shows, in a few words.
        description: All that it shows, for those who do not see it.
        draw: What draws it.
        wide: How wide the wide drawing may be, in px.
        recording: The program or session whose recording it draws from, or `""`.
        text: The text of the module.
    """

    place: str
    title: str
    description: str
    draw: Callable[..., None]
    wide: float
    recording: str
    text: str


def read(place: str, text: str) -> Source:
    """Run the module of a figure, which draws nothing yet.

    Args:
        place: Its file, for messages, such as `docs/figures/sockets/two_kinds_of_server_socket.py`.
        text: What stands in it.

    Raises:
        FigureError: It cannot be run, or lacks a part; the message begins with file and line.
    """
    names: dict[str, Any] = {"__name__": place.removesuffix(".py").replace("/", ".")}
    try:
        code: CodeType = compile(text, place, "exec")
        exec(code, names)
    except SyntaxError as error:
        raise FigureError(f"{place}:{error.lineno or 1}: {error.msg}") from error
    except Exception as error:
        raise FigureError(_placed(place, text, error)) from error
    for name, mend in (
        ("TITLE", 'TITLE = "What it shows, in a few words"'),
        ("DESCRIPTION", 'DESCRIPTION = "All that it shows, for those who do not see it."'),
        ("draw", "def draw(sheet: Sheet) -> None:"),
    ):
        if not names.get(name):
            raise FigureError(f"{place}:1: a figure needs {name}; write {mend}")
    wide = names.get("WIDE", WIDE)
    if not isinstance(wide, int) or not NARROW < wide <= WIDEST:
        raise FigureError(f"{place}:1: WIDE is a number of px up to {WIDEST}, not {wide!r}")
    description = " ".join(names["DESCRIPTION"].split())
    return Source(place, names["TITLE"], description, names["draw"], wide, str(names.get("RECORDING", "")), text)


def drawn(source: Source, id: str, *given: object) -> Drawn:
    """Draw a figure on both sheets.

    Args:
        source: The figure.
        id: What the ids in it begin with, unique on the page.
        given: What its `draw` takes besides the sheet: the recording, if it names one.

    Raises:
        FigureError: It cannot be drawn; the message begins with file and line.
    """
    drawings: list[Element] = []
    mistakes: dict[str, str] = {}
    for sheet, letter in ((Sheet(source.wide, narrow=False), "w"), (Sheet(NARROW, narrow=True), "n")):
        try:
            drawings.append(_one(source, sheet, f"{id}-{letter}", given))
        except FigureError as error:
            mistakes[sheet.name] = str(error)
    for name, mistake in mistakes.items():
        on_both = len(mistakes) == 2 and len({*mistakes.values()}) == 1
        raise FigureError(mistake if on_both or f"{name} sheet" in mistake else f"{mistake} (on the {name} sheet)")
    wide, narrow = (tostring(drawing, encoding="unicode") for drawing in drawings)
    return Drawn(wide, narrow, source.wide > WIDE, _is_low(drawings[0]))


def _is_low(drawing: Element) -> bool:
    *_, width, height = map(float, drawing.get("viewBox", "").split())
    return height < _LOW * width


def _one(source: Source, sheet: Sheet, id: str, given: tuple[object, ...]) -> Element:
    try:
        source.draw(sheet, *given)
        return tree(sheet.drawing(Naming(id, source.title, source.description)))
    except Exception as error:
        raise FigureError(_placed(source.place, source.text, error)) from error


def _placed(place: str, text: str, error: Exception) -> str:
    """Return what is wrong, with the line of the figure's source that led to it."""
    frames = [one for one in traceback.walk_tb(error.__traceback__) if one[0].f_code.co_filename == place]
    line = frames[-1][1] if frames else 1
    if isinstance(error, FigureError):
        return f"{place}:{line}: {error}"
    known = {**frames[-1][0].f_globals, **frames[-1][0].f_locals} if frames else {}
    hint = _meant(error, known) or f"; look at this line: {text.splitlines()[line - 1].strip()}"
    said = _FROM.sub("", str(error))
    return f"{place}:{line}: {type(error).__name__}: {said}{hint}"


_MISSING = re.compile(r"cannot import name '(.+?)' from 'sitebuild.figures'")
_FROM = re.compile(r" \(.*__init__\.py\)$|(?<='). Did you mean: .*$")
"""What Python adds, or not: where a package lies, and its own guess."""


def _meant(error: Exception, known: Mapping[str, object]) -> str:
    """Return which name was meant, or `""`."""
    if isinstance(error, ImportError) and (missing := _MISSING.match(str(error))):
        return guess(missing[1], figures.__all__)
    if isinstance(error, AttributeError):
        return guess(error.name or "", dir(error.obj))
    if isinstance(error, NameError) and error.name in figures.__all__:
        return f"; write from sitebuild.figures import {error.name}"
    return guess(error.name or "", (*known, *figures.__all__)) if isinstance(error, NameError) else ""
