"""The switch block: two choices of the reader, and the step of a recorded session that shows what comes of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement

from markdown.util import AtomicString

from sitebuild.blocks.session import terminal
from sitebuild.kit.block import Block, Spot
from sitebuild.kit.library import Library, Witnessed
from sitebuild.markup.unsought import UNSOUGHT
from sitebuild.reading import options
from sitebuild.reading.options import PageError, Value
from socktrace.session.model import Act

_ROWS = 5
_COLUMNS = 4
"""How many choices there are at most; the style knows no more."""

_GUIDE = """\
## Two choices, one result

````markdown
```switch
session: ports/who_reaches_which.toml
ask: Where does your server listen, and who calls it?
rows: Your server listens at
columns: Who calls
results: [reached, refused]
cases:
  127.0.0.1:
    your phone: {step: 15, why: The phone has no way to the loopback of another machine.}
    this machine: {step: 7, why: It calls itself.}
  0.0.0.0:
    your phone: {step: 17, why: The wildcard takes calls to every address.}
    this machine: {step: 9, why: The loopback is one of them.}
```
````

gives two switches. For each pair of choices stands the step of a session, counted from 1: its command and its output are shown, and of the two results the first if it ended with exit status 0, else the second. `why` is Markdown.
The first of each is what is shown before the reader switches. The session itself stands in a session fence of its own.
"""


@dataclass(frozen=True, slots=True)
class Case:
    """What comes of two choices.

    Args:
        row: The first choice, from 0.
        column: The second choice, from 0.
        act: The step of the session that shows it.
        why: The reason, in Markdown.
    """

    row: int
    column: int
    act: Act
    why: str


@dataclass(frozen=True, slots=True)
class Switch:
    """Two choices.

    Args:
        ask: The question, in Markdown.
        names: What is chosen, first and second.
        choices: The words of the choices, first and second.
        results: The word for success, and that for failure.
        cases: What comes of each pair.
    """

    ask: str
    names: tuple[str, str]
    choices: tuple[tuple[str, ...], tuple[str, ...]]
    results: tuple[str, str]
    cases: tuple[Case, ...]


def read(body: str, library: Library) -> Switch:
    """Read a switch fence.

    Args:
        body: What stands in it.
        library: Where the sessions are.

    Raises:
        PageError: The fence is not whole, or asks for a step that is not there.
    """
    value = options.parse(body)
    names = ("session", "ask", "rows", "columns", "results", "cases")
    if not isinstance(value, dict):
        raise PageError(f"a switch fence holds the options {', '.join(names)}")
    options.keys(value, names, names)
    results = value["results"]
    if not isinstance(results, list) or len(results) != 2:
        raise PageError("the option results holds two words: that for success, and that for failure")
    witnessed = library.witnessed(options.text(value, "session"))
    cases = value["cases"]
    if not isinstance(cases, dict) or not 2 <= len(cases) <= _ROWS:
        raise PageError(f"the option cases holds two to {_ROWS} rows, each with a case for each column")
    rows = tuple(cases)
    first = cases[rows[0]]
    columns = tuple(first) if isinstance(first, dict) else ()
    if not 2 <= len(columns) <= _COLUMNS:
        raise PageError(f"the row {rows[0]} holds a case for each of two to {_COLUMNS} columns")
    found = tuple(_cases(cases, columns, witnessed))
    texts = (options.text(value, "rows"), options.text(value, "columns"))
    return Switch(options.text(value, "ask"), texts, (rows, columns), (str(results[0]), str(results[1])), found)


def _cases(rows: dict[str, Value], columns: tuple[str, ...], witnessed: Witnessed) -> Iterator[Case]:
    acts = witnessed.transcript.acts
    for number, (row, cases) in enumerate(rows.items()):
        if not isinstance(cases, dict) or set(cases) != set(columns):
            raise PageError(f"the row {row} must hold a case for each of: {', '.join(columns)}")
        for column, name in enumerate(columns):
            case = cases[name]
            if not isinstance(case, dict):
                raise PageError(f"the case {row}, {name} holds the options step and why")
            options.keys(case, ("step", "why"), ("step", "why"))
            step = options.text(case, "step")
            if not (step.isdecimal() and 1 <= int(step) <= len(acts)):
                raise PageError(f"the case {row}, {name}: {witnessed.session.name} has the steps 1 to {len(acts)}")
            yield Case(number, column, acts[int(step) - 1], options.text(case, "why"))


def render(asked: Switch, id: str) -> Element:
    """Return the block as elements, whose texts are Markdown still.

    Args:
        asked: The choices and what comes of them.
        id: The block's id, unique on the page.
    """
    block = Element("div", {"class": "sk-what-if sk-two-ways", "role": "group", "aria-labelledby": id})
    SubElement(block, "p", {"class": "sk-ask", "id": id}).text = asked.ask
    for way, (name, choices) in enumerate(zip(asked.names, asked.choices, strict=True)):
        block.append(_choice(name, choices, f"{id}-{way}"))
    for case in asked.cases:
        box = SubElement(block, "section", {"class": f"sk-case sk-case-{case.row + 1}-{case.column + 1}"})
        words = f"{asked.choices[0][case.row]}, {asked.choices[1][case.column]}"
        SubElement(box, "p", {"class": "sk-case-name"}).text = words
        said = SubElement(box, "div", {"class": "sk-said"})
        said.append(_large(asked.results[bool(case.act.exit)], failed=bool(case.act.exit)))
        SubElement(said, "p").text = case.why
        shown = SubElement(box, "section", {"class": "sk-shown", UNSOUGHT: ""})
        shown.append(terminal(case.act, f"the call: {words}"))
    return block


def _choice(name: str, choices: tuple[str, ...], id: str) -> Element:
    box = Element("div", {"class": "sk-select"})
    SubElement(box, "p", {"class": "sk-note", "id": f"{id}-name"}).text = name
    choice = {"role": "radiogroup", "aria-labelledby": f"{id}-name", UNSOUGHT: ""}
    switch = SubElement(box, "div", {"class": "sk-switch", **choice})
    for number, words in enumerate(choices):
        label = SubElement(switch, "label")
        radio = SubElement(label, "input", {"type": "radio", "name": id, "id": f"{id}-{number}"})
        if not number:
            radio.set("checked", "checked")
        SubElement(label, "span").text = words
    return box


def _large(result: str, *, failed: bool) -> Element:
    box = Element("div", {"class": "sk-result sk-failed" if failed else "sk-result"})
    SubElement(box, "p", {"class": "sk-big", "style": f"--n:{len(result)}"}).text = AtomicString(result)
    return box


class SwitchBlock(Block[Switch]):
    """Two choices, and what comes of them."""

    name = "switch"
    guide = _GUIDE
    prose = True

    def read(self, body: str, library: Library) -> Switch:
        return read(body, library)

    def render(self, asked: Switch, spot: Spot) -> Element:
        return render(asked, spot.id)


BLOCK = SwitchBlock()
