"""Pictures from the reader's world, which some figures compare sockets and ports with. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import svg

from sitebuild.figures.geometry import Box, Size
from sitebuild.figures.thing import CARD, COLOURS, Part, Thing, column, n, thing

_ROOF, _PAD, _RIM = 26, 16, 12


@dataclass(frozen=True, slots=True, eq=False)
class House(Thing):
    """A house; see `house`."""

    inner: Thing

    @property
    def size(self) -> Size:
        inner = self.inner.size
        return Size(inner.width + 2 * _PAD, inner.height + 2 * _PAD + _ROOF)

    def parts(self, box: Box) -> Iterator[tuple[Thing, Box]]:
        rooms = Box(box.left + _PAD, box.top + _ROOF + _PAD, box.width - 2 * _PAD, box.height - _ROOF - 2 * _PAD)
        yield self.inner, rooms.inside(self.inner.size, "middle", "middle")

    def paint(self, box: Box) -> Iterator[svg.Element]:
        eaves = n(box.top + _ROOF)
        walls = [
            svg.M(n(box.left + 1), n(box.bottom - 1)),
            svg.V(eaves),
            svg.L(n(box.middle[0]), n(box.top + 1)),
            svg.L(n(box.right - 1), eaves),
            svg.V(n(box.bottom - 1)),
            svg.Z(),
        ]
        yield svg.Path(d=[*walls], fill="none", stroke=COLOURS["control"], stroke_width=2)


def house(*content: Part) -> House:
    """Return a house, with things one below the other in it."""
    return House(column(*content, gap="some"))


@dataclass(frozen=True, slots=True, eq=False)
class Cup(Thing):
    """A cup that lies on its side; see `cup`."""

    inner: Thing
    to_right: bool

    @property
    def size(self) -> Size:
        inner = self.inner.size
        return Size(inner.width + 20, inner.height + 2 * _RIM)

    def parts(self, box: Box) -> Iterator[tuple[Thing, Box]]:
        yield self.inner, box.inside(self.inner.size, "middle", "middle")

    def paint(self, box: Box) -> Iterator[svg.Element]:
        wide, narrow = (box.left + 1, box.right - 1) if self.to_right else (box.right - 1, box.left + 1)
        corners = [
            svg.Point(n(wide), n(box.top + 1)),
            svg.Point(n(narrow), n(box.top + 8)),
            svg.Point(n(narrow), n(box.bottom - 8)),
            svg.Point(n(wide), n(box.bottom - 1)),
        ]
        yield svg.Polygon(points=corners, fill=CARD, stroke=COLOURS["control"], stroke_width=2)


def cup(content: Part, *, to_right: bool = True) -> Cup:
    """Return a cup on its side with something in it; its foot, where the string begins, is at one side."""
    return Cup(thing(content), to_right)
