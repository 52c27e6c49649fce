"""The question block: lines of a program, a question about them, and the run that decides which answer is right."""

from __future__ import annotations

import posixpath
import re
import zlib
from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass
from functools import lru_cache
from xml.etree.ElementTree import Element, SubElement

from markdown.util import AtomicString

from sitebuild.kit import live
from sitebuild.kit.block import Block, Spot
from sitebuild.kit.library import Evidence, Library
from sitebuild.programs import code
from sitebuild.reading import options
from sitebuild.reading.options import PageError, Value, guess
from socktrace.ladder import source
from socktrace.markup import element, to_html
from socktrace.recording import Packet, Recording, chosen
from socktrace.visible import visible

_NAMES = ("snippet", "file", "part", "lines", "lit", "moment", "ask", "choices", "replies", "why")
_FIRST = re.compile(r"(.+?[.!?]|.+)(?:\s+(.*))?", re.DOTALL)
"""The first sentence, and the rest."""

RIGHT, WRONG = "Yes, that's it.", "No, that's not it."
"""What every reply begins with, so that nobody has to read on to know."""

_WIRE = "on the wire"
"""What stands before a word, or a number of bytes, that a packet carried."""

UNSAID = "A fair guess, and the run went otherwise."
"""What is said to a wrong choice that has no reply of its own."""

_GUIDE = """\
## Your turn

````markdown
```predict
snippet: sockets/accepted_socket_keeps_the_port.py
lines: 14-19
lit: accept()
ask: The server calls `accept()` and gets a second socket. Which port does that one have?
choices:
  A port of its own: "accepted: port <its own>"
  The same port: "accepted: port <port of listener>"
replies:
  A port of its own: Several books say so. But look at the packets, which all carry one port of the server.
why: The connection is named by four numbers, so one server port is enough.
```
````

shows the lines that the question is about and asks. Put it above its program, whose output gives the answer away and lies veiled until the question is answered, or the reader plays or asks for it. A question about the reason, whose right choice is a count or an order, may stand below. Ask what happens or why, and not what something is called. The place of a choice must not tell whether it is right: put numbers in their order and *none* last, else change the places from question to question, and give the right choice a reason too, or the wrong ones none.

Each choice names what the run would show if the choice were right, and **exactly one of these must have come**: a line that the program printed, where `<port of listener>`, `<port of client 2>`, `<inode of accepted>` or `<pid of program>` can stand for what the kernel chose, a call that failed (`connect: ECONNREFUSED`), how many there were of something (`sockets: 3`, `packets: 10`, or the packets with a flag, `FIN: 2`), the order of the packets that carry words or end something (`order: hello, FIN, FIN`), or what one of the packets carried: a word that can be read in it (`on the wire: hello`) or so many bytes (`on the wire: 27 bytes`).

- `lines` are the lines shown, or `part` the function or class; of two programs that run together, `file` says which. `lit` is a text, or a list of texts, and lights up the lines that hold it.
- `replies` answer a choice. Each begins by itself with a plain yes or no, and ends with what the run printed, so yours need neither; the first sentence is set large. Take a wrong choice seriously, and say why it went otherwise. Who is right reads `why` as well.
- With scripts, and where its program stands on the page, the lines have a button that runs the program below the question, so that the reader sees what happens before the recorded run tells.
- Each reply ends with a link to the first step that one of the lit lines led to, or to the run. `moment` is a text in the line that decides, where that is another one, which need not be shown; what failed there comes first.
"""


@dataclass(frozen=True, slots=True)
class Excerpt:
    """The lines that a question is about.

    Args:
        evidence: The program.
        path: The file of it that is shown, as `Call.path` names it.
        text: What stands in that file.
        lines: The numbers of the lines to show.
        lit: Those of them that are lit up.
        moment: The lines at one of which the run decides, if the fence says so.
    """

    evidence: Evidence
    path: str
    text: str
    lines: Sequence[int]
    lit: tuple[int, ...]
    moment: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """A question with choices.

    Args:
        ask: The question, in Markdown.
        choices: Each choice, in Markdown, with what would have come of the run if it were true.
        right: The one of these that did.
        why: The reason, in Markdown; `""` if it is said elsewhere.
        replies: What is said to a choice, in Markdown, by the choice.
        excerpt: The lines it is about; `None` if the program stands there already.
        about: The program whose run answers it; `""` if that is folded away below it, or if the question is about the reason.
        saw: What the run showed that decides: a whole sentence, or its beginning and the line or the failure itself.
    """

    ask: str
    choices: tuple[tuple[str, str], ...]
    right: str
    why: str
    replies: tuple[tuple[str, str], ...] = ()
    excerpt: Excerpt | None = None
    about: str = ""
    saw: tuple[str, str] = ("", "")

    @property
    def id(self) -> str:
        """Its id, by which a browser keeps the number of the choice made: another order is another question."""
        words = "\n".join((self.ask, *(choice for choice, _ in self.choices)))
        return f"turn-{zlib.crc32(words.encode()):08x}"


def read(body: str, library: Library) -> Question:
    """Read a question fence.

    Args:
        body: What stands in it.
        library: Where the snippets are.

    Raises:
        PageError: The fence is not whole, asks about lines that are not there, or not exactly one choice names what
            came of the run.
    """
    value = options.parse(body)
    if not isinstance(value, dict):
        raise PageError(f"a predict fence holds the options {', '.join(_NAMES)}")
    options.keys(value, _NAMES, ("snippet", "ask", "choices", "why"))
    evidence = library.evidence(options.text(value, "snippet"))
    choices = choices_of(value)
    crossed = tuple(line for _, line in choices if _crossed(evidence.recording, line))
    right = the_right_one(choices, (*outcomes(evidence.recording), *crossed), evidence.name, "showed")
    ask, why = options.text(value, "ask"), options.text(value, "why")
    # A count or an order is the reason of what the run printed, and may be asked below it.
    about = "" if right in _counted(evidence.recording) else evidence.name
    seen = saw(evidence.recording, right)
    return Question(ask, choices, right, why, replies_of(value, choices), _excerpt(value, evidence), about, seen)


def choices_of(value: dict[str, Value]) -> tuple[tuple[str, str], ...]:
    """Read the choices of a fence.

    Args:
        value: Its options.

    Raises:
        PageError: They are fewer than two, or one has no text.
    """
    choices = value["choices"]
    if not isinstance(choices, dict) or len(choices) < 2:
        raise PageError('the option choices must hold two or more lines of the form Choice: "what the run would show"')
    return tuple((choice, options.text(choices, choice)) for choice in choices)


def replies_of(value: dict[str, Value], choices: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    """Read what a fence says to its choices.

    Args:
        value: Its options.
        choices: What one can choose.

    Raises:
        PageError: A reply belongs to no choice.
    """
    replies = value.get("replies", {})
    if not isinstance(replies, dict):
        raise PageError("the option replies must hold lines of the form Choice: what is said to it")
    known = [choice for choice, _ in choices]
    for choice in replies:
        if choice not in known:
            raise PageError(f"a reply to {choice}, which is no choice{guess(choice, known)}")
    return tuple((choice, options.text(replies, choice)) for choice in replies)


def _excerpt(value: dict[str, Value], evidence: Evidence) -> Excerpt | None:
    if "lines" not in value and "part" not in value:
        if {"lit", "file", "moment"} & set(value):
            raise PageError("the options lit, file and moment need lines or part, which say what is shown")
        return None
    if "lines" in value and "part" in value:
        raise PageError("one of the options lines and part says what is shown, not both")
    path, text, name = "", evidence.text, evidence.name
    if "file" in value:
        path = name = options.text(value, "file")
        beside = {one.file: other for one, other in zip(evidence.recording.beside, evidence.beside, strict=True)}
        if name not in beside:
            raise PageError(f"no file {name} ran beside {evidence.name}{guess(name, beside)}")
        text = beside[name]
    shown = code.lines_of(text, options.text(value, "part") if "part" in value else None)
    if "lines" in value:
        shown = _range(options.text(value, "lines"), name, shown)
    wanted = value.get("lit", [])
    lit: set[int] = set()
    for sought in [wanted] if isinstance(wanted, str) else wanted:
        lit |= set(_holding(str(sought), shown, text, name))
    lit_lines = tuple(sorted(lit))
    every = code.lines_of(text, None)
    moment = _holding(options.text(value, "moment"), every, text, name) if "moment" in value else ()
    return Excerpt(evidence, path, text, shown, lit_lines, moment)


def _holding(sought: str, among: range, text: str, name: str) -> tuple[int, ...]:
    every = text.splitlines()
    found = tuple(line for line in among if sought in every[line - 1])
    if not found:
        raise PageError(f"none of the lines {among[0]} to {among[-1]} of {name} holds {sought}")
    return found


def _range(text: str, name: str, whole: range) -> range:
    match = re.fullmatch(r"(\d+)(?:-(\d+))?", text)
    first, last = (int(match[1]), int(match[2] or match[1])) if match else (0, 0)
    if not first <= last or first not in whole or last not in whole:
        raise PageError(f"the option lines is such as 8-14, within the {len(whole)} lines of {name}, not {text}")
    return range(first, last + 1)


def saw(recording: Recording, right: str) -> tuple[str, str]:
    """Return what a reader is told of the run, with the kernel's own numbers: a sentence, or its beginning and a text."""
    for line in _printed(recording):
        if right in (line, chosen.named(recording, line)):
            return "The run printed", line
    kind, _, rest = right.partition(": ")
    if kind == "order":
        return f"In the run they came in this order: {rest}.", ""
    if kind == _WIRE:
        return "A packet carried", rest
    if right in _counted(recording):
        count = "no" if rest == "0" else rest
        if kind == "sockets":
            return f"The run opened {count} socket{'' if rest == '1' else 's'}.", ""
        packets = f"{count} packet{'' if rest in '01' else 's'}{f' with {kind}' if kind.isupper() else ''}"
        return f"In the run, {packets} crossed.", ""
    return "The run shows", right


def outcomes(recording: Recording) -> tuple[str, ...]:
    """Return what came of a run, as the choices of a question name it.

    These are the lines that it printed, also with names for what the kernel chose, such as `port: <port of client>`;
    each call that failed, such as `connect: ECONNREFUSED`; how many sockets, packets and packets of each flag there
    were, such as `FIN: 2`; and the order of the packets that carry words or end something: `order: hello, FIN, FIN`.
    """
    failed = (f"{call.name}: {call.error}" for call in recording.calls if call.error)
    printed = _printed(recording)
    named = [chosen.named(recording, line) for line in printed]
    return (*dict.fromkeys((*printed, *named, *failed)), *_counted(recording))


def _printed(recording: Recording) -> list[str]:
    return [line.strip() for one in recording.programs for line in one.stdout.splitlines()]


def _counted(recording: Recording) -> tuple[str, ...]:
    packets = recording.packets
    counts = {"sockets": len(recording.sockets), "packets": len(packets)}
    counts |= {flag: sum(packet.has(flag) for packet in packets) for flag in ("SYN", "FIN", "RST")}
    telling = (visible(packet.data) if packet.size else _ends(packet) for packet in packets)
    return (*(f"{name}: {number}" for name, number in counts.items()), f"order: {', '.join(filter(None, telling))}")


def _crossed(recording: Recording, line: str) -> bool:
    kind, _, rest = line.partition(": ")
    size = re.fullmatch(r"(\d+) bytes", rest)
    carried = (packet.size == int(size[1]) if size else rest in packet.data for packet in recording.packets)
    return kind == _WIRE and any(carried)


def _ends(packet: Packet) -> str:
    return next((flag for flag in ("FIN", "RST") if packet.has(flag)), "")


def the_right_one(choices: tuple[tuple[str, str], ...], came: Sequence[str], name: str, verb: str) -> str:
    """Return what came of the run and one choice names.

    Args:
        choices: Each choice with what would have come of the run if it were true.
        came: What came of it.
        name: The program.
        verb: What the program did with it.

    Raises:
        PageError: No choice names such a thing, or several do.
    """
    right = [line for _, line in choices if line in came]
    if len(right) != 1:
        shown = "; ".join(f'"{visible(line)}"' for line in came if line) or "nothing"
        raise PageError(
            f"{len(right)} of the {len(choices)} choices name what {name} {verb}, and exactly one must; "
            f"it {verb} {shown}"
        )
    return right[0]


def render(question: Question, spot: Spot) -> Element:
    """Return the block as elements, whose texts are Markdown still. A choice that is made shows its reply.

    Args:
        question: The question.
        spot: Where it is to stand.
    """
    block = Element("div", {"class": "sk-turn", "id": question.id})
    if question.excerpt:
        # Kept from Markdown, which would read it as code of its own.
        lines = SubElement(block, "section", {"data-search-exclude": ""})
        place = spot.library.places.get(question.excerpt.evidence.name)
        if place and place.page == spot.page and live.fits(question.excerpt.evidence):
            lines.set(live.ATTRIBUTE, live.told(question.excerpt.evidence, spot.library, spot.page))
        lines.text = AtomicString(spot.stash(_lines(question.excerpt)))
    asked = SubElement(block, "fieldset")
    SubElement(asked, "legend").text = question.ask
    replies, moment = dict(question.replies), _moment(question, spot)
    for choice, line in question.choices:
        good = line == question.right
        one = SubElement(asked, "div", {"class": "sk-choice"})
        label = SubElement(one, "label", {"data-search-exclude": ""})  # most choices are wrong
        SubElement(label, "input", {"type": "radio", "name": question.id, "value": "right" if good else "wrong"})
        SubElement(label, "span").text = choice
        reply = SubElement(one, "div", {"class": "sk-reply", "role": "status", "data-search-exclude": ""})
        _reply(reply, replies.get(choice, ""), question, good=good)
        _evidence(reply, question.saw, moment, spot)
    return block


def _reply(reply: Element, said: str, question: Question, *, good: bool) -> None:
    SubElement(reply, "p", {"class": "sk-verdict"}).text = RIGHT if good else WRONG
    if said or not good:
        first, rest = _FIRST.fullmatch(said or UNSAID).groups()  # type: ignore[union-attr]  # all do
        SubElement(SubElement(reply, "p"), "strong").text = first
        if rest:
            SubElement(reply, "p").text = rest
    if question.why and (good or not said):
        SubElement(reply, "p").text = question.why


def _evidence(reply: Element, saw: tuple[str, str], moment: Element | None, spot: Spot) -> None:
    """Add what the run showed, and the link to where it shows that."""
    said, text = saw
    if not said and moment is None:
        return
    shown = SubElement(reply, "p")
    if text:
        shown.text = f"{said} "
        SubElement(shown, "code").text = AtomicString(text)
    elif said:
        SubElement(shown, "span").text = AtomicString(said)
    if moment is not None and moment.attrib["href"].startswith("#"):
        # The rows of a run are kept from Markdown too, and so from who checks its links.
        kept = AtomicString(spot.stash(to_html([moment])))
        if said:
            shown[-1].tail = kept
        else:
            shown.text = kept
    elif moment is not None:
        shown.append(deepcopy(moment))


@lru_cache(maxsize=512)  # a preview that builds the site again makes only the lines that have changed
def _lines(about: Excerpt) -> str:
    return to_html([excerpt(about)])


def excerpt(about: Excerpt) -> Element:
    """Return the lines that a question is about, without what they say to the recorder: that may be the answer.

    Nor do they keep the indentation that they all have.

    Args:
        about: The lines.
    """
    shown = source.to_element(about.text, about.lines, {}, {})
    box = next(shown.iter("code"))
    rows = [line for line in box if line.get("class") == "sk-line"]
    text = [about.text.splitlines()[number - 1] for number in about.lines]
    indentation = min((len(line) - len(line.lstrip()) for line in text if line.strip()), default=0)
    for number, line, said in zip(about.lines, rows, text, strict=True):
        line.text = (line.text or "")[indentation:]
        if number in about.lit:
            line.set("class", "sk-line sk-lit")
        if said.lstrip().startswith("# socktrace:"):
            at = list(box).index(line)
            box.remove(line)
            if 0 < at < len(box):
                box.insert(at, element("span.sk-gap", attributes={"aria-hidden": "true"}))
    shown.set("style", source.sized(line[indentation:] for line in text))
    return shown


def _moment(question: Question, spot: Spot) -> Element | None:
    """Return the link to where the run shows the answer; `None` if that is not known."""
    about = question.excerpt
    place = spot.library.places.get(about.evidence.name) if about and spot.page else None
    if about is None or place is None:
        return None
    if place.page != spot.page:
        page = posixpath.relpath(place.page, posixpath.dirname(spot.page) or ".")
        return element("a.sk-moment", "See the run", attributes={"href": f"{page}#{place.anchor}"})
    row = _row(about, place.rows) if place.whole else ""
    return element(
        "a.sk-moment", "Watch it happen" if row else "See the run", attributes={"href": f"#{row or place.anchor}"}
    )


def _row(about: Excerpt, id: str) -> str:
    """Return the id of the row that decides: that of the first of the lines; of lines that decide, one that failed."""
    lines = about.moment or about.lit
    rows = [
        (not (about.moment and row.failed), lines.index(line), number)
        for number, row in enumerate(about.evidence.run.rows, 1)
        if row.kind == "call" and row.path == about.path
        for line in row.lines
        if line in lines
    ]
    return f"{id}-{min(rows)[-1]}" if rows else ""


class Predict(Block[Question]):
    """A question that the run answers."""

    name = "predict"
    guide = _GUIDE
    prose = True

    def read(self, body: str, library: Library) -> Question:
        return read(body, library)

    def render(self, asked: Question, spot: Spot) -> Element:
        return render(asked, spot)

    def asks(self, asked: Question) -> str:
        return asked.about


BLOCK = Predict()
