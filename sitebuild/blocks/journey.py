"""The block of a message on its way: what it meets from the plug to the program, which each reads a part of it.

Without scripts it stands there as it is when the message has arrived. `docs/assets/journey.js` sends it again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement

from markdown.util import AtomicString

from sitebuild.kit.block import Block, Spot
from sitebuild.kit.library import Library
from sitebuild.markup.signs import PATTERN, sign
from sitebuild.reading import options
from sitebuild.reading.options import PageError, Value, guess
from socktrace.markup import append, element

PLACES = {"case": "", "kernel": "the kernel", "program": "your program"}
"""Where a stop can lie, and what the frame around the stops there is called."""

_STOP = ("name", "in", "ask", "signs", "reads")

_GUIDE = """\
## A message on its way

````markdown
```journey
word: hello
stops:
  - name: "[port number](ports/why-ports-exist.md)"
    in: kernel
    ask: Which port?
    signs: [port-22, port-8080, port-443]
    reads: [to port 8080]
```
````

draws what a message meets from the plug to the program: `in` is `case`, `kernel` or `program`. Of three `signs` the middle one is taken; a sign is one of those below, or the text in a box. `reads` are the parts of the packet that decide there, of which one may be read again at a later stop. The last stop gets the word.
"""


@dataclass(frozen=True, slots=True)
class Stop:
    """What a message meets.

    Args:
        name: What it is called, in Markdown.
        place: One of `PLACES`.
        ask: The question that it asks, or `""`.
        signs: What is drawn there: one sign, or three of which the middle one is taken.
        reads: The parts of the packet that answer the question, some of them perhaps for the second time.
    """

    name: str
    place: str
    ask: str
    signs: tuple[str, ...]
    reads: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Way:
    """A message and its stops.

    Args:
        word: What arrives.
        stops: The stops, in order.
    """

    word: str
    stops: tuple[Stop, ...]


def read(body: str) -> Way:
    """Read a journey fence.

    Args:
        body: What stands in it.

    Raises:
        PageError: It lacks something, or a stop lies nowhere.
    """
    value = options.parse(body)
    if not isinstance(value, dict):
        raise PageError("a journey fence holds the options word and stops")
    options.keys(value, ("word", "stops"), ("word", "stops"))
    stops = value["stops"]
    if not isinstance(stops, list) or len(stops) < 2:
        raise PageError("the option stops must be a list of at least two stops")
    return Way(options.text(value, "word"), tuple(_stop(one) for one in stops))


def _stop(value: Value) -> Stop:
    if not isinstance(value, dict):
        raise PageError(f"a stop has the options {', '.join(_STOP)}")
    options.keys(value, _STOP, ("name", "in"))
    place = options.text(value, "in")
    if place not in PLACES:
        raise PageError(f"a stop cannot lie in {place}{guess(place, PLACES)}")
    signs = _texts(value, "signs")
    if len(signs) not in (0, 1, 3):
        raise PageError("a stop has one sign, or three of which the middle one is taken")
    ask = options.text(value, "ask") if "ask" in value else ""
    return Stop(options.text(value, "name"), place, ask, signs, _texts(value, "reads"))


def _texts(value: dict[str, Value], name: str) -> tuple[str, ...]:
    found = value.get(name, [])
    if not isinstance(found, list) or not all(isinstance(one, str) for one in found):
        raise PageError(f"the option {name} must be a list of texts")
    return tuple(str(one) for one in found)


def render(way: Way) -> Element:
    """Return a message on its way as elements, whose names are Markdown still.

    Args:
        way: The message and its stops.
    """
    block = Element("section", {"class": "sk-journey band", "data-search-exclude": ""})
    inside = SubElement(block, "div", {"class": "in"})
    stops = SubElement(inside, "div", {"class": "sk-stops", "style": f"--stops:{len(way.stops)}"})
    for frame in _frames(way.stops):
        stops.append(frame)
    listed = SubElement(stops, "ol")
    for at, stop in enumerate(way.stops, 1):
        listed.append(_item(stop, at, way.word if at == len(way.stops) else ""))
    mover = SubElement(inside, "div", {"class": "sk-mover", "aria-hidden": "true"})
    for words in dict.fromkeys(words for stop in way.stops if stop.ask for words in stop.reads):
        SubElement(mover, "span", {"class": _slip_class(words)})
    append(mover, element("b", way.word))
    for one in stops.iter("i"):
        one.text = AtomicString(one.text) if one.text else one.text
    return block


def _frames(stops: Sequence[Stop]) -> Iterator[Element]:
    """Yield the frames around the stops: the computer's case around all, the kernel's, and the program's."""
    yield element("div.sk-frame sk-of-case", "your computer")
    for place, name in PLACES.items():
        inside = [at for at, stop in enumerate(stops, 1) if stop.place == place]
        if name and inside:
            style = {"style": f"--from:{inside[0]};--to:{inside[-1] + 1}"}
            yield element(f"div.sk-frame sk-of-{place}", name, attributes=style)


def _item(stop: Stop, at: int, word: str) -> Element:
    item = Element("li", {"style": f"--at:{at}"})
    if stop.ask:
        SubElement(item, "span", {"class": "sk-q"}).text = AtomicString(stop.ask)
    spot = SubElement(item, "span", {"class": "sk-spot"})
    if word:
        SubElement(spot, "span", {"class": "sk-word"}).text = AtomicString(word)
    for number, name in enumerate(stop.signs):
        shown = _sign(name)
        if len(stop.signs) > 1 and number != 1:
            shown.set("class", f"{shown.get('class')} sk-other {'sk-down' if number else 'sk-up'}")
        spot.append(shown)
    SubElement(item, "span", {"class": "sk-name"}).text = stop.name
    if stop.reads:
        slips = SubElement(item, "span", {"class": "sk-read"})
        slips.extend(_slip(words) for words in stop.reads)
    return item


def _sign(name: str) -> Element:
    """Return a sign of the figures, or a text that is none in a box."""
    if re.fullmatch(PATTERN, f":{name}:"):
        return sign(name)
    box = element("span.sk-box")
    box.text = AtomicString(name)
    return box


def _slip(words: str) -> Element:
    slip = Element("span", {"class": _slip_class(words)})
    slip.text = AtomicString(words)
    return slip


def _slip_class(words: str) -> str:
    return "sk-slip sk-number" if "port" in words else "sk-slip"


class Journey(Block[Way]):
    """What a message meets from the plug to the program."""

    name = "journey"
    guide = _GUIDE

    def read(self, body: str, library: Library) -> Way:
        return read(body)

    def render(self, asked: Way, spot: Spot) -> Element:
        return render(asked)

    def texts(self, asked: Way) -> Iterator[str]:
        yield from (stop.name for stop in asked.stops)


BLOCK = Journey()
