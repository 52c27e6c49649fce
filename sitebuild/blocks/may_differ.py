"""The block of what may differ between two runs: the lists by which the comparisons go."""

from __future__ import annotations

from collections.abc import Mapping
from xml.etree.ElementTree import Element, SubElement

from markdown.util import AtomicString

from sitebuild.kit.block import Spot, Whole
from sitebuild.markup.breaks import let_break
from sitebuild.markup.unsought import UNSOUGHT
from socktrace.canonical import MAY_DIFFER, MAY_DIFFER_TOGETHER
from socktrace.session import canonical as session

_GUIDE = """\
## What may differ

An empty `may-differ` fence prints the fields of recordings and transcripts that may differ from run to run. The lists stand in `socktrace/canonical.py` and `socktrace/session/canonical.py`; the tests go by them, too.
"""
_TABLES: tuple[tuple[str, Mapping[str, str]], ...] = (
    ("A program: each on its own", MAY_DIFFER),
    ("A program: only together with all that follows from it", MAY_DIFFER_TOGETHER),
    ("A session", session.MAY_DIFFER),
)


class MayDiffer(Whole):
    """The fields that may differ."""

    name = "may-differ"
    guide = _GUIDE

    def render(self, asked: None, spot: Spot) -> Element:
        block = Element("div", {"class": "sk-may-differ wide", UNSOUGHT: ""})
        for title, rows in _TABLES:
            table = SubElement(block, "table", {"class": "sk-table"})
            SubElement(table, "caption").text = AtomicString(title)
            head = SubElement(SubElement(table, "thead"), "tr")
            for name in ("Field", "What of it may differ"):
                SubElement(head, "th", {"scope": "col"}).text = name
            body = SubElement(table, "tbody")
            for fields, what in rows.items():
                row = SubElement(body, "tr")
                names = SubElement(row, "th", {"scope": "row"})
                for field in fields.split(", "):
                    code = SubElement(names, "code")
                    code.text, code.tail = AtomicString(field), " "
                    let_break(code)
                SubElement(row, "td").text = AtomicString(what)
        return block


BLOCK = MayDiffer()
