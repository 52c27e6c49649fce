"""The task block: a program to change, what it is to do then, and a solution whose run shows that it does. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement

from markdown.util import AtomicString

from sitebuild.blocks import what_if
from sitebuild.blocks.hunt import fold, verbatim
from sitebuild.blocks.what_if import Case
from sitebuild.kit import live
from sitebuild.kit.block import Block, Spot
from sitebuild.kit.library import Evidence, Library
from sitebuild.kit.places import Run
from sitebuild.markup.unsought import UNSOUGHT
from sitebuild.programs.judge import lacks
from sitebuild.programs.store import Store
from sitebuild.programs.what_ifs import PARTS
from sitebuild.reading import options
from sitebuild.reading.options import PageError
from socktrace.markup import to_html

_GUIDE = """\
## A task

````markdown
```task
snippet: ports/two_mailboxes.py
do: The writer hears nothing. Let chat send *thanks* back to it, and print what it reads.
prints: ["chat reads: for chat", "writer reads: thanks"]
shows: ["sockets: 3"]
hint: "`recvfrom()` says who wrote."
solution: thanks-the-writer
why: A port sends as much as it receives.
```
````

asks readers to change a program, in the lab below it, and socktrace judges what they made. The program stands on the page, and the solution is an edit of it that lies beside it like those of the what-ifs; it is recorded and proven with them.

- `prints` are the lines that must come; `<number>` stands for a number that the kernel chooses.
- `shows` names what the run must show besides, if anything: how many there are of something (`sockets: 3`, `connections: 2`), where it `listens at 0.0.0.0`, who closes first (`the client closes first`), or that `the client reads more than once`.

The build fails if the solution does not pass, or the program as it is does.
"""


@dataclass(frozen=True, slots=True)
class Task:
    """Something to make a program do.

    Args:
        start: The program as it is.
        solution: One that passes.
        do: What is to be done, in Markdown.
        prints: The lines that must be printed, in which `NUMBER` stands for any.
        shows: What the run must show besides.
        hint: A hint, in Markdown.
        why: What is said to the solution, in Markdown; `""` for nothing.
    """

    start: Evidence
    solution: Case
    do: str
    prints: tuple[str, ...]
    shows: tuple[str, ...]
    hint: str
    why: str


def read(body: str, library: Library) -> Task:
    """Read a task fence.

    Args:
        body: What stands in it.
        library: Where the snippets are.

    Raises:
        PageError: The fence is not whole, its solution does not pass, or its program passes as it is.
    """
    value = options.parse(body)
    names = ("snippet", "do", "prints", "shows", "hint", "solution", "why")
    if not isinstance(value, dict):
        raise PageError(f"a task fence holds the options {', '.join(names)}")
    options.keys(value, names, ("snippet", "do", "prints", "hint", "solution"))
    start = library.evidence(options.text(value, "snippet"))
    edited = library.edited(f"{start.name}{PARTS}{options.text(value, 'solution')}")
    prints, shows = options.lines(value, "prints"), options.lines(value, "shows") if "shows" in value else ()
    if missing := lacks(edited.evidence.recording, prints, shows):
        raise PageError(f"the solution {edited.evidence.name} does not pass: {missing}")
    if not lacks(start.recording, prints, shows):
        raise PageError(f"{start.name} passes as it is; ask for something that it does not do")
    return Task(
        start,
        Case("A solution", edited.evidence, edited.lines, ("", ""), ""),
        options.text(value, "do"),
        prints,
        shows,
        options.text(value, "hint"),
        options.text(value, "why") if "why" in value else "",
    )


# -- the block ---------------------------------------------------------------------------------------------------------


def render(task: Task, spot: Spot) -> Element:
    """Return the block as elements, whose texts are Markdown still.

    Args:
        task: What is to be done.
        spot: Where it is to stand.
    """
    tried = live.told(task.start, spot.library, spot.page)
    block = Element("section", {"class": "sk-task", "aria-labelledby": spot.id, live.ATTRIBUTE: tried})
    block.set("data-wanted", live.written(task.prints))
    if task.shows:
        block.set("data-shows", live.written(task.shows))
    # A search is to find what a page says, not what it wants done.
    ask = SubElement(block, "p", {"class": "sk-ask", "id": spot.id, UNSOUGHT: ""})
    SubElement(ask, "strong").text = "Do it yourself."
    ask[0].tail = f" {task.do}"
    verbatim(block, "Done when it prints", "\n".join(task.prints))
    SubElement(SubElement(block, "div", {"class": "sk-then", UNSOUGHT: ""}), "p").text = _also(task)
    hint = fold(block, "A hint")
    hint.set(UNSOUGHT, "")
    SubElement(hint, "p").text = task.hint
    cure = fold(block, "A solution")
    machine = SubElement(cure, "section", {"class": "sk-shown", UNSOUGHT: ""})
    shown = [what_if.code(task.solution, ()), *what_if.printed(task.solution, ())]
    machine.text = AtomicString(spot.stash(to_html(shown)))
    if task.why:
        SubElement(cure, "p").text = task.why
    return block


def _also(task: Task) -> str:
    if not task.shows:
        return "and socktrace, which watches it run, finds nothing wrong."
    return f"and its run shows *{'*, *'.join(task.shows)}*, and socktrace, which watches it, finds nothing wrong."


class TaskBlock(Block[Task]):
    """A program to change, and what it is to do then."""

    name = "task"
    guide = _GUIDE
    prose = True

    def read(self, body: str, library: Library) -> Task:
        return read(body, library)

    def render(self, asked: Task, spot: Spot) -> Element:
        return render(asked, spot)

    def runs(self, body: str, store: Store) -> Iterator[Run]:
        value = options.parse(body)
        if isinstance(value, dict):
            yield Run(store.resolve(f"{value.get('snippet')}{PARTS}{value.get('solution')}"), whole=True)

    def shows(self, asked: Task, library: Library) -> tuple[str]:
        return (asked.solution.evidence.name,)


BLOCK = TaskBlock()
