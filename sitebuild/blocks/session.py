"""The session block: commands on several hosts, and what they printed. Pure, apart from what the library reads."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath
from urllib.parse import quote
from xml.etree.ElementTree import Element, SubElement

from markdown.util import AtomicString

from sitebuild import places
from sitebuild.block import Block, Due, Spot, no_page_shows
from sitebuild.library import Library, Witnessed
from sitebuild.options import PageError
from sitebuild.places import Run
from sitebuild.store import Store
from socktrace.session.model import Act, Crossing, Transcript
from socktrace.session.script import making, to_script
from socktrace.visible import visible
from socktrace.wording import plural

_COLOURS = 4
"""How many hosts have a colour of their own; after that they begin again."""

_NARROW = 24
"""From how many characters on a line may not fit a phone, so that its box must take the keyboard's arrows."""

_GUIDE = """\
### A session

````markdown
```session
ports/two_port_spaces.toml
```
````

puts a session on the page: shell commands on one or more hosts, each host a [[network namespace]] of its own, and what they printed. It is for what needs real tools, such as `ss`, `lsof` or `nft`. [How to add one](#add-a-session) is said below.
"""


def read(body: str, library: Library) -> Witnessed:
    """Read a session fence.

    Args:
        body: What stands in it.
        library: Where the sessions are.

    Raises:
        PageError: The fence asks for what is not there.
    """
    name = body.strip()
    if not name or len(name.splitlines()) > 1:
        raise PageError("a session fence holds the name of one session, such as ports/two_port_spaces.toml")
    return library.witnessed(name)


def render(witnessed: Witnessed, id: str) -> Element:
    """Return the block as elements; the claim and what is said of a step are Markdown still.

    Args:
        witnessed: The session and its transcript.
        id: The block's id, unique on the page.
    """
    session, transcript = witnessed.session, witnessed.transcript
    stem = PurePosixPath(session.name).stem
    anchor = places.slug(session.name)  # where a claim that rests on it leads
    block = Element("div", {"class": "sk sk-session", "id": anchor, "role": "group", "aria-labelledby": id})
    _bar(block, witnessed)
    SubElement(block, "p", {"class": "sk-claim", "id": id}).text = transcript.claim
    made = SubElement(block, "details", {"class": "sk-key sk-made", "data-search-exclude": ""})
    SubElement(made, "summary").text = AtomicString("How the hosts were made")
    _text(made, "sk-setup", making(session), f"The commands that made the hosts of {stem}")
    acts = SubElement(block, "ol", {"class": "sk-acts"})
    for number, act in enumerate(transcript.acts, 1):
        colour = transcript.hosts.index(act.host) % _COLOURS + 1
        _act(SubElement(acts, "li", {"class": f"sk-at-{colour}"}), act, f"step {number} of {stem}")
    if transcript.watch:
        _crossings(block, transcript)
    return block


def _bar(block: Element, witnessed: Witnessed) -> None:
    session = witnessed.session
    bar = SubElement(block, "div", {"class": "sk-bar", "data-search-exclude": ""})
    SubElement(bar, "strong", {"class": "sk-file"}).text = AtomicString(visible(session.name))
    facts = f"recorded on {witnessed.transcript.system} \u00b7 {plural(len(session.hosts), 'host')}"
    SubElement(bar, "span", {"class": "sk-meta"}).text = AtomicString(visible(facts))
    name = f"{PurePosixPath(session.name).stem}.sh"
    content = quote(to_script(session), safe="!'()*,/:;=?@")
    link = {"download": name, "href": f"data:text/x-sh;charset=utf-8,{content}", "aria-label": f"Download {name}"}
    SubElement(SubElement(bar, "span", {"class": "sk-get"}), "a", link).text = AtomicString(".sh")


def _act(item: Element, act: Act, name: str) -> None:
    if act.say:
        SubElement(item, "p", {"class": "sk-say"}).text = act.say
    line = SubElement(item, "p", {"class": "sk-cmd"})
    SubElement(line, "span", {"class": "sk-vh"}).text = AtomicString("On ")
    SubElement(line, "span", {"class": "sk-host"}).text = AtomicString(visible(act.host))
    SubElement(line, "span", {"aria-hidden": "true"}).text = AtomicString("$")
    line[-1].tail = AtomicString(" ")
    SubElement(line, "code").text = _verbatim(act.command)
    if act.output:
        _text(item, "sk-out", act.output, f"What {name} printed")
    if act.background:
        _note(item, "It runs on in the background.")
    elif act.exit:
        _note(item, f"It ended with exit status {act.exit}.")


def _crossings(block: Element, transcript: Transcript) -> None:
    """Add a table of the packets: a row for each, a column for each interface, and what differs between them marked."""
    part = SubElement(block, "div", {"class": "sk-cross", "data-search-exclude": ""})
    table = SubElement(part, "table", {"class": "sk-table"})
    SubElement(table, "caption", {"class": "sk-title"}).text = AtomicString("The same packets in more than one place")
    head = SubElement(SubElement(table, "thead"), "tr")
    for title in ("packet", *(f"at {link}" for link in transcript.watch)):
        SubElement(head, "th", {"scope": "col"}).text = _verbatim(title)
    body = SubElement(table, "tbody")
    packets: dict[int, list[Crossing]] = {}
    for crossing in transcript.crossings:
        if crossing.what != "ACK":
            packets.setdefault(crossing.packet, []).append(crossing)
    for seen in packets.values():
        row = SubElement(body, "tr")
        SubElement(row, "th", {"scope": "row"}).text = _verbatim(seen[0].what)
        for link in transcript.watch:
            cell = SubElement(row, "td", {"data-at": link})
            here = next((one for one in seen if one.link == link), None)
            if here is None:
                cell.text = AtomicString("not seen")
                continue
            _end(cell, here.source, changes=len({one.source for one in seen}) > 1)
            cell[-1].tail = AtomicString(" \u2192 ")
            _end(cell, here.destination, changes=len({one.destination for one in seen}) > 1)
    _note(part, "Marked is what is not the same everywhere. Packets that only acknowledge are left out.")


def _end(cell: Element, text: str, *, changes: bool) -> None:
    holder = SubElement(cell, "strong", {"class": "sk-port"}) if changes else cell
    SubElement(holder, "code").text = _verbatim(text)


def _note(item: Element, words: str) -> None:
    SubElement(item, "p", {"class": "sk-note"}).text = AtomicString(words)


def _text(parent: Element, kind: str, text: str, label: str) -> None:
    """Add lines that scroll sideways in a box of their own; long ones so that the keyboard reaches the box."""
    attributes = {"class": kind, "data-search-exclude": ""}
    if max(map(len, text.splitlines())) > _NARROW:
        attributes |= {"tabindex": "0", "role": "group", "aria-label": label}
    box = SubElement(parent, "pre", attributes)
    # `samp`, not `code`: builders add their own things to code in a box
    SubElement(box, "samp").text = _verbatim(text)


def _verbatim(text: str) -> AtomicString:
    """Return text that stays as it is; the converter takes `&amp;` for an ampersand that is escaped already."""
    return AtomicString(visible(text, keep="\n\t").replace("&", "&amp;"))


class SessionBlock(Block[Witnessed]):
    """Commands on several hosts, and what they printed."""

    name = "session"
    guide = _GUIDE

    def read(self, body: str, library: Library) -> Witnessed:
        return read(body, library)

    def render(self, asked: Witnessed, spot: Spot) -> Element:
        return render(asked, spot.id)

    def runs(self, body: str, store: Store) -> Iterator[Run]:
        yield Run(store.resolve(body.strip()), whole=True)

    def shows(self, asked: Witnessed, library: Library) -> tuple[str]:
        return (asked.session.name,)

    def texts(self, asked: Witnessed) -> Iterator[str]:
        yield asked.session.claim
        yield from (step.say for step in asked.session.steps)

    def due(self, library: Library, shown: set[str]) -> Iterator[Due]:
        for name in library.store.sessions():
            yield Due(name, no_page_shows(f"snippets/{name}:1", "this session", self.name))


BLOCK = SessionBlock()
