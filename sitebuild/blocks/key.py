"""The block of the key, which leads from what a port looks like to its name."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from xml.etree.ElementTree import Element, SubElement

from sitebuild.connectors import identification
from sitebuild.connectors.parts import face, link_to, table_body
from sitebuild.data.connectors import Connector, Doppelganger
from sitebuild.data.looks import ELSEWHERE, INSIDES, QUESTIONS, SAME, SHAPES, WIDTHS, Answer, Question
from sitebuild.kit.block import Spot, Whole
from sitebuild.kit.library import Library
from sitebuild.markup.links import plain
from sitebuild.markup.unsought import UNSOUGHT

_GUIDE = """\
## The key

An empty `key` fence leads from what one sees of a hardware port to its name. Its questions and answers, with their pictures and the words that people use for them, are in `sitebuild/data/looks.py`. A test has many people describe ports to it, some of which it does not know.
"""

_SHORT = 110
"""How long two sentences that tell two ports apart are at most, in letters."""

NO_SIZE = "\u2013"


def render(library: Library, page: str) -> Element:
    """Return the key, as elements: questions for a script to rank the drawings by, and tables to read.

    Args:
        library: The checkout.
        page: The page it is to stand on.

    Raises:
        PageError: The file is missing or wrong.
    """
    block = Element("div", {"class": "sk-which sk-hardware wide pairs"})
    block.append(_form())
    listed = SubElement(block, "ul", {"class": "sk-faces", UNSOUGHT: ""})
    for connector in sorted(library.connectors.values(), key=lambda one: -one.common):
        listed.append(_item(connector, library.connectors, page))
    tables = SubElement(block, "details", {"class": "sk-fold"})
    SubElement(tables, "summary").text = "All of them in tables: by outline, inside and width"
    branches = identification.branches(library.connectors.values())
    for shape, answer in SHAPES.items():
        here = [branch for branch in branches if branch.shape == shape]
        if here:
            _branches(tables, f"Outline: {answer.says}", here, page)
    SubElement(tables, "p", {"class": "sk-note"}).text = f"{NO_SIZE} We have no source for the width."
    return block


def _form() -> Element:
    """Return the questions in a template: without the script that puts them on the page, they could not answer."""
    place = Element("div", {"class": "sk-ask-port", "data-search-exclude": ""})
    form = SubElement(SubElement(place, "template"), "form", {"data-elsewhere": ELSEWHERE, "data-same": _json(SAME)})
    words = SubElement(form, "label", {"class": "sk-own-words"})
    words.text = "Say it in your own words "
    SubElement(words, "input", {"type": "search", "name": "words", "autocomplete": "off"} | {"placeholder": _SAMPLE})
    for name, question in QUESTIONS.items():
        group = SubElement(
            form, "fieldset", {"name": name, "data-near": f"{question.near:g}", "data-miss": f"{question.miss:g}"}
        )
        SubElement(group, "legend").text = question.ask
        for value, answer in _answers(question):
            _choice(group, name, value, answer)
    return place


_SAMPLE = "flat, with cut corners, on the back of the TV"
_NONE = Answer("none of these")
_UNSURE = Answer("I'm not sure")


def _answers(question: Question) -> list[tuple[str, Answer]]:
    return [*question.answers.items(), ("none", _NONE), ("", _UNSURE)]


def _choice(group: Element, name: str, value: str, answer: Answer) -> None:
    label = SubElement(group, "label")
    chosen = {} if value else {"checked": ""}
    kin = {"data-near": " ".join(map(_token, answer.near))} if answer.near else {}
    words = {"data-words": answer.words} if answer.words else {}
    SubElement(label, "input", {"type": "radio", "name": name, "value": _token(value), **chosen, **kin, **words})
    if answer.line:
        picture = SubElement(label, "svg", {"viewBox": "0 0 40 28", "aria-hidden": "true"})
        SubElement(picture, "path", {"class": "sk-line", "d": answer.line})
        if answer.fill:
            SubElement(picture, "path", {"class": "sk-fill", "d": answer.fill})
    SubElement(label, "span").text = answer.says


def _item(connector: Connector, every: Mapping[str, Connector], page: str) -> Element:
    item = face(connector, page, mixed=True)
    item.set("data-id", connector.id)
    for question, answers in identification.answers(connector).items():
        item.set(f"data-{question}", " ".join(map(_token, answers)))
    item.set("data-common", str(connector.common))
    also = connector.facts["also"].value.lower().split(", ") if "also" in connector.facts else []
    name = connector.name.lower()
    names = dict.fromkeys([name, *re.findall(r"[^()]*[^() ]", name)])  # "Micro-USB (Micro-B)" goes by either, too
    item.set("data-names", "|".join(dict.fromkeys([*names, *also])))
    item.set("data-words", "|".join(connector.words))
    item.set("data-looks", plain(connector.looks))
    here = [double for double in connector.mistaken if _is_told_here(connector, double, every)]
    tells = {double.name: _begin(plain(double.tell)) for double in here}
    item.set("data-tells", _json(tells))
    if connector.contacts:
        item.set("data-contacts", str(connector.contacts))
    return item


def _json(words: Mapping[str, str]) -> str:
    return json.dumps(words, separators=(",", ":"), ensure_ascii=False)


def _begin(text: str) -> str:
    """Return the first sentence of a text, and the second if both are short. The port's own page has the rest."""
    sentences: list[str] = re.findall(r".+?[.?](?= |$)|.+$", text)
    two = "".join(sentences[:2])
    return two if len(two) <= _SHORT else sentences[0]


def _is_told_here(connector: Connector, double: Doppelganger, every: Mapping[str, Connector]) -> bool:
    """Return whether a port says how to tell another one from it. If both do, the script needs it once."""
    other = every.get(double.name)
    if not other:
        return False
    return connector.id < other.id or connector.id not in {one.name for one in other.mistaken}


def _token(answer: str) -> str:
    return answer.replace(" ", "-")


def _branches(block: Element, title: str, here: list[identification.Branch], page: str) -> None:
    SubElement(block, "h2", {"id": f"outline-{_token(here[0].shape)}"}).text = title
    table = SubElement(block, "table", {"class": "sk-table", UNSOUGHT: ""})  # nothing but names of ports
    body = table_body(table, ("Inside", "Width", "It is"))
    for branch in here:
        row = SubElement(body, "tr")
        SubElement(row, "td").text = INSIDES[branch.inside].says
        SubElement(row, "td").text = WIDTHS[branch.width].says if branch.width else NO_SIZE
        found = SubElement(SubElement(row, "td"), "ul")
        for connector in branch.found:
            SubElement(found, "li").append(link_to(connector, page))


class Key(Whole):
    """From what one sees to a name."""

    name = "key"
    guide = _GUIDE

    def render(self, asked: None, spot: Spot) -> Element:
        return render(spot.library, spot.page)


BLOCK = Key()
