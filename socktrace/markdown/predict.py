"""The prediction block: a question before the run, whose right answer is read off the recorded output."""

from __future__ import annotations

from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement

from markdown.util import AtomicString

from socktrace.ladder.words import visible
from socktrace.markdown import options
from socktrace.markdown.library import Evidence, Library
from socktrace.markdown.options import PageError


@dataclass(frozen=True, slots=True)
class Prediction:
    """A question with choices.

    Args:
        evidence: The snippet and its recording.
        ask: The question, in Markdown.
        choices: Each choice, in Markdown, with the line that the program would print if it were true.
        why: The reason, in Markdown.
        right: The one line that the program did print.
    """

    evidence: Evidence
    ask: str
    choices: tuple[tuple[str, str], ...]
    why: str
    right: str


def read(body: str, library: Library) -> Prediction:
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
    choices = value["choices"]
    if not isinstance(choices, dict) or len(choices) < 2:
        raise PageError('the option choices must hold two or more lines of the form Choice: "what would be printed"')
    lines = {choice: options.text(choices, choice) for choice in choices}
    evidence = library.evidence(options.text(value, "snippet"))
    printed = [line.strip() for line in evidence.recording.stdout.splitlines()]
    right = [line for line in lines.values() if line in printed]
    if len(right) != 1:
        shown = "; ".join(f'"{visible(line)}"' for line in printed if line) or "nothing"
        raise PageError(
            f"{len(right)} of the {len(lines)} choices name a line that {evidence.name} printed, and exactly one must; "
            f"it printed {shown}"
        )
    return Prediction(evidence, ask, tuple(lines.items()), why, right[0])


def render(prediction: Prediction, id: str) -> Element:
    """Return the block as elements, whose texts are Markdown still. Opening a choice shows whether it was right.

    Args:
        prediction: The question.
        id: The block's id, unique on the page.
    """
    block = Element("div", {"class": "sk-predict", "role": "group", "aria-labelledby": id})
    SubElement(block, "p", {"class": "sk-ask", "id": id}).text = prediction.ask
    for choice, line in prediction.choices:
        good = line == prediction.right
        details = SubElement(block, "details", {"name": f"{id}-choice", "class": "sk-yes" if good else "sk-nay"})
        SubElement(details, "summary").text = choice
        verdict = SubElement(details, "p")
        SubElement(verdict, "strong").text = "Yes." if good else "No."
        if good:
            verdict[0].tail = " The program printed "
            _printed(verdict, prediction.right)
        else:
            verdict[0].tail = " It would have printed "
            _printed(verdict, line, " but it printed ")
            _printed(verdict, prediction.right)
        SubElement(details, "p").text = prediction.why
    return block


def _printed(parent: Element, line: str, tail: str = ".") -> None:
    code = SubElement(parent, "code")
    code.text = AtomicString(visible(line))
    code.tail = tail
