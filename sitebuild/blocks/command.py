"""The command block: what to type on each system, with the reader's own port number in it."""

from __future__ import annotations

from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement

from markdown.util import AtomicString

from sitebuild import options
from sitebuild.block import Block, Spot
from sitebuild.blocks.systems import SYSTEMS, tabs
from sitebuild.library import Library
from sitebuild.options import PageError, Value, guess
from socktrace.markup import append, element, to_html

_GUIDE = """\
### A command to type

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

shows the command of the reader's system, to be copied. The reader may enter a port number, and every such command on the page follows. `say` is Markdown. `port` is the number that stands in the commands until then; leave it out where none does.
"""


@dataclass(frozen=True, slots=True)
class Typed:
    """What is typed on one system.

    Args:
        system: The system.
        run: The command.
        say: What to say of it, in Markdown; `""` for nothing.
    """

    system: str
    run: str
    say: str


@dataclass(frozen=True, slots=True)
class Commands:
    """What is typed on each system.

    Args:
        port: The number that stands for the reader's own port; `""` if the commands have none.
        typed: The commands.
    """

    port: str
    typed: tuple[Typed, ...]


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
    port = options.text(value, "port") if "port" in value else ""
    typed = tuple(_typed(name, said) for name, said in value.items() if name != "port")
    if len(typed) < 2:
        raise PageError("a command fence has a command for two or more systems; for one write a console fence")
    for one in typed:
        if port and port not in one.run:
            raise PageError(f"the command of {one.system} has no port {port}; write it there, or leave out port")
    return Commands(port, typed)


def _typed(name: str, said: Value) -> Typed:
    if name not in SYSTEMS:
        raise PageError(f"unknown system {name}{guess(name, SYSTEMS)}")
    if not isinstance(said, dict):
        raise PageError(f"{name} holds the options run and say")
    options.keys(said, ("run", "say"), ("run",))
    return Typed(name, options.text(said, "run"), options.text(said, "say") if "say" in said else "")


def render(asked: Commands, spot: Spot) -> Element:
    """Return the tabs, whose texts are Markdown still.

    Args:
        asked: The commands.
        spot: Where the block stands.
    """
    block, panes = tabs(spot.id, [one.system for one in asked.typed])
    block.set("class", "sk-systems sk-command")
    if asked.port:
        block.insert(1, _field(asked.port))
    for pane, one in zip(panes, asked.typed, strict=True):
        box = SubElement(pane, "div", {"class": "highlight"})
        box.text = AtomicString(spot.stash(to_html([element("pre", _code(one.run, asked.port))])))
        if one.say:
            SubElement(pane, "p").text = one.say
    return block


def _field(port: str) -> Element:
    """Return where the reader enters a port; without scripts it would do nothing, and is not there."""
    label = Element("label", {"class": "sk-own-port", "hidden": "hidden"})
    label.text = "Your port"
    range_ = {"min": "1", "max": "65535", "inputmode": "numeric", "autocomplete": "off"}
    SubElement(label, "input", {"type": "number", "value": port, **range_})
    return label


def _code(command: str, port: str) -> Element:
    first, *rest = command.split(port) if port else (command,)
    code = element("code", first)
    for part in rest:
        append(code, element("span.sk-your-port", port), part)
    return code


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
