"""The block of the key, which leads from what a port looks like to its name."""

from __future__ import annotations

import json
from xml.etree.ElementTree import Element, SubElement

from sitebuild import options
from sitebuild.block import Block, Spot
from sitebuild.connectors import identification
from sitebuild.connectors.parts import face, link_to, table_body
from sitebuild.library import Library

_GUIDE = """\
### The key

An empty `key` fence leads from what one sees of a hardware port to its name. A test walks each of its paths.
"""


def render(library: Library, page: str) -> Element:
    """Return the key, as elements: drawings, which a script lets a reader filter, and tables to read.

    Args:
        library: The checkout.
        page: The page it is to stand on.

    Raises:
        PageError: The file is missing or wrong.
    """
    block = Element("div", {"class": "sk-which sk-hardware wide pairs"})
    asked = [
        {
            "name": name,
            "ask": ask,
            "answers": [[_token(answer), said] for answer, said in identification.choices(name).items()],
        }
        for name, ask in identification.QUESTIONS.items()
    ]
    # The script's; it keeps its place.
    SubElement(block, "div", {"class": "sk-ask-port", "data-search-exclude": "", "data-questions": json.dumps(asked)})
    listed = SubElement(block, "ul", {"class": "sk-faces", "data-search-exclude": ""})
    for connector in library.connectors.values():
        item = face(connector, page, mixed=True)
        for question, answers in identification.answers(connector).items():
            item.set(f"data-{question}", " ".join(map(_token, answers)))
        listed.append(item)
    branches = identification.branches(library.connectors.values())
    for shape, said in identification.choices("shape").items():
        here = [branch for branch in branches if branch.shape == shape]
        if here:
            _branches(block, f"The outline is {said}", here, page)
    return block


def _token(answer: str) -> str:
    return answer.replace(" ", "-")


def _branches(block: Element, title: str, here: list[identification.Branch], page: str) -> None:
    SubElement(block, "h2", {"id": f"outline-{_token(here[0].shape)}"}).text = title
    body = table_body(SubElement(block, "table", {"class": "sk-table"}), ("Inside", "Width", "It is"))
    for branch in here:
        row = SubElement(body, "tr")
        SubElement(row, "td").text = identification.choices("inside")[branch.inside]
        SubElement(row, "td").text = identification.choices("width").get(branch.width, identification.UNSURE)
        found = SubElement(SubElement(row, "td"), "ul")
        for connector in branch.found:
            item = SubElement(found, "li")
            item.append(link_to(connector, page))
            places = identification.choices("where")
            item[0].tail = ": " + "; ".join(places[place] for place in connector.where)


class Key(Block[None]):
    """From what one sees to a name."""

    name = "key"
    guide = _GUIDE

    def read(self, body: str, library: Library) -> None:
        options.empty(self.name, body)

    def render(self, asked: None, spot: Spot) -> Element:
        return render(spot.library, spot.page)


BLOCK = Key()
