"""The prediction block: a question before the run, whose right answer is read off the recorded output."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement

from markdown.util import AtomicString

from sitebuild import options
from sitebuild.block import Block, Spot
from sitebuild.library import Library
from sitebuild.options import PageError, Value
from socktrace.visible import visible

_GUIDE = """\
### A prediction

````markdown
```predict
snippet: sockets/accepted_socket_keeps_the_port.py
ask: Which port does the accepted socket have?
choices:
  A new port of its own: "same port as the listener: False"
  The port of the listening socket: "same port as the listener: True"
why: The connection is named by four numbers, so one server port is enough.
```
````

Each choice names the line that the program would print if the choice were right. Exactly one of these lines must be in the recorded output.
Put the question before the program, and the right choice not always first.
"""


@dataclass(frozen=True, slots=True)
class Question:
    """A question with choices.

    Args:
        ask: The question, in Markdown.
        choices: Each choice, in Markdown, with what would have come of the run if it were true.
        right: The one of these that did.
        why: The reason, in Markdown; `""` if it is said elsewhere.
        verb: What the program did with it, and its participle.
    """

    ask: str
    choices: tuple[tuple[str, str], ...]
    right: str
    why: str
    verb: tuple[str, str] = ("printed", "printed")


def read(body: str, library: Library) -> Question:
    """Read a prediction fence.

    Args:
        body: What stands in it.
        library: Where the snippets are.

    Raises:
        PageError: The fence is not whole, or not exactly one choice names a line that the program printed.
    """
    value = options.parse(body)
    names = ("snippet", "ask", "choices", "why")
    if not isinstance(value, dict):
        raise PageError(f"a predict fence holds the options {', '.join(names)}")
    options.keys(value, names, names)
    ask, why = options.text(value, "ask"), options.text(value, "why")
    choices = choices_of(value)
    evidence = library.evidence(options.text(value, "snippet"))
    printed = [line.strip() for line in evidence.recording.stdout.splitlines()]
    return Question(ask, choices, the_right_one(choices, printed, evidence.name), why)


def choices_of(value: dict[str, Value]) -> tuple[tuple[str, str], ...]:
    """Read the choices of a fence.

    Args:
        value: Its options.

    Raises:
        PageError: They are fewer than two, or one has no text.
    """
    choices = value["choices"]
    if not isinstance(choices, dict) or len(choices) < 2:
        raise PageError('the option choices must hold two or more lines of the form Choice: "what would be printed"')
    return tuple((choice, options.text(choices, choice)) for choice in choices)


def the_right_one(choices: tuple[tuple[str, str], ...], came: Sequence[str], name: str, verb: str = "printed") -> str:
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
            f"{len(right)} of the {len(choices)} choices name a line that {name} {verb}, and exactly one must; "
            f"it {verb} {shown}"
        )
    return right[0]


def render(question: Question, id: str) -> Element:
    """Return the block as elements, whose texts are Markdown still. Opening a choice shows whether it was right.

    Args:
        question: The question.
        id: The block's id, unique on the page.
    """
    did, done = question.verb
    block = Element("div", {"class": "sk-predict", "role": "group", "aria-labelledby": id})
    SubElement(block, "p", {"class": "sk-ask", "id": id}).text = question.ask
    for choice, line in question.choices:
        good = line == question.right
        kind = {"name": f"{id}-choice", "class": "sk-yes" if good else "sk-nay", "data-search-exclude": ""}
        details = SubElement(block, "details", kind)
        SubElement(details, "summary").text = choice
        verdict = SubElement(details, "p")
        SubElement(verdict, "strong").text = "Yes." if good else "No."
        if good:
            verdict[0].tail = f" The program {did} "
            _printed(verdict, question.right)
        else:
            verdict[0].tail = f" It would have {done} "
            _printed(verdict, line, f" but it {did} ")
            _printed(verdict, question.right)
        if question.why:
            SubElement(details, "p").text = question.why
    return block


def _printed(parent: Element, line: str, tail: str = ".") -> None:
    code = SubElement(parent, "code")
    code.text = AtomicString(visible(line))
    code.tail = tail


class Predict(Block[Question]):
    """A question before the run."""

    name = "predict"
    guide = _GUIDE
    prose = True

    def read(self, body: str, library: Library) -> Question:
        return read(body, library)

    def render(self, asked: Question, spot: Spot) -> Element:
        return render(asked, spot.id)


BLOCK = Predict()
