"""The session block: commands on several hosts, and what they printed. Pure, apart from what the library reads."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from urllib.parse import quote
from xml.etree.ElementTree import Element

from markdown.util import AtomicString

from sitebuild.kit import places
from sitebuild.kit.block import Block, Due, Spot, no_page_shows
from sitebuild.kit.library import Library, Witnessed
from sitebuild.kit.places import Run
from sitebuild.markup.unsought import UNSOUGHT
from sitebuild.programs.store import Store
from sitebuild.reading.options import PageError
from socktrace.markup import append, element
from socktrace.session.model import Act, Crossing, Session, Transcript
from socktrace.session.script import making, to_script
from socktrace.visible import visible

_COLOURS = 4
"""How many hosts have a colour of their own; after that they begin again."""

_PLAYED = 3
"""From how many steps on a session can be played."""

_ASKED = 45
"""How many characters a command may have that the search is to know: longer ones are programs."""

_OWN = re.compile(r"\.py\b|^cat |\b(?:10|192\.0\.2|198\.51\.100|203\.0\.113)\.\d|\b2001:db8:")
"""What only this session has: its programs, its files, and addresses that stand for any."""

_COLUMNS = re.compile(r"\S {2}|\S\t")
"""What stands in columns, and not only further in than the line above."""

_NARROW = 24
"""From how many characters on a line may not fit a phone, so that its box must take the keyboard's arrows."""

_GUIDE = """\
## A session

````markdown
```session
ports/two_port_spaces.toml
```
````

puts a session on the page: shell commands on one or more hosts, each host a [[network namespace]] of its own, and what they printed. It is for what needs real tools, such as `ss`, `lsof` or `nft`. [How to add one](../contributing.md#add-a-session) is said below.
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

    A step is a row that run.js can play, with the words it shows in `sk-sentence`.

    Args:
        witnessed: The session and its transcript.
        id: The block's id, unique on the page.
    """
    session, transcript = witnessed.session, witnessed.transcript
    stem = PurePosixPath(session.name).stem
    anchor = places.slug(session.name)  # where a claim that rests on it leads
    colours = {host: f"sk-at-{number % _COLOURS + 1}" for number, host in enumerate(transcript.hosts)}
    names = {"id": anchor, "role": "group", "aria-labelledby": id}
    block = element("div.band sk-run sk-session", attributes=names)
    claim = element("p.sk-claim", transcript.claim, attributes={"id": id})
    box = element("div.in", element("div.sk-head", claim, _get(session)))
    if len(colours) > 1:
        hosts = (element(f"li.{colours[host]}", _verbatim(host)) for host in colours)
        append(box, element("ul.sk-hosts", *hosts, attributes={UNSOUGHT: ""}))
    if len(transcript.acts) >= _PLAYED:
        append(box, element("div.sk-player"))
    cards = element("ol.sk-wire sk-cards")
    for number, act in enumerate(transcript.acts, 1):
        card = element(f"li.sk-row sk-card {colours[act.host]}", attributes={"id": f"{anchor}-{number}"})
        append(card, *_act(act, f"step {number} of {stem}", len(colours) > 1))
        cards.append(card)
    append(
        box, element("div.sk-cols", cards), _crossings(transcript) if transcript.watch else None, _made(witnessed, stem)
    )
    block.append(box)
    return block


def _get(session: Session) -> Element:
    name = f"{PurePosixPath(session.name).stem}.sh"
    content = quote(to_script(session), safe=" !'()*+,/:;=?@[]{}|")
    link = {"download": name, "href": f"data:text/x-sh;charset=utf-8,{content}", "aria-label": f"Download {name}"}
    return element("span.sk-get", element("a", AtomicString("Download"), attributes=link), attributes={UNSOUGHT: ""})


def _act(act: Act, name: str, has_others: bool) -> Iterator[Element]:
    """Yield what is said of a step, on the left, and what the terminal showed, on the right."""
    # Where a step was done is no answer: who asks about a laptop does not mean the host of that name.
    host = element("span.sk-host", _verbatim(act.host), attributes={UNSOUGHT: ""}) if has_others else None
    told = act.say or f"On {act.host}."
    yield element("div.sk-remark", host, element("p.sk-sentence" if act.say else "p.sk-sentence sk-vh", told))
    yield terminal(act, name)


def terminal(act: Act, name: str) -> Element:
    """Return what the terminal showed.

    Args:
        act: What was done.
        name: What to call it, such as `step 2 of arp`.
    """
    box = element("div.sk-terminal")
    if "\n" in act.command or len(act.command) > _ASKED or _OWN.search(act.command):
        box.set(UNSOUGHT, "")  # nobody asks for the words of a program
    prompt = [
        element("span.sk-vh", "On ", attributes={UNSOUGHT: ""}),
        element("span", _verbatim(act.host), attributes={UNSOUGHT: ""}),
        element("span", "$", attributes={"aria-hidden": "true", UNSOUGHT: ""}),
    ]
    line = element("p.sk-cmd", *prompt, " ", element("code", _verbatim(act.command)))
    append(box, line)
    if act.output:
        append(box, _text("sk-out", act.output, f"What {name} printed"))
    if act.background:
        append(box, element("p.sk-note", "It runs on in the background.", attributes={UNSOUGHT: ""}))
    elif act.exit:
        append(box, _note(f"It ended with exit status {act.exit}."))
    return box


def _made(witnessed: Witnessed, stem: str) -> Element:
    """Return what nobody has to read: on what it was recorded, how the hosts were made, and what steps waited for."""
    count = len(witnessed.session.hosts)
    hosts = "host was" if count == 1 else f"{count} hosts were"
    facts = f", on {visible(witnessed.transcript.system)}. How the {hosts} made:"
    said = element("p", element("span.sk-file", _verbatim(witnessed.session.name)), AtomicString(facts))
    steps = enumerate(witnessed.session.steps, 1)
    waits = [f"# step {number} begins when this succeeds:\n{step.until}" for number, step in steps if step.until]
    setup = _text(
        "sk-setup", "\n\n".join([making(witnessed.session), *waits]), f"The commands that made the hosts of {stem}"
    )
    made = element("details.sk-recorded", element("summary", "How it was recorded"), said, setup)
    made.set(UNSOUGHT, "")
    return made


def _crossings(transcript: Transcript) -> Element:
    """Return a table of the packets: a row for each, a column for each interface, and what differs between them marked."""
    packets: dict[int, list[Crossing]] = {}
    for crossing in transcript.crossings:
        if crossing.what != "ACK":
            packets.setdefault(crossing.packet, []).append(crossing)
    titles = ("packet", *(f"at {link}" for link in transcript.watch))
    head = element("tr", *(element("th", _verbatim(title), attributes={"scope": "col"}) for title in titles))
    body = element("tbody")
    for seen in packets.values():
        row = element("tr", element("th", _verbatim(seen[0].what), attributes={"scope": "row"}))
        append(row, *(_seen(seen, link) for link in transcript.watch))
        body.append(row)
    table = element("table.sk-table", element("thead", head), body)
    where = " and ".join(transcript.watch)
    title = f"The packets at {where}" + (", side by side" if len(transcript.watch) > 1 else "")
    note = "Marked is what is not the same everywhere. " if len(transcript.watch) > 1 else ""
    part = element("details.sk-recorded sk-cross", element("summary", _verbatim(title)), table)
    append(part, _note(f"{note}Packets that only acknowledge are left out."))
    part.set(UNSOUGHT, "")
    return part


def _seen(seen: list[Crossing], link: str) -> Element:
    """Return the cell that says how a packet crossed an interface.

    Args:
        seen: The packet wherever it was seen.
        link: The interface.
    """
    cell = element("td", attributes={"data-at": link})
    here = next((one for one in seen if one.link == link), None)
    if here is None:
        append(cell, "not seen")
    else:
        append(cell, *_end(here.source, [one.source for one in seen]), " \u2192 ")
        append(cell, *_end(here.destination, [one.destination for one in seen]))
    return cell


def _end(name: str, everywhere: list[str]) -> Iterator[Element]:
    """Yield an end's address and its port, each marked if it is not the same everywhere."""
    for number, others in zip(_numbers(name), zip(*map(_numbers, everywhere), strict=True), strict=True):
        if number:
            code = element("code", _verbatim(number))
            yield element("strong.sk-changed", code) if len(set(others)) > 1 else code


def _numbers(name: str) -> tuple[str, str]:
    """Part an end's address from its port, which is empty where it has none."""
    address, colon, port = name.rpartition(":")
    has_port = colon and (":" not in address or address.endswith("]"))
    return (address, f":{port}") if has_port else (name, "")


def _note(words: str) -> Element:
    return element("p.sk-note", AtomicString(words))


def _text(kind: str, text: str, label: str) -> Element:
    """Return lines in a box of their own; with columns they scroll sideways, long ones so that the keyboard can."""
    attributes = {UNSOUGHT: ""}
    if kind == "sk-out" and not _COLUMNS.search(text):
        kind += " sk-wraps"
    elif max(map(len, text.splitlines())) > _NARROW:
        attributes |= {"tabindex": "0", "role": "group", "aria-label": label}
    # `samp`, not `code`: builders add their own things to code in a box
    return element(f"pre.{kind}", element("samp", _verbatim(text)), attributes=attributes)


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
