"""Keeps headings out of the table of contents: those that are many, and found by searching."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from markdown.treeprocessors import Treeprocessor

UNLISTED = "socktrace-"
"""What the tag of a heading begins with until the table of contents is made, which then passes over it."""


class Headings(Treeprocessor):
    """Makes headings of them again."""

    def run(self, root: Element) -> None:
        """Give each its own tag."""
        for element in root.iter():
            if isinstance(element.tag, str):
                element.tag = element.tag.removeprefix(UNLISTED)
