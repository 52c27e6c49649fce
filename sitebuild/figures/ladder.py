"""Two lifelines with what goes between them: made up, or drawn from a recording. Pure."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import Literal

import svg

from sitebuild.figures import links
from sitebuild.figures.errors import FigureError
from sitebuild.figures.geometry import Box, Size
from sitebuild.figures.links import Dash, Pen
from sitebuild.figures.thing import COLOURS, Gap, Part, Text, Thing, Tone, n, px, rectangle, text, thing
from socktrace.ladder import draw
from socktrace.recording import Recording
from socktrace.wording import preview

_SLOPE = 7
"""How far a message sinks on its way, in px."""

_PARTED = 10
"""How far phases stand apart, in px."""

_WALL = 10
"""How thick a firewall is, in px."""


Reach = float | Literal["wall"]
"""How far along its way a message is: a share of it, or the firewall that stands there."""


@dataclass(frozen=True, slots=True)
class Message:
    """Something that goes from one lifeline to the other; see `message` and `pause`."""

    words: Text | None
    to: Literal["left", "right", ""]
    tone: Tone = "control"
    dash: Dash = "solid"
    left: Text | None = None
    right: Text | None = None
    reach: Reach = 1
    begin: Reach = 0

    @property
    def high(self) -> float:
        """How much room it takes downwards, in px."""
        notes = [note.size.height + 6 for note in (self.left, self.right) if note]
        label = self.words.size.height if self.words else 0
        return max([label + (_SLOPE + 9 if self.to else 8), *notes])


def message(
    words: str,
    to: Literal["left", "right"] = "right",
    *,
    tone: Tone = "control",
    dash: Dash = "solid",
    left: str = "",
    right: str = "",
    reach: Reach = 1,
    begin: Reach = 0,
) -> Message:
    """Return a message of a ladder.

    Args:
        words: What it says.
        to: The lifeline that it goes to.
        tone: What it is: `data`, `control` or `end`.
        dash: Whether its line is solid.
        left: What stands beside it at the left lifeline, a state or a call.
        right: What stands beside it at the right lifeline.
        reach: Which share of the way it comes; 1 is all of it, `wall` as far as the firewall.
        begin: Which share of the way lies behind it where it begins; 0 is none, `wall` begins at the firewall.
    """
    return Message(_small(words), to, tone, dash, _small(left), _small(right), reach, begin)


def pause(words: str = "\u2026", *, left: str = "", right: str = "", reach: Reach = 1) -> Message:
    """Return a place between messages where none goes, with words that say why; see `message`."""
    return Message(_small(words), "", left=_small(left), right=_small(right), reach=reach)


def _small(words: str) -> Text | None:
    return text(words, small=True) if words else None


def recorded(recording: Recording, conversation: int = 1, *, acks: bool = False, states: bool = False) -> list[Message]:
    """Return the packets of a conversation that was recorded, in order.

    Args:
        recording: What a program did.
        conversation: Which of its conversations, counted from 1.
        acks: Whether packets that acknowledge and do nothing else are among them; that of the handshake always is.
        states: Whether the state that a packet leads to stands beside it, at the end whose state it is.
    """
    steps = [step for step in draw(recording).sections[conversation - 1].steps if step.kind in ("packet", "kernel")]
    found: list[Message] = []
    for number, step in enumerate(steps):
        shake = 0 < number < 3 and "SYN" in steps[number - 1].label
        if step.tone == "ack" and not shake and not acks:
            continue
        tone: Tone = {"data": "data", "end": "end", "icmp": "end"}.get(step.tone, "control")  # type: ignore[assignment]
        words = f"{step.label}: `{preview(step.data)}`" if preview(step.data) else step.label
        left, right = (_state(step.left), _state(step.right)) if states else ("", "")
        found.append(message(words, "right" if step.side == "left" else "left", tone=tone, left=left, right=right))
    return found


def _state(name: str) -> str:
    return name and f"`{name}`"


@dataclass(frozen=True, slots=True)
class Phase:
    """A part of a ladder with a name: how many messages it has, and what stands beside them."""

    messages: int
    words: Text


def phase(messages: int, words: str) -> Phase:
    """Return a part of a ladder.

    Args:
        messages: How many messages it has.
        words: Its name, which stands at the right beside a bracket.
    """
    return Phase(messages, text(words, align="start"))


@dataclass(frozen=True, slots=True, eq=False)
class Ladder(Thing):
    """Two lifelines; see `ladder`."""

    heads: tuple[Thing, Thing]
    messages: tuple[Message, ...]
    phases: tuple[Phase, ...]
    apart: float
    wall: float
    foot: Text | None
    least: float = 0

    def _margins(self) -> tuple[float, float]:
        """Return how much room is needed left of the left lifeline, and right of the right one."""
        left = [note.size.width + 8 for one in self.messages if (note := one.left)]
        right = [note.size.width + 8 for one in self.messages if (note := one.right)]
        return (
            max([self.heads[0].size.width / 2, *left]),
            max([self.heads[1].size.width / 2, *right]),
        )

    @property
    def _top(self) -> float:
        return max(head.size.height for head in self.heads) + 4

    @property
    def _rows(self) -> list[float]:
        """Return where each message begins, and the last one ends, counted from the first; phases stand apart."""
        parted = {first for _, first, _ in self._spans()} - {0}
        highs = (one.high + (_PARTED if number in parted else 0) for number, one in enumerate(self.messages, 1))
        return list(accumulate(highs, initial=0.0))

    @property
    def long(self) -> float:
        """How long the lifelines are, in px."""
        return max(self._rows[-1], self.least)

    @property
    def size(self) -> Size:
        left, right = self._margins()
        phases = max((one.words.size.width + 22 for one in self.phases), default=0)
        foot = self.foot.size.height + 6 if self.foot else 0
        wide = max(left + self.apart + right + phases, self.foot.size.width if self.foot else 0)
        return Size(wide, self._top + self.long + 10 + foot)

    def _lifelines(self, box: Box) -> tuple[float, float, float]:
        """Return where the two lifelines and the brackets are, from left to right."""
        margins = self._margins()
        phases = max((one.words.size.width + 22 for one in self.phases), default=0)
        left = box.left + (box.width - sum(margins) - self.apart - phases) / 2 + margins[0]
        return left, left + self.apart, left + self.apart + margins[1] + 8

    def parts(self, box: Box) -> Iterator[tuple[Thing, Box]]:
        left, right, bracket = self._lifelines(box)
        for head, x in zip(self.heads, (left, right), strict=True):
            yield head, Box(x - head.size.width / 2, box.top + self._top - 4 - head.size.height, *_pair(head.size))
        rows = self._rows
        for one, top in zip(self.messages, rows, strict=False):
            y = box.top + self._top + top
            if one.words:
                size = one.words.size
                middle = sum(self._way(one, left)) / 2
                yield one.words, Box(middle - size.width / 2, y + 3, *_pair(size))
            for note, at in ((one.left, "end"), (one.right, "start")):
                if note:
                    x = left - 8 - note.size.width if at == "end" else right + 8
                    down = y + (one.high - note.size.height) / 2 + 2
                    yield note, Box(x, down, *_pair(note.size), "end" if at == "end" else "start")
        for part, begin, end in self._spans():
            apart = _PARTED if end < len(self.messages) else 0
            middle = box.top + self._top + (rows[begin] + rows[end] - apart) / 2 + 4
            size = part.words.size
            yield part.words, Box(bracket + 12, middle - size.height / 2, *_pair(size), "start")
        if self.foot:
            place = Box(box.left, box.bottom - self.foot.size.height, box.width, self.foot.size.height)
            yield self.foot, place.inside(self.foot.size, "middle", "start")

    def _way(self, one: Message, left: float) -> tuple[float, float]:
        """Return where a message begins and ends, from left to right."""
        right = left + self.apart
        begin, end = (right, left) if one.to == "left" else (left, right)
        ahead = math.copysign(1, end - begin)

        def at(reach: Reach, free: float) -> float:
            if reach == "wall":
                return left + self.apart * self.wall + free * (_WALL / 2 + 2)
            return begin + (end - begin) * reach + free * 2

        return at(one.begin, ahead), at(one.reach, -ahead)

    def _spans(self) -> Iterator[tuple[Phase, int, int]]:
        """Yield each phase with the number of its first message, and of the one after its last."""
        at = 0
        for part in self.phases:
            yield part, at, at + part.messages
            at += part.messages

    def paint(self, box: Box) -> Iterator[svg.Element]:
        left, right, bracket = self._lifelines(box)
        rows = self._rows
        top = box.top + self._top
        for x in (left, right):
            ends = [svg.M(n(x), n(top)), svg.V(n(top + self.long + 8))]
            yield svg.Path(d=[*ends], stroke=COLOURS["control"], stroke_width=2)
        if self.wall:
            x = left + self.apart * self.wall
            yield rectangle(Box(x - _WALL / 2, top, _WALL, self.long + 8), "none", fill=COLOURS["end"])
        for one, down in zip(self.messages, rows, strict=False):
            if one.to:
                y = top + down + (one.words.size.height if one.words else 0) + 5
                begin, end = self._way(one, left)
                sinks = _SLOPE * abs(end - begin) / self.apart
                yield from links.stroke([(begin, y), (end, y + sinks)], Pen(one.tone, one.dash))
        for _, first, last in self._spans():
            apart = _PARTED if last < len(self.messages) else 0
            begin, end = top + rows[first] + 8, top + rows[last] + 2 - apart
            shape = [svg.M(n(bracket), n(begin)), svg.h(5), svg.V(n(end)), svg.h(-5)]
            yield svg.Path(d=[*shape], fill="none", stroke=COLOURS["control"], stroke_width=1.5)


def _pair(size: Size) -> tuple[float, float]:
    return size.width, size.height


def ladder(
    left: Part,
    right: Part,
    messages: Iterable[Message],
    *,
    phases: Sequence[Phase] = (),
    apart: Gap | None = None,
    wall: float = 0,
    foot: str = "",
) -> Ladder:
    """Return two lifelines with messages between them.

    Args:
        left: What stands above the left lifeline, as `column("**client**", connected(), port(50312))`.
        right: What stands above the right one.
        messages: What goes between them, from top to bottom: `message(...)`, `pause(...)`, `*recorded(...)`.
        phases: The parts of it, with a bracket and a name at the right.
        apart: How far the lifelines are apart; so far that every message has room if not given.
        wall: Where a firewall stands, as a share of the way from left to right; 0 for none.
        foot: What stands below.

    Raises:
        FigureError: The phases have more or fewer messages than there are.
    """
    every = tuple(messages)
    if phases and sum(part.messages for part in phases) != len(every):
        counted = sum(part.messages for part in phases)
        raise FigureError(f"the phases have {counted} messages and the ladder {len(every)}; count them again")
    widest = max((one.words.size.width for one in every if one.words), default=0)
    far = max(widest + 50, px("vast")) if apart is None else px(apart)
    heads = thing(left), thing(right)
    return Ladder(heads, every, tuple(phases), far, wall, text(foot) if foot else None)


def level(*ladders: Ladder) -> list[Ladder]:
    """Return ladders made as long as the longest of them."""
    return [replace(one, least=max(other.long for other in ladders)) for one in ladders]
