"""The block of a conversation set in type: each packet of a recorded connection, as what it says to the other end."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement

from markdown.util import AtomicString

from sitebuild.kit.block import Block, Spot
from sitebuild.kit.library import Evidence, Library
from sitebuild.reading import options
from sitebuild.reading.options import PageError
from socktrace.ladder.lives import mark
from socktrace.markup import append, element
from socktrace.recording import Endpoint, Packet
from socktrace.recording.conversations import Conversation, conversations
from socktrace.visible import visible
from socktrace.wording import plural

_LONGEST = 12
"""How many characters of a payload can be set as large as this block sets them."""

_GUIDE = """\
## A conversation set in type

````markdown
```talk
sockets/echo.py
```
````

sets each packet of a program's one TCP connection as what it says to the other end, in the order in which they were recorded. What carries words is huge.
"""


@dataclass(frozen=True, slots=True)
class Line:
    """One packet of the conversation.

    Args:
        by_client: Whether the client sent it.
        says: What it says to the other end.
        name: What it is called.
        kind: `data`, `end` for the packets that close, or `""`.
        begins: Whether another act begins with it.
    """

    by_client: bool
    says: str
    name: str
    kind: str = ""
    begins: bool = False


def read(body: str, library: Library) -> Evidence:
    """Read a talk fence.

    Args:
        body: What stands in it: a program.
        library: Where it is.

    Raises:
        PageError: There is none, or its packets are not those of one TCP connection.
    """
    value = options.parse(body)
    if not isinstance(value, str) or not value:
        raise PageError("a talk fence holds a program, such as sockets/echo.py")
    evidence = library.evidence(value)
    talks = conversations(evidence.recording)
    if len(talks) != 1 or talks[0].protocol != "TCP" or not talks[0].packets:
        raise PageError(f"{value} has not exactly one recorded TCP connection, which is what a talk fence draws")
    return evidence


def lines(talk: Conversation) -> Iterator[Line]:
    """Yield what each packet of a TCP connection says, in order.

    Args:
        talk: The connection.
    """
    ended: set[Endpoint] = set()
    shaken = False
    spoke = ""
    for at, packet in enumerate(talk.packets):
        kind = "end" if packet.has("FIN") or packet.has("RST") else "data" if packet.size else ""
        one = Line(packet.source == talk.client, "", _name(packet), kind, begins=bool(kind) and kind != spoke)
        spoke = kind or spoke
        if packet.has("RST"):
            says = "No. Leave me alone." if talk.refused else "Stop. I forgot all of this."
        elif packet.has("SYN"):
            says = "Yes. Can you hear me?" if packet.has("ACK") else "Can we talk?"
        elif packet.size:
            says = _words(packet)
        elif packet.has("FIN"):
            says = "Then so am I." if ended else "I\u2019m done."
        elif not shaken:
            says = "I can."
        else:
            says = "Got it. Bye." if len(ended) == 2 and at == len(talk.packets) - 1 else "got it"
        shaken = shaken or not packet.has("SYN")
        if packet.has("FIN"):
            ended.add(packet.source)
        yield Line(one.by_client, says, one.name, one.kind, one.begins)


def _name(packet: Packet) -> str:
    """Return what a packet is called; every one but the first acknowledges, so that only says so which does nothing else."""
    flags = [flag for flag in packet.flags.split() if flag not in ("ACK", "PSH")]
    if "SYN" in flags and packet.has("ACK"):
        flags.append("ACK")
    if packet.size:
        flags.insert(0, plural(packet.size, "byte"))
    return ", ".join(flags) or "ACK"


def _words(packet: Packet) -> str:
    words = visible(packet.data)
    return words if len(words) <= _LONGEST else words[: _LONGEST - 1] + "\u2026"


def render(evidence: Evidence) -> Element:
    """Return the conversation of a program as elements.

    Args:
        evidence: The program and its recording.
    """
    talk = conversations(evidence.recording)[0]
    figure = Element("figure", {"class": "sk-talk", "data-search-exclude": ""})
    ends = SubElement(figure, "div", {"class": "sk-ends"})
    append(ends, _end("client", talk.client), " ", _end("server", talk.server))
    listed = SubElement(figure, "ol")
    for at, line in enumerate(lines(talk)):
        listed.append(_item(line, at))
    count, total = len(talk.packets), sum(packet.length for packet in talk.packets)
    words = sum(packet.size for packet in talk.packets)
    SubElement(figure, "figcaption").text = AtomicString(
        f"All {count} packets, in the order in which they were recorded. {total} bytes crossed; {words} of them are words."
    )
    return figure


def _end(role: str, end: Endpoint) -> Element:
    return element("span", mark("disc"), " ", element("b", role), " ", element("span.sk-port", str(end.port)))


def _item(line: Line, at: int) -> Element:
    side = "sk-c" if line.by_client else "sk-s"
    kinds = [side, *([f"sk-{line.kind}"] if line.kind else []), *(["sk-act"] if line.begins else [])]
    item = Element("li", {"class": " ".join(kinds), "style": f"--i:{at}"})
    who = element("span.sk-vh", "Client: " if line.by_client else "Server: ")
    says = element("span.sk-say", line.says)
    arrow, name = element("span.sk-way"), element("code", line.name)
    append(item, who, *((says, arrow, name) if line.by_client else (name, arrow, says)))
    for one in item.iter():
        one.text = AtomicString(one.text) if one.text else one.text
    return item


class Talk(Block[Evidence]):
    """Each packet of a connection, as what it says."""

    name = "talk"
    guide = _GUIDE

    def read(self, body: str, library: Library) -> Evidence:
        return read(body, library)

    def render(self, asked: Evidence, spot: Spot) -> Element:
        return render(asked)


BLOCK = Talk()
