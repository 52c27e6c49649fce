"""What data looks like: bytes in boxes, the fields of a header to scale, bits on a wire. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import svg

from sitebuild.figures import links
from sitebuild.figures.errors import FigureError
from sitebuild.figures.geometry import Box, Size
from sitebuild.figures.links import Pen
from sitebuild.figures.thing import (
    CARD,
    COLOURS,
    LIT,
    MONO,
    TAG,
    Gap,
    Line,
    Text,
    Thing,
    Tone,
    n,
    px,
    rectangle,
    row,
    text,
)

# -- bytes -------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, eq=False)
class Octet(Thing):
    """One byte; see `octets`."""

    letter: str
    tone: Tone
    dashed: bool
    small: bool

    @property
    def size(self) -> Size:
        return Size(17.5 if self.small else 26, 30)

    def paint(self, box: Box) -> Iterator[svg.Element]:
        yield rectangle(
            box, COLOURS[self.tone], 1.5 if self.dashed else 2, fill=CARD, round=4, dashed="fine" if self.dashed else ""
        )
        if self.letter.strip():
            x, y = box.middle
            yield svg.Text(x=n(x), y=n(y + 5), text=self.letter, font_family=MONO, text_anchor="middle")


def octets(letters: str, *, tone: Tone = "data", dashed: bool = False, small: bool = False) -> Line:
    """Return bytes, a box for each.

    Args:
        letters: What stands in them, a letter for each; a blank leaves a box empty.
        tone: The colour of their outlines.
        dashed: Whether these are dashed: bytes that belong to the frame, not to the message.
        small: Whether the boxes are narrow.
    """
    return row(*(Octet(letter, tone, dashed, small) for letter in letters), gap=1)


@dataclass(frozen=True, slots=True, eq=False)
class Letters(Thing):
    """Bytes in a row; see `piece` and `stream`."""

    letters: str
    cut: bool
    small: bool

    @property
    def size(self) -> Size:
        return Size((20 if self.small else 30) * len(self.letters), 30)

    def paint(self, box: Box) -> Iterator[svg.Element]:
        if self.cut:
            inner = Box(box.left + 2, box.top, box.width - 4, box.height)
            yield rectangle(inner, COLOURS["data"], 2, fill=CARD, round=4)
        else:
            for y in (box.top, box.bottom):
                rule = [svg.M(n(box.left), n(y)), svg.H(n(box.right))]
                yield svg.Path(d=[*rule], stroke=COLOURS["control"], stroke_width=2)
        pitch = box.width / len(self.letters)
        for number, letter in enumerate(self.letters):
            x, y = box.left + pitch * (number + 0.5), box.middle[1] + 5
            yield svg.Text(x=n(x), y=n(y), text=letter, font_family=MONO, text_anchor="middle")


def piece(letters: str, *, small: bool = False) -> Letters:
    """Return bytes that one call writes or reads: a box around all of them."""
    return Letters(letters, cut=True, small=small)


def stream(letters: str, *, small: bool = False) -> Letters:
    """Return bytes in a stream: in a row between two lines, with no mark between them."""
    return Letters(letters, cut=False, small=small)


# -- headers -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, eq=False)
class Field(Thing):
    """A field of a header; see `field`."""

    words: Text
    bits: int
    strong: bool
    wide: float = 0

    @property
    def size(self) -> Size:
        return Size(self.wide, 28)

    def parts(self, box: Box) -> Iterator[tuple[Thing, Box]]:
        yield self.words, box.inside(self.words.size, "middle", "middle")

    def paint(self, box: Box) -> Iterator[svg.Element]:
        stroke = COLOURS["port" if self.strong else "control"]
        yield rectangle(box, stroke, 2.5 if self.strong else 1, fill=TAG if self.strong else CARD)


def field(words: str, bits: int, *, strong: bool = False) -> Field:
    """Return a field of a header.

    Args:
        words: Its name.
        bits: How many it has.
        strong: Whether it is what the figure is about.
    """
    return Field(text(words, small=True), bits, strong)


@dataclass(frozen=True, slots=True, eq=False)
class Header(Thing):
    """Fields to scale; see `header`."""

    rows: tuple[tuple[Field, ...], ...]
    wide: float
    bits: int

    @property
    def size(self) -> Size:
        return Size(self.wide, 28 * len(self.rows))

    def parts(self, box: Box) -> Iterator[tuple[Thing, Box]]:
        for number, fields in enumerate(self.rows):
            at = 0
            for one in fields:
                left, wide = box.left + self.wide * at / self.bits, self.wide * one.bits / self.bits
                yield one, Box(left, box.top + 28 * number, wide, 28)
                at += one.bits


def header(rows: Iterable[Sequence[Field]], *, across: float, bits: int = 32) -> Header:
    """Return the fields of a header, as wide as they are long.

    Args:
        rows: The rows, each with its fields.
        across: How wide all of it is; `sheet.across`.
        bits: How many stand in a row.

    Raises:
        FigureError: A row has more or fewer bits.
    """
    every = tuple(map(tuple, rows))
    for number, fields in enumerate(every, 1):
        count = sum(one.bits for one in fields)
        if count != bits:
            raise FigureError(
                f"row {number} of the header has {count} bits, not {bits}; mend the lengths of its fields"
            )
    return Header(every, across, bits)


# -- signals -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, eq=False)
class Wave(Thing):
    """A signal; see `wave`."""

    bits: str
    pitch: float
    high: float
    tone: Tone
    words: tuple[str, ...]

    @property
    def size(self) -> Size:
        return Size(self.pitch * len(self.bits) + 2, self.high + 3 + (20 if self.words else 0))

    def paint(self, box: Box) -> Iterator[svg.Element]:
        levels = [box.top + 1.5 + (0 if bit == "1" else self.high) for bit in self.bits]
        path: list[svg.PathData] = [svg.M(n(box.left + 1), n(levels[0]))]
        for number, level in enumerate(levels, 1):
            path += [svg.V(n(level)), svg.h(n(self.pitch))] if number > 1 else [svg.h(n(self.pitch))]
        yield svg.Path(d=path, fill="none", stroke=COLOURS[self.tone], stroke_width=2.5)
        for number, word in enumerate(self.words):
            x = box.left + 1 + self.pitch * (number + 0.5)
            yield svg.Text(x=n(x), y=n(box.bottom - 3), text=word, font_family=MONO, text_anchor="middle")


def wave(bits: str, *, small: bool = False, named: bool = False, tone: Tone = "data") -> Wave:
    """Return a signal that is high for each `1` and low for each `0`.

    Args:
        bits: The bits in the order of time.
        small: Whether it is drawn small.
        named: Whether each bit stands below it.
        tone: Its colour.
    """
    return Wave(bits, 12 if small else 28, 26 if small else 34, tone, tuple(bits) if named else ())


# -- packets by their fields -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, eq=False)
class Layers(Thing):
    """A packet with a line for each of its fields; see `layers`."""

    fields: tuple[tuple[Text, Tone], ...]
    spent: int
    lit: int
    bare: bool

    @property
    def _high(self) -> float:
        return 7 if self.bare else 24

    @property
    def size(self) -> Size:
        wide = 26 if self.bare else max(words.size.width for words, _ in self.fields) + 10
        return Size(wide, self._high * len(self.fields))

    def _rows(self, box: Box) -> Iterator[tuple[Text, Tone, Box]]:
        for number, (words, tone) in enumerate(self.fields):
            yield words, tone, Box(box.left, box.top + number * self._high, box.width, self._high)

    def parts(self, box: Box) -> Iterator[tuple[Thing, Box]]:
        for words, _, place in self._rows(box):
            if not self.bare:
                yield words, place.inside(words.size, "middle", "middle")

    def paint(self, box: Box) -> Iterator[svg.Element]:
        rows = list(self._rows(box))
        decide = slice(self.spent, self.spent + self.lit)
        for number, (_, tone, place) in enumerate(rows):
            yield rectangle(place, COLOURS["soft" if number < self.spent else tone], 1, fill=CARD)
        for _, tone, place in rows[decide]:
            yield rectangle(place, COLOURS[tone], 1.5 if self.bare else 2.5, fill=LIT)


def layers(*fields: tuple[str, Tone], spent: int = 0, lit: int = 0, bare: bool = False) -> Layers:
    """Return a packet with a line for each of its fields.

    Args:
        fields: Each with its words and its colour.
        spent: How many of the first ones are pale: they have decided before.
        lit: How many of the next ones are lit: they decide here.
        bare: Whether it is drawn small and without words.
    """
    pale = [text(words, small=True, tone="muted") for words, _ in fields[:spent]]
    rest = [text(words, small=True) for words, _ in fields[spent:]]
    drawn = tuple(zip(pale + rest, (tone for _, tone in fields), strict=True))
    return Layers(drawn, spent, lit, bare)


_NAMES, _SWING, _DIGITS, _TIME = 26, 34, 34, 28
"""How much room the names of a signal's parts, its swing, its digits and the arrow of time take, in px."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of a signal; see `stretch`."""

    words: Text | None
    bits: str
    tone: Tone
    dotted: bool


def stretch(words: str, bits: str, *, tone: Tone = "data", dotted: bool = False) -> Stretch:
    """Return a part of a signal.

    Args:
        words: Its name, which stands above it.
        bits: Its bits in the order of time.
        tone: Its colour.
        dotted: Whether it lasts for some time, not for so many bits; these get no digits.
    """
    return Stretch(text(words, small=True) if words else None, bits, tone, dotted)


@dataclass(frozen=True, slots=True, eq=False)
class Signal(Thing):
    """A signal with named parts; see `signal`."""

    stretches: tuple[Stretch, ...]
    pitch: float

    @property
    def size(self) -> Size:
        return Size(self.pitch * sum(len(one.bits) for one in self.stretches), _NAMES + _SWING + _DIGITS + _TIME)

    def _each(self, box: Box) -> Iterator[tuple[Stretch, float, float]]:
        """Yield each part with its left end and its width."""
        left = box.left
        for one in self.stretches:
            wide = self.pitch * len(one.bits)
            yield one, left, wide
            left += wide

    def parts(self, box: Box) -> Iterator[tuple[Thing, Box]]:
        for one, left, wide in self._each(box):
            if one.words:
                yield one.words, Box(left, box.top, wide, _NAMES).inside(one.words.size, "middle", "start")
        time = text("time", small=True)
        yield time, box.inside(time.size, "middle", "end")

    def paint(self, box: Box) -> Iterator[svg.Element]:
        top = box.top + _NAMES
        levels = {"1": top, "0": top + _SWING}
        before = self.stretches[0].bits[0]
        for one, left, wide in self._each(box):
            if not one.dotted:
                shade = rectangle(Box(left, top - 4, wide, _SWING + 8), "none", fill=COLOURS[one.tone])
                shade.fill_opacity = 0.1
                yield shade
                yield from self._digits(one.bits, left, top + _SWING + 22)
            path: list[svg.PathData] = [svg.M(n(left), n(levels[before]))]
            for bit in one.bits:
                path += [svg.V(n(levels[bit])), svg.h(n(self.pitch))]
            yield svg.Path(
                d=path,
                fill="none",
                stroke=COLOURS[one.tone],
                stroke_width=3,
                stroke_dasharray=[3, 3] if one.dotted else None,
            )
            before = one.bits[-1]
        y = box.bottom - _TIME + 6
        yield from links.stroke([(box.left, y), (box.right, y)], Pen("control"))

    def _digits(self, bits: str, left: float, y: float) -> Iterator[svg.Element]:
        for number, bit in enumerate(bits):
            x = left + self.pitch * (number + 0.5)
            yield svg.Text(x=n(x), y=n(y), text=bit, font_family=MONO, text_anchor="middle")


def signal(*stretches: Stretch, across: float) -> Signal:
    """Return a signal over time that is high for each `1` and low for each `0`, with named parts.

    Args:
        stretches: Its parts: `stretch(...)`.
        across: How wide it is; `sheet.across`.
    """
    return Signal(stretches, across / sum(len(one.bits) for one in stretches))


@dataclass(frozen=True, slots=True, eq=False)
class Voltage(Thing):
    """A voltage that stays; see `voltage`."""

    volts: float
    of: float
    wide: float

    @property
    def size(self) -> Size:
        return Size(self.wide, 68)

    def _scale(self, box: Box) -> tuple[float, list[tuple[float, Text]]]:
        """Return where the scale stands, and each mark on it with its words."""
        marks = [
            (box.bottom - 9 - (box.height - 18) * volts / self.of, text(words, small=True))
            for volts, words in ((self.of, f"{self.of:g} V"), (self.volts, f"**{self.volts:g} V**"), (0, "0"))
        ]
        return box.left + max(words.size.width for _, words in marks) + 6, marks

    def parts(self, box: Box) -> Iterator[tuple[Thing, Box]]:
        left, marks = self._scale(box)
        for y, words in marks:
            size = words.size
            yield words, Box(left - 6 - size.width, y - size.height / 2, size.width, size.height, "end")

    def paint(self, box: Box) -> Iterator[svg.Element]:
        left, ((high, _), (level, _), (low, _)) = self._scale(box)
        axes = [svg.M(n(left), n(high)), svg.V(n(low)), svg.H(n(box.right))]
        yield svg.Path(d=[*axes], fill="none", stroke=COLOURS["control"], stroke_width=1.5)
        for y, pen in ((high, Pen("control", "dashed", "none", weight=1)), (level, Pen("data", head="none"))):
            yield from links.stroke([(left, y), (box.right, y)], pen)


def voltage(volts: float, of: float, *, across: Gap) -> Voltage:
    """Return a voltage that stays for a while, on a scale that begins at 0.

    Args:
        volts: How high it is.
        of: How high it can be.
        across: How wide it is.
    """
    return Voltage(volts, of, px(across))
