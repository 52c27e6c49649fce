"""The hunt block: a wrong program, what came of it, and the mended one. Pure, apart from what the library reads."""

from __future__ import annotations

import ast
import posixpath
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement

from markdown.util import AtomicString

from sitebuild.blocks import predict
from sitebuild.blocks.predict import Question
from sitebuild.kit import live
from sitebuild.kit.block import Block, Due, Spot, no_page_shows
from sitebuild.kit.library import Evidence, Library
from sitebuild.kit.places import Run
from sitebuild.kit.request import PARTS, Request
from sitebuild.programs import faulty
from sitebuild.programs.judge import facts
from sitebuild.programs.store import Store
from sitebuild.reading import options
from sitebuild.reading.options import PageError
from socktrace.recording.chosen import NUMBER, ports
from socktrace.report import listed
from socktrace.visible import visible

_GUIDE = """\
## A hunt

````markdown
```hunt
broken: broken/greet_a_client.py
mended: sockets/closing_ends_the_stream.py
ask: Which socket is handled badly?
choices:
  "The client's: it should close first": "line 11: left-open"
  "The server's end of the connection: nobody closes it": "line 14: left-open"
replies:
  "The client's: it should close first": "Either end may close first. Look which of the two nobody closes."
why: The client reads until the [[end of stream]], which comes when the server closes.
```
````

shows a program that is wrong, in a frame that says so, then the question, what happened, and the mended program.
Each choice names what would have come of the run if the choice were right: a line that the program printed, the last line on standard error, a finding of `socktrace run` such as `line 14: left-open`, or `clean` if there is none. Exactly one of them must have.
`replies` answer a choice, as in a question: say what made it likely, and where the hunter should look.
With `symptom: "TimeoutError: timed out"` the frame says at its top what came of the program, so that a reader who has met it finds it: a line that it printed, its last line on standard error, or `hang`. Then ask *why*, and not *what*.
`shows` names what the run of a mended program must show besides what it prints, as in a task: `shows: ["the client reads more than once"]` lets no larger number pass for a loop.
The mended program is a snippet like any other. If it stands in full elsewhere, the hunt shows its code and a link.
"""

QUOTING = ("It printed", "It ended with")
"""What leads to a symptom that is quoted."""


@dataclass(frozen=True, slots=True)
class Hunt:
    """A bug to be found.

    Args:
        wrong: The program that has it, with its recording.
        mended: The program that has not.
        question: What the reader is asked.
        why: The reason, in Markdown.
        symptom: What came of it and is said at once: a line of its output, or `hang`; `""` if nothing is.
        shows: What the run of a mended program must show besides what it prints.
    """

    wrong: Evidence
    mended: Evidence
    question: Question
    why: str
    symptom: str = ""
    shows: tuple[str, ...] = ()


def read(body: str, library: Library) -> Hunt:
    """Read a hunt fence.

    Args:
        body: What stands in it.
        library: Where the programs are.

    Raises:
        PageError: The fence is not whole, its programs are not there, not exactly one choice names what came of the
            wrong program, a reply belongs to no choice, the symptom did not come of it, or the mended one does not print
            what was wanted.
    """
    value = options.parse(body)
    names = ("broken", "mended", "ask", "choices", "replies", "why", "symptom", "shows")
    if not isinstance(value, dict):
        raise PageError(f"a hunt fence holds the options {', '.join(names)}")
    options.keys(value, names, ("broken", "mended", "ask", "choices", "why"))
    ask, why = options.text(value, "ask"), options.text(value, "why")
    wrong = library.wrong(options.text(value, "broken"))
    mended = library.evidence(options.text(value, "mended"))
    for one in faulty.declared_faults(wrong.text):
        if one.kind == "wanted" and one.text not in mended.recording.stdout.splitlines():
            raise PageError(f"{mended.name} does not mend {wrong.name}: it does not print what was wanted: {one.text}")
    choices = predict.choices_of(value)
    right = predict.the_right_one(choices, faulty.outcomes(wrong.recording), wrong.name, "showed")
    question = Question(ask, choices, right, "", predict.replies_of(value, choices))
    symptom = options.text(value, "symptom") if "symptom" in value else ""
    if symptom and not _said(wrong, symptom):
        raise PageError(
            f"the option symptom must be a line that {wrong.name} wrote last or printed, or hang: {symptom}"
        )
    shows = options.lines(value, "shows") if "shows" in value else ()
    for fact in shows:
        if fact not in facts(mended.recording) or fact in facts(wrong.recording):
            raise PageError(f"the option shows must be what {mended.name} shows and {wrong.name} does not: {fact}")
    return Hunt(wrong, mended, question, why, symptom, shows)


def _said(wrong: Evidence, symptom: str) -> str:
    """Return the words that lead to a symptom of a program; `""` if it has no such symptom."""
    did = wrong.recording
    if symptom == "hang":
        return "It never ended." if did.exit_code is None else ""
    printed, ended = QUOTING
    if symptom in did.stdout.splitlines():
        return printed
    return ended if symptom in did.stderr.strip().splitlines()[-1:] else ""


def _elsewhere(hunt: Hunt, spot: Spot) -> str:
    """Return the link to the block that shows the mended program in full; `""` if none does but this one."""
    name, page = hunt.mended.name, spot.page
    place = spot.library.places.get(name)
    if place is None or not page or not (place.whole or place.page != page or name in spot.before):
        return ""
    if place.page == page:
        return f"#{place.anchor}"
    return f"{posixpath.relpath(place.page, posixpath.dirname(page) or '.')}#{place.anchor}"


def render(hunt: Hunt, spot: Spot, elsewhere: str) -> Element:
    """Return the block as elements, whose texts are Markdown still.

    Args:
        hunt: The bug.
        spot: Where it is to stand.
        elsewhere: The link to the block that shows the mended program in full; `""` if this one does.
    """
    code, run, mended = spot.programs
    whole = Element("div", {"class": "sk-hunt wide"})
    frame = SubElement(whole, "section", {"class": "sk-bug", "aria-labelledby": spot.id})
    frame.set("data-wanted", live.written(wanted(hunt)))
    if hunt.shows:
        frame.set("data-shows", live.written(hunt.shows))
    head = SubElement(frame, "p", {"id": spot.id})
    SubElement(head, "strong").text = "This program is wrong."
    said = _said(hunt.wrong, hunt.symptom) if hunt.symptom else "Can you find the bug?"
    head[0].tail = AtomicString(f" {_meant(hunt.wrong.text)} {said}")
    if said in QUOTING:
        head[0].tail = AtomicString(f"{head[0].tail} ")
        SubElement(head, "code").text = AtomicString(hunt.symptom)
    frame.append(code)
    frame.append(predict.render(hunt.question, spot))
    found = fold(frame, "What happened, and why")
    found.append(_happened(hunt))
    SubElement(found, "p", {"class": "sk-because"}).text = hunt.why
    found.append(run)
    cure = fold(whole, "The program, mended")
    if elsewhere:
        link = SubElement(SubElement(cure, "p"), "a", {"href": elsewhere})
        link.text = AtomicString("What this program printed, and its packets")
    cure.append(mended)
    return whole


def wanted(hunt: Hunt) -> list[str]:
    """Return the lines that the program must print when a reader has mended it.

    Those are the ones that it declares; without any, those that the mended program prints on any machine, as far as
    they begin as something in the wrong one does: the mended one may print more than was asked for.

    Args:
        hunt: The bug.
    """
    declared = [one.text for one in faulty.declared_faults(hunt.wrong.text) if one.kind == "wanted"]
    if declared:
        return declared
    mended = hunt.mended.recording
    chosen = {str(port) for port in ports(mended)} | {str(one.number) for one in mended.chosen}
    lines = [line for line in mended.stdout.splitlines() if line and chosen.isdisjoint(NUMBER.findall(line))]
    return [line for line in lines if line.partition(":")[0] in hunt.wrong.text]


def _meant(text: str) -> str:
    """Return what a program was meant to do, as its docstring says after the word that warns of it."""
    said = (ast.get_docstring(ast.parse(text)) or "").partition("\n")[0].removeprefix("Wrong: ")
    return said[:1].upper() + said[1:]


def fold(parent: Element, title: str) -> Element:
    """Add a part that is folded until someone opens it, and return it.

    Args:
        parent: What it is added to.
        title: What its summary says.
    """
    details = SubElement(parent, "details", {"class": "sk-fold"})
    SubElement(details, "summary").text = title
    return details


def _happened(hunt: Hunt) -> Element:
    """Return what the program printed and what is said of it, word for word."""
    recording = hunt.wrong.recording
    part = Element("div", {"class": "sk-happened", "data-search-exclude": ""})
    verbatim(part, "It printed", recording.stdout)
    if recording.stderr:
        verbatim(part, "It wrote to standard error", recording.stderr)
    if recording.exit_code is None:
        SubElement(part, "p", {"class": "sk-note"}).text = "It was stopped at its time limit."
    elif recording.exit_code:
        SubElement(part, "p", {"class": "sk-note"}).text = f"It ended with exit status {recording.exit_code}."
    findings = faulty.found_in(recording)
    verbatim(part, "What socktrace run says", listed(findings))
    if not findings:
        note = SubElement(part, "p", {"class": "sk-note"})
        note.text = "The sockets were handled well, and still the answer is wrong. No tool can know what was meant."
    return part


def verbatim(parent: Element, title: str, text: str) -> None:
    """Add a text with its title, word for word.

    Args:
        parent: What they are added to.
        title: The title.
        text: The text; if it is empty, the title says that there is nothing.
    """
    SubElement(parent, "p", {"class": "sk-title"}).text = AtomicString(title if text else f"{title} nothing")
    if text:
        box = SubElement(parent, "pre", {"class": "sk-out"})
        shown = visible(text.rstrip("\n"), keep="\n").replace("&", "&amp;")
        SubElement(box, "samp").text = AtomicString(shown)


class HuntBlock(Block[Hunt]):
    """A wrong program, what came of it, and the mended one."""

    name = "hunt"
    guide = _GUIDE
    prose = True

    def read(self, body: str, library: Library) -> Hunt:
        return read(body, library)

    def render(self, asked: Hunt, spot: Spot) -> Element:
        return render(asked, spot, _elsewhere(asked, spot))

    def requests(self, asked: Hunt, spot: Spot) -> tuple[Request, ...]:
        last = faulty.last_line(asked.wrong.text)
        return (
            Request(asked.wrong, ("code",), last, alone=False),
            Request(asked.wrong, ("ladder", "sockets"), bar=False, alone=False),
            Request(asked.mended, ("code",) if _elsewhere(asked, spot) else PARTS, alone=False),
        )

    def runs(self, body: str, store: Store) -> Iterator[Run]:
        value = options.parse(body)
        if isinstance(value, dict):
            wrong, mended = (store.resolve(str(value.get(name)).strip()) for name in ("broken", "mended"))
            # It shows the mended program in full only if no other block does.
            yield from (Run(wrong, whole=True), Run(wrong, whole=False), Run(mended, whole=False))

    def shows(self, asked: Hunt, library: Library) -> tuple[str, str]:
        return asked.wrong.name, asked.mended.name

    def due(self, library: Library, shown: set[str]) -> Iterator[Due]:
        for name in library.store.faulty():
            yield Due(name, no_page_shows(f"snippets/{name}:1", "this program that is wrong", self.name))


BLOCK = HuntBlock()
