"""The command block: what to type on each system, with the reader's own port, host or process in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement

from markdown.util import AtomicString

from sitebuild.blocks.systems import SYSTEMS, panes, picker
from sitebuild.kit.block import Block, Spot
from sitebuild.kit.library import Library
from sitebuild.markup.unsought import UNSOUGHT
from sitebuild.reading import options
from sitebuild.reading.options import PageError, Value, guess
from socktrace.markup import append, element, to_html

_GUIDE = """\
## A command to type

````markdown
```command
port: 8080
Linux:
  run: sudo ss -ltnp 'sport = :8080'
  say: The process is in the last column [@ss8].
Windows:
  run: Get-NetTCPConnection -LocalPort 8080 -State Listen
  say: In PowerShell; the process is in `OwningProcess` [@ms-get-nettcpconnection].
```
````

shows the command of the reader's system, to be copied. The reader may enter a port number, and every such command on the page follows. `say` is Markdown. `prints` is a sample of what the command prints; what stands between two pairs of stars in it, as in `pid=**4711**`, is lit. `port` is the number that stands in the commands and samples until then; leave it out where none does. `host` is the same for the name of a server, such as `example.org`.

Several commands, one after the other, are steps. Each begins with its question, has what is typed on each system, and may have `then`: what to do next, whatever the system, as a list of paragraphs. `number` is a word that stands for the number of a process until the reader enters it, at the first step that needs it; a number that is lit in a sample becomes it too.

````markdown
```command
port: 8080
number: NUMBER
steps:
  Who listens there?:
    Linux: {run: "sudo ss -ltnp 'sport = :8080'"}
    Windows: {run: "netstat -ano | findstr :8080"}
    then: ["**A row:** go on.", "**None:** nobody listens."]
  Stop it:
    Linux: {run: kill NUMBER}
    Windows: {run: taskkill /pid NUMBER}
```
````
"""


_FIELDS = {
    "port": ("Your port", {"type": "number", "min": "1", "max": "65535", "inputmode": "numeric"}),
    "host": ("Your server", {"type": "text", "pattern": r"[A-Za-z0-9.\-]+", "inputmode": "url", "spellcheck": "false"}),
    "number": ("Its pid", {"type": "number", "min": "1", "inputmode": "numeric"}),
}
"""What the reader may enter: the words beside its field, and what it takes."""

AT_THE_HEAD = ("port", "host")
"""What the reader enters before the commands, and finds entered on other pages."""


@dataclass(frozen=True, slots=True)
class Typed:
    """What is typed on one system.

    Args:
        system: The system.
        run: The command.
        say: What to say of it, in Markdown; `""` for nothing.
        prints: A sample of what it prints, in parts of which every other one is lit; none for no sample.
    """

    system: str
    run: str
    say: str
    prints: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """One command of several.

    Args:
        ask: The question that it answers, in Markdown; `""` if it is the only one.
        typed: The command on each system.
        then: What to do next, in Markdown, a paragraph each.
    """

    ask: str
    typed: tuple[Typed, ...]
    then: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Commands:
    """What is typed on each system.

    Args:
        marks: What stands in the commands for the reader's own `port`, `host` or `number` of a process, if any does.
        steps: The commands.
    """

    marks: dict[str, str]
    steps: tuple[Step, ...]


def read(body: str) -> Commands:
    """Read a command fence.

    Args:
        body: What stands in it.

    Raises:
        PageError: It names fewer than two systems, one that is none, or a port that a command does not have.
    """
    value = options.parse(body)
    if not isinstance(value, dict):
        raise PageError("a command fence holds the option port, and for each system what to run")
    marks = {name: options.text(value, name) for name in _FIELDS if name in value}
    rest = {name: said for name, said in value.items() if name not in _FIELDS}
    if "steps" in value:
        options.keys(rest, ("steps",), ())
        if not isinstance(value["steps"], dict):
            raise PageError("the option steps holds questions, and for each what to run on each system")
        steps = tuple(_step(ask, said) for ask, said in value["steps"].items())
        if len({tuple(one.system for one in step.typed) for step in steps}) > 1:
            raise PageError("every step of a command fence has the same systems, in the same order")
    else:
        steps = (Step("", _typed(rest)),)
    for one in (one for step in steps for one in step.typed):
        if marks and not any(mark in one.run for mark in marks.values()):
            name, mark = next(iter(marks.items()))
            raise PageError(f"the command of {one.system} has no {name} {mark}; write it there, or leave out {name}")
    return Commands(marks, steps)


def _step(ask: str, said: Value) -> Step:
    if not isinstance(said, dict):
        raise PageError(f"{ask} holds for each system what to run, and the option then")
    then = said.get("then", [])
    if not isinstance(then, list) or not all(isinstance(one, str) for one in then):
        raise PageError("the option then is a list of paragraphs")
    return Step(ask, _typed({name: one for name, one in said.items() if name != "then"}), tuple(map(str, then)))


def _typed(systems: dict[str, Value]) -> tuple[Typed, ...]:
    typed = []
    for name, said in systems.items():
        if name not in SYSTEMS:
            raise PageError(f"unknown system {name}{guess(name, SYSTEMS)}")
        if not isinstance(said, dict):
            raise PageError(f"{name} holds the options run, say and prints")
        options.keys(said, ("run", "say", "prints"), ("run",))
        parts = options.text(said, "prints").split("**") if "prints" in said else []
        if parts and len(parts) % 2 == 0:
            raise PageError(f"what the command of {name} prints has a pair of stars without its second pair")
        say = options.text(said, "say") if "say" in said else ""
        typed.append(Typed(name, options.text(said, "run"), say, tuple(parts)))
    if len(typed) < 2:
        raise PageError("a command fence has a command for two or more systems; for one write a console fence")
    return tuple(typed)


def render(asked: Commands, spot: Spot) -> Element:
    """Return the tabs, whose texts are Markdown still.

    Args:
        asked: The commands.
        spot: Where the block stands.
    """
    names = [one.system for one in asked.steps[0].typed]
    block = Element("div", {"class": "sk-systems sk-command"})
    block.append(picker(spot.id, names))
    block.extend(field(name, {"value": asked.marks[name]}) for name in AT_THE_HEAD if name in asked.marks)
    if not asked.steps[0].ask:
        _fill(block, asked.steps[0], asked, spot)
        return block
    road = SubElement(block, "ol", {"class": "sk-steps"})
    wanted = asked.marks.get("number", "")
    for step in asked.steps:
        one = SubElement(road, "li")
        SubElement(SubElement(one, "p"), "strong").text = step.ask
        if wanted and any(wanted in typed.run for typed in step.typed):
            one.append(field("number", {"placeholder": wanted}))
            wanted = ""  # a second field would look like a second thing to find
        _fill(one, step, asked, spot)
        for text in step.then:
            SubElement(one, "p").text = text
    return block


def _fill(parent: Element, step: Step, asked: Commands, spot: Spot) -> None:
    shown = panes([one.system for one in step.typed])
    parent.extend(shown)
    for pane, one in zip(shown, step.typed, strict=True):
        box = SubElement(pane, "div", {"class": "highlight"})
        box.text = AtomicString(spot.stash(to_html([element("pre", _code(one.run, asked))])))
        if one.prints:
            sample = element("samp")
            for at, part in enumerate(one.prints):
                append(sample, *([_lit(part, asked)] if at % 2 else _parts(part, asked)))
            SubElement(pane, "p", {"class": "sk-title", UNSOUGHT: ""}).text = "It prints something like:"
            SubElement(pane, "div").text = AtomicString(spot.stash(to_html([element("pre.sk-sample", sample)])))
        if one.say:
            SubElement(pane, "p").text = one.say


def _lit(part: str, asked: Commands) -> Element:
    """Return what to look at in a sample; where the commands follow a number, it does too."""
    return element("mark.sk-your-number" if "number" in asked.marks and part.isdigit() else "mark", part)


def field(name: str, value: dict[str, str]) -> Element:
    """Return where the reader enters something; without scripts it would do nothing, and is not there.

    Args:
        name: Of what: `port`, `host` or `number`.
        value: More attributes of the field, such as what stands in it at first.
    """
    label, attributes = _FIELDS[name]
    made = Element("label", {"class": f"sk-own sk-own-{name}", "hidden": "hidden"})
    made.text = label
    SubElement(made, "input", {**attributes, **value, "autocomplete": "off"})
    return made


_PARTED = re.compile(r"(\S*[-/]\S*)")
"""A word that a browser would part in the middle, at its hyphen or stroke, and so make two of one option."""


def _code(command: str, asked: Commands) -> Element:
    code = element("code")
    for at, part in enumerate(_PARTED.split(command)):
        if at % 2:
            word = element("span.sk-option")
            append(word, *_parts(part, asked))
            append(code, word)
        else:
            append(code, *_parts(part, asked))
    return code


def _parts(command: str, asked: Commands) -> Iterator[Element | str]:
    kinds = {mark: name for name, mark in asked.marks.items()}
    for part in re.split(f"({'|'.join(map(re.escape, kinds))})", command) if kinds else [command]:
        yield element(f"span.sk-your-{kinds[part]}", part) if part in kinds else part


class CommandBlock(Block[Commands]):
    """What to type on each system."""

    name = "command"
    guide = _GUIDE
    prose = True

    def read(self, body: str, library: Library) -> Commands:
        return read(body)

    def render(self, asked: Commands, spot: Spot) -> Element:
        return render(asked, spot)


BLOCK = CommandBlock()
