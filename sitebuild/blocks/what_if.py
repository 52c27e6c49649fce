"""The what-if block: a program as it is, and small edits of it, each with what its own run shows."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from xml.etree.ElementTree import Element, SubElement

from markdown.util import AtomicString

from sitebuild.kit import live, places
from sitebuild.kit.block import Block, Due, Spot, no_page_shows
from sitebuild.kit.library import Evidence, Library
from sitebuild.kit.places import Run
from sitebuild.programs.store import Store
from sitebuild.programs.what_ifs import PARTS, Line, file_of, text_of
from sitebuild.reading import options
from sitebuild.reading.options import PageError, Value
from socktrace import ladder
from socktrace.ladder.source import coloured, sized
from socktrace.markup import append, element, to_html
from socktrace.recording import Recording, chosen
from socktrace.visible import visible

_AROUND = 1
"""How many lines of the program stand before and after those that change."""
_LINES = 12
"""From how many lines on of what a program printed only those are shown that differ."""
_SAYS = "# socktrace:"
"""What a comment begins with that is for the recorder, not for the reader."""
_ROWS = 12
"""How many rows of a conversation are shown at most; of more the first and the last."""
_LAST = 4
"""How many of the last rows these are."""
_CONVERSATIONS = 3
"""How many conversations are shown at most."""

_GUIDE = """\
## A what-if

````markdown
```what-if
snippet: sockets/last_descriptor_closes.py
ask: Now call `shutdown` on the first descriptor before it is closed. Can the second still send?
cases:
  only close:
    big: "one of two closed:"
    why: Yes. `close` gives up a descriptor, and there is another one.
  shutdown first:
    edit: shutdown
    big: error
    why: No. `shutdown` acts on the connection itself.
```
````

asks, and gives a switch between the program as it is and one to four edits of it. Each case shows the changed lines, what was printed and the part of the ladder that differs. With scripts it has a button that opens the program with the edit made, and runs it.
The edits lie beside the program, here in `snippets/sockets/last_descriptor_closes.what-ifs.toml`. Change the program, let `git diff` show what you did, write the lines down, and change it back:

```toml
[shutdown]
edit = '''
             copy = accepted.dup()
+            accepted.shutdown(socket.SHUT_WR)
'''
breaks = ["failure"]
```

Parts that are changed in several places are parted by `@@`. `breaks` names the events of the run that the program as it is has not (see the page about proof), `mends` those that the program declares and that happen no more. The run must break these and no others, and end by the program's own limits.
`uv run python -m sitebuild record sockets/last_descriptor_closes.py:shutdown` runs the edited program and keeps what it did.

`big` is what is set large, taken from the recording: `time`, from the first packet to the last; `error`, the exception that ended it; or the beginning of a line that it printed, whose rest is shown.
The case without an `edit` is the program as it is. `why` is yours.
"""


@dataclass(frozen=True, slots=True)
class Case:
    """One position of the switch.

    Args:
        label: What it is called.
        evidence: The program, as it is or edited, with its recording.
        lines: Every line of the program and of its edit; none if it is as it is.
        big: What is set large, with what is said of it; `("", "")` for nothing.
        why: The reason, in Markdown; `""` for none.
    """

    label: str
    evidence: Evidence
    lines: tuple[Line, ...]
    big: tuple[str, str]
    why: str


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with cases.

    Args:
        snippet: The program that is edited.
        ask: The question, in Markdown.
        cases: The first is what is shown before the reader switches.
    """

    snippet: str
    ask: str
    cases: tuple[Case, ...]


def read(body: str, library: Library) -> Asked:
    """Read a what-if fence.

    Args:
        body: What stands in it.
        library: Where the snippets are.

    Raises:
        PageError: The fence is not whole, or asks for what is not there.
    """
    value = options.parse(body)
    names = ("snippet", "ask", "cases")
    if not isinstance(value, dict):
        raise PageError(f"a what-if fence holds the options {', '.join(names)}")
    options.keys(value, names, names)
    cases = value["cases"]
    if not isinstance(cases, dict) or not 2 <= len(cases) <= 5:
        raise PageError("the option cases holds the program as it is and one to four edits, each with its label")
    snippet = options.text(value, "snippet")
    for case in cases.values():  # an edit that no longer applies is told before what is only to be recorded again
        if isinstance(case, dict) and "edit" in case:
            library.applied(f"{snippet}{PARTS}{options.text(case, 'edit')}")
    read = tuple(_case(label, case, snippet, library) for label, case in cases.items())
    if [bool(case.lines) for case in read].count(False) != 1:
        raise PageError("exactly one of the cases has no edit: the program as it is")
    return Asked(snippet, options.text(value, "ask"), read)


def _case(label: str, value: Value, snippet: str, library: Library) -> Case:
    if not isinstance(value, dict):
        raise PageError(f"the case {label} holds the options edit, big and why")
    options.keys(value, ("edit", "big", "why"), ())
    if "edit" in value:
        edited = library.edited(f"{snippet}{PARTS}{options.text(value, 'edit')}")
        evidence, lines = edited.evidence, edited.lines
    else:
        evidence, lines = library.evidence(snippet), ()
    big = _big(options.text(value, "big"), evidence) if "big" in value else ("", "")
    return Case(label, evidence, lines, big, options.text(value, "why") if "why" in value else "")


# -- what is set large -------------------------------------------------------------------------------------------------


def _big(what: str, evidence: Evidence) -> tuple[str, str]:
    """Return what a run showed, and what is said of it.

    Raises:
        PageError: The run showed no such thing.
    """
    recording = evidence.recording
    if what == "time":
        if len(recording.packets) < 2:
            wrong = f"{evidence.name} sent no two packets between which time could pass"
            raise PageError(f"{wrong}; write big: error, or the beginning of a line that it printed")
        return _milliseconds(span(recording)), "from the first packet to the last"
    if what == "error":
        name, _, message = _last(recording).partition(":")
        if not name.replace(".", "").isidentifier():
            raise PageError(f"{evidence.name} did not end with an exception")
        return name, message.strip()
    found = [line for line in _output(recording) if line.strip().startswith(what)]
    if len(found) != 1:
        raise PageError(f"{len(found)} of the lines that {evidence.name} printed begin with {what}, and one must")
    return visible(found[0].strip().removeprefix(what).strip()), visible(what.rstrip(" :"))


def span(recording: Recording) -> float:
    """Return the milliseconds from the first packet to the last."""
    return recording.packets[-1].at - recording.packets[0].at


def _milliseconds(time: float) -> str:
    return f"{time:.1f} ms" if time < 10 else f"{time:,.0f} ms"


def _last(recording: Recording) -> str:
    """Return the last line on standard error."""
    return "".join(one.stderr for one in recording.programs).strip().rpartition("\n")[2]


def _output(recording: Recording) -> list[str]:
    """Return the lines that all programs of a run printed."""
    return [line for one in recording.programs for line in one.stdout.splitlines()]


# -- the block ---------------------------------------------------------------------------------------------------------


def render(asked: Asked, spot: Spot) -> Element:
    """Return the block as elements, whose texts are Markdown still.

    Args:
        asked: The question.
        spot: Where it stands.
    """
    block = Element("div", {"class": "sk-what-if", "role": "group", "aria-labelledby": spot.id})
    SubElement(block, "p", {"class": "sk-ask", "id": spot.id}).text = asked.ask
    choice = {"role": "radiogroup", "aria-labelledby": spot.id, "data-search-exclude": ""}
    switch = SubElement(block, "div", {"class": "sk-switch", **choice})
    longest = max((span(case.evidence.recording) for case in asked.cases if case.big[0].endswith(" ms")), default=0.0)
    program = spot.library.evidence(asked.snippet)
    for number, case in enumerate(asked.cases, 1):
        label = SubElement(switch, "label")
        radio = SubElement(label, "input", {"type": "radio", "name": spot.id, "id": f"{spot.id}-{number}"})
        if number == 1:
            radio.set("checked", "checked")
        SubElement(label, "span").text = case.label
    for number, case in enumerate(asked.cases, 1):
        box = SubElement(block, "section", {"class": "sk-case"})
        if live.fits(program):
            box.set(live.ATTRIBUTE, live.told(program, spot.library, spot.page, case.lines))
        if case.lines:
            box.set("id", places.slug(case.evidence.name))
        SubElement(box, "p", {"class": "sk-case-name"}).text = case.label
        said = SubElement(box, "div", {"class": "sk-said"})
        if case.big[0]:
            said.append(_large(case, longest))
        if case.why:
            SubElement(said, "p").text = case.why
        machine = SubElement(box, "section", {"class": "sk-shown", "data-search-exclude": ""})
        machine.text = AtomicString(spot.stash(_html(asked, case, f"{spot.id}-{number}-step")))
    return block


_ONE_LINE = 13
"""So many letters of what was printed stay on one line."""


def _large(case: Case, longest: float) -> Element:
    value, caption = case.big
    number, unit, _ = value.partition(" ms")
    # The name of an exception breaks between its words, and so do several words, unless they are short.
    words = [number] if " " in number and len(number) <= _ONE_LINE else re.split(r"(?<=[a-z])(?=[A-Z])| ", number)
    room = max(len(unit) + len(number) // 2, *map(len, words))
    failed = case.evidence.recording.exit_code or "Error" in value
    box = Element("div", {"class": "sk-result sk-failed" if failed else "sk-result"})
    big = SubElement(box, "p", {"class": "sk-big", "style": f"--n:{room}"})
    first, *rest = re.split(r"(?<=[a-z])(?=[A-Z])", number)
    big.text = AtomicString(_escaped(first))
    for word in rest:
        SubElement(big, "wbr").tail = AtomicString(_escaped(word))
    if unit:
        SubElement(big, "small").text = AtomicString(unit)
    SubElement(box, "p", {"class": "sk-note"}).text = AtomicString(_escaped(caption))
    if unit and longest:
        part = span(case.evidence.recording) / longest
        scale = SubElement(box, "div", {"class": "sk-took", "aria-hidden": "true"})
        SubElement(scale, "div", {"style": f"--w:{part:.3%}"})
    return box


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


@lru_cache(maxsize=512)  # a preview that builds the site again makes only the cases that have changed
def _html(asked: Asked, case: Case, id: str) -> str:
    return to_html(_shown(asked, case, id))


def _shown(asked: Asked, case: Case, id: str) -> Iterator[Element]:
    """Yield what the machine says: the changed lines, what was printed, and the rows that differ."""
    others = [one for one in asked.cases if bool(one.lines) != bool(case.lines)]
    yield code(case, others)
    yield from printed(case, others)
    yield from _rows(case, others, id)


# -- the changed lines -------------------------------------------------------------------------------------------------


def code(case: Case, others: Sequence[Case]) -> Element:
    """Return the changed lines with those around them; of the program as it is all that the edits change."""
    found = _edited(case) if case.lines else _as_it_is(others)
    shown = [(at, line, _undeclared(pieces)) for at, line, pieces in found if not line.text.lstrip().startswith(_SAYS)]
    for end in (0, -1):
        while not shown[end][1].text.strip():
            shown.pop(end)
    indent = min(len(line.text) - len(line.text.lstrip()) for _, line, _ in shown if line.text.strip())
    box = element("code")
    last = shown[0][0]
    for at, line, pieces in shown:
        if at > last + 1:
            append(box, element("span.sk-line", "\u22ee\n", attributes={"data-n": ""}))
        append(box, _line(line, _outdented(pieces, indent)))
        last = at
    style = {"style": sized(line.text[indent:] for _, line, _ in shown)}
    return element("div.sk-code", element("pre", box), attributes=style)


_Pieces = list[Element | str]


def _edited(case: Case) -> Iterator[tuple[int, Line, _Pieces]]:
    """Yield lines with the numbers that they have in the edited program, as its run has them; what is gone has none."""
    old = coloured("".join(f"{line.text}\n" for line in case.lines if line.mark != "+"))
    new = enumerate(coloured(text_of(case.lines)), 1)
    near = _near(case.lines)
    for at, line in enumerate(case.lines):
        number, pieces = (0, old[line.number - 1]) if line.mark == "-" else next(new)
        if at in near:
            yield at, Line(line.mark, line.text, number), pieces


def _as_it_is(others: Sequence[Case]) -> Iterator[tuple[int, Line, _Pieces]]:
    text = "".join(f"{line.text}\n" for line in others[0].lines if line.mark != "+")  # of the file that they change
    lines = coloured(text)
    near = {other.lines[at].number for other in others for at in _near(other.lines) if other.lines[at].mark != "+"}
    texts = text.splitlines()
    yield from ((number, Line(" ", texts[number - 1], number), lines[number - 1]) for number in sorted(near))


def _near(lines: Sequence[Line]) -> set[int]:
    """Return the indexes of lines that change, and of those around them."""
    changed = (at for at, line in enumerate(lines) if line.mark != " ")
    return {near for at in changed for near in range(max(0, at - _AROUND), min(len(lines), at + _AROUND + 1))}


def _undeclared(pieces: _Pieces) -> _Pieces:
    """Return a line without what it says to the recorder."""
    kept = [one for one in pieces if isinstance(one, str) or not (one.text or "").startswith(_SAYS)]
    return kept if len(kept) == len(pieces) or not isinstance(kept[-1], str) else [*kept[:-1], kept[-1].rstrip()]


def _outdented(pieces: _Pieces, indent: int) -> _Pieces:
    """Return a line without the blanks that all lines begin with."""
    first = pieces[0] if pieces else ""
    return [first[indent:], *pieces[1:]] if isinstance(first, str) else pieces


def _line(line: Line, pieces: _Pieces) -> Element:
    made = element("span.sk-line", attributes={"data-n": str(line.number or "\u2212")})
    if line.mark == " ":
        append(made, *pieces, "\n")
        return made
    tag, word = ("del", "gone: ") if line.mark == "-" else ("ins", "new: ")
    first = pieces[0] if pieces and isinstance(pieces[0], str) else ""
    blanks = len(first) - len(first.lstrip())
    append(made, element("span.sk-vh", word), first[:blanks], element(tag, *_outdented(pieces, blanks)), "\n")
    return made


# -- what was printed --------------------------------------------------------------------------------------------------


def printed(case: Case, others: Sequence[Case]) -> Iterator[Element]:
    """Yield what a run printed, and the error that ended it; of much that only which the others did not print."""
    recording = case.evidence.recording
    lines = _output(recording)
    if len(lines) > _LINES:
        lines = list(_unlike(lines, [_output(one.evidence.recording) for one in others]))
    if lines:
        yield element("pre.sk-out", visible("\n".join(lines), keep="\n"))
    if error := _last(recording):
        yield element("pre.sk-out sk-err", visible(error))


def _unlike(lines: Sequence[str], others: Sequence[Sequence[str]]) -> Iterator[str]:
    """Yield the lines that not all others printed too, with a mark where some are left out."""
    kept = {at for other in others for at in _different(lines, other)}
    last = -1
    for at in sorted(kept):
        if at > last + 1:
            yield "\u22ee"
        yield lines[at]
        last = at
    if last < len(lines) - 1:
        yield "\u22ee"


def _different(mine: Sequence[object], other: Sequence[object]) -> Iterator[int]:
    matcher = difflib.SequenceMatcher(None, mine, other, autojunk=False)
    for kind, begin, end, _, _ in matcher.get_opcodes():
        if kind in ("delete", "replace"):
            yield from range(begin, end)


# -- the rows that differ ----------------------------------------------------------------------------------------------


def _rows(case: Case, others: Sequence[Case], id: str) -> Iterator[Element]:
    """Yield the part of the run that is not as in the other cases."""
    mine = _keys(case)
    kept = {at for other in others for at in _different(mine, _keys(other))}
    if not mine:
        return
    if kept:
        wanted = range(max(0, min(kept) - 1) + 1, min(len(mine), max(kept) + 2) + 1)
        failed = [at for at in wanted if case.evidence.run.rows[at - 1].failed]
        yield element("div.sk-run", ladder.part(case.evidence.run, id, _few(wanted, failed)))
    elif case.lines:
        yield element("p.sk-note", "Its calls and packets are the same as before.")


def _keys(case: Case) -> list[object]:
    """Return of each row what can be compared: not what the kernel chose, nor where a line stands."""
    ports = chosen.ports(case.evidence.recording)

    def masked(text: str) -> str:
        return chosen.NUMBER.sub(lambda match: "#" if int(match[0]) in ports else match[0], text)

    return [
        (
            row.kind,
            row.lane,
            row.to,
            masked(row.code),
            masked(row.result),
            masked(row.wire.label if row.wire else ""),
            row.failed,
        )
        for row in case.evidence.run.rows
    ]


def _few(rows: range, failed: Sequence[int]) -> Sequence[int]:
    """Return of many rows those around the last one that failed; if none did, the first and the last."""
    if len(rows) <= _ROWS:
        return rows
    if failed:
        end = min(failed[-1] + _LAST, rows.stop)
        return range(max(rows.start, end - _ROWS), end)
    return [*rows[: _ROWS - _LAST], *rows[-_LAST:]]


class WhatIfBlock(Block[Asked]):
    """A program as it is, and small edits of it."""

    name = "what-if"
    guide = _GUIDE
    prose = True

    def read(self, body: str, library: Library) -> Asked:
        return read(body, library)

    def render(self, asked: Asked, spot: Spot) -> Element:
        return render(asked, spot)

    def runs(self, body: str, store: Store) -> Iterator[Run]:
        value = options.parse(body)
        if not isinstance(value, dict):
            return
        cases = value.get("cases")
        for case in cases.values() if isinstance(cases, dict) else ():
            if isinstance(case, dict) and "edit" in case:
                yield Run(store.resolve(f"{value.get('snippet')}{PARTS}{case['edit']}"), whole=True)

    def shows(self, asked: Asked, library: Library) -> Iterator[str]:
        yield from (case.evidence.name for case in asked.cases if case.lines)

    def due(self, library: Library, shown: set[str]) -> Iterator[Due]:
        try:
            names = library.store.what_ifs()
        except ValueError as error:
            raise PageError(str(error)) from error
        for name in names:
            what_if, own = library.store.what_if(name), name.partition(PARTS)[2]
            place = f"{file_of(what_if.program)}:{what_if.line}"
            yield Due(name, no_page_shows(place, f"the what-if {own}", self.name))


BLOCK = WhatIfBlock()
