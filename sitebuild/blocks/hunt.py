"""The hunt block: a wrong program, what came of it, and the mended one. Pure, apart from what the library reads."""

from __future__ import annotations

import ast
import posixpath
from collections.abc import Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement

from markdown.util import AtomicString

from sitebuild import faulty, options
from sitebuild.blocks import predict
from sitebuild.blocks.predict import Question
from sitebuild.blocks.snippet import PARTS, Request
from sitebuild.library import Evidence, Library
from sitebuild.options import PageError
from socktrace.report import listed
from socktrace.visible import visible


@dataclass(frozen=True, slots=True)
class Hunt:
    """A bug to be found.

    Args:
        wrong: The program that has it, with its recording.
        mended: The program that has not.
        question: What the reader is asked.
        why: The reason, in Markdown.
        elsewhere: The link to the block that shows the mended program in full; `""` if this one is to.
    """

    wrong: Evidence
    mended: Evidence
    question: Question
    why: str
    elsewhere: str

    @property
    def requests(self) -> tuple[Request, Request, Request]:
        """The snippet blocks that the hunt is made of: the wrong program, what it did, and the mended program."""
        last = faulty.last_line(self.wrong.text)
        return (
            Request(self.wrong, None, ("code",), last),
            Request(self.wrong, None, ("ladder", "sockets"), bar=False),
            Request(self.mended, None, ("code",) if self.elsewhere else PARTS),
        )


def read(body: str, library: Library, page: str | None = None, before: Sequence[str] = ()) -> Hunt:
    """Read a hunt fence.

    Args:
        body: What stands in it.
        library: Where the programs are.
        page: The page that it stands on, relative to the folder of the pages.
        before: The mended programs that hunts further up on the page show.

    Raises:
        PageError: The fence is not whole, its programs are not there, not exactly one choice names what came of the
            wrong program, or the mended one does not print what was wanted.
    """
    value = options.parse(body)
    names = ("broken", "mended", "ask", "choices", "why")
    if not isinstance(value, dict):
        raise PageError(f"a hunt fence holds the options {', '.join(names)}")
    options.keys(value, names, names)
    ask, why = options.text(value, "ask"), options.text(value, "why")
    wrong = library.wrong(options.text(value, "broken"))
    mended = library.evidence(options.text(value, "mended"))
    for one in faulty.declared_faults(wrong.text):
        if one.kind == "wanted" and one.text not in mended.recording.stdout.splitlines():
            raise PageError(f"{mended.name} does not mend {wrong.name}: it does not print what was wanted: {one.text}")
    choices = predict.choices_of(value)
    right = predict.the_right_one(choices, faulty.outcomes(wrong.recording), wrong.name, "showed")
    question = Question(ask, choices, right, "", ("showed", "shown"))
    return Hunt(wrong, mended, question, why, _elsewhere(mended.name, library, page, before))


def _elsewhere(name: str, library: Library, page: str | None, before: Sequence[str]) -> str:
    """Return the link to the block that shows a program in full; `""` if none does but the hunt that asks."""
    place = library.places.get(name)
    if place is None or page is None or not (place.whole or place.page != page or name in before):
        return ""
    if place.page == page:
        return f"#{place.anchor}"
    return f"{posixpath.relpath(place.page, posixpath.dirname(page) or '.')}#{place.anchor}"


def render(hunt: Hunt, id: str, blocks: Sequence[Element]) -> Element:
    """Return the block as elements, whose texts are Markdown still.

    Args:
        hunt: The bug.
        id: The block's id, unique on the page.
        blocks: The snippet blocks that it asked for.
    """
    code, run, mended = blocks
    whole = Element("div", {"class": "sk-hunt"})
    frame = SubElement(whole, "section", {"class": "sk-bug", "aria-labelledby": id})
    head = SubElement(frame, "p", {"id": id})
    SubElement(head, "strong").text = "This program is wrong."
    head[0].tail = AtomicString(f" {_meant(hunt.wrong.text)} Can you find it?")
    frame.append(code)
    frame.append(predict.render(hunt.question, f"{id}-ask"))
    found = _fold(frame, "What happened, and why")
    found.append(_happened(hunt))
    SubElement(found, "p", {"class": "sk-because"}).text = hunt.why
    found.append(run)
    cure = _fold(whole, "The program, mended")
    if hunt.elsewhere:
        link = SubElement(SubElement(cure, "p"), "a", {"href": hunt.elsewhere})
        link.text = AtomicString("What this program printed, and its packets")
    cure.append(mended)
    return whole


def _meant(text: str) -> str:
    """Return what a program was meant to do, as its docstring says after the word that warns of it."""
    said = (ast.get_docstring(ast.parse(text)) or "").partition("\n")[0].removeprefix("Wrong: ")
    return said[:1].upper() + said[1:]


def _fold(parent: Element, title: str) -> Element:
    details = SubElement(parent, "details", {"class": "sk-fold"})
    SubElement(details, "summary").text = title
    return details


def _happened(hunt: Hunt) -> Element:
    """Return what the program printed and what is said of it, word for word."""
    recording = hunt.wrong.recording
    part = Element("div", {"class": "sk-happened"})
    _verbatim(part, "It printed", recording.stdout)
    if recording.stderr:
        _verbatim(part, "It wrote to standard error", recording.stderr)
    if recording.exit_code is None:
        SubElement(part, "p", {"class": "sk-note"}).text = "It was stopped at its time limit."
    elif recording.exit_code:
        SubElement(part, "p", {"class": "sk-note"}).text = f"It ended with exit status {recording.exit_code}."
    findings = faulty.found_in(recording)
    _verbatim(part, "What socktrace run says", listed(findings))
    if not findings:
        note = SubElement(part, "p", {"class": "sk-note"})
        note.text = "The sockets were handled well, and still the answer is wrong. No tool can know what was meant."
    return part


def _verbatim(parent: Element, title: str, text: str) -> None:
    SubElement(parent, "p", {"class": "sk-title"}).text = AtomicString(title if text else f"{title} nothing")
    if text:
        box = SubElement(parent, "pre", {"class": "sk-out"})
        shown = visible(text.rstrip("\n"), keep="\n").replace("&", "&amp;")
        SubElement(box, "samp").text = AtomicString(shown)
