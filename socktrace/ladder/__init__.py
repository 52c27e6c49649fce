"""The ladder: Stevens' two-column figure of calls and packets, from a real run. Recording in, figure out; pure."""

from __future__ import annotations

from collections.abc import Mapping

from socktrace.ladder import html, text
from socktrace.ladder.model import draw
from socktrace.recording import Recording


def to_text(recording: Recording, *, ascii: bool = False) -> str:
    """Return the figure for a terminal, 80 columns wide, without a final newline; `""` if there is nothing to draw.

    Args:
        recording: What to draw.
        ascii: Draw with ASCII characters only, for a terminal that can show no others.
    """
    return text.render(draw(recording), ascii=ascii)


def to_html(recording: Recording, id: str = "ladder", lines: Mapping[int, str] | None = None) -> str:
    """Return the figure for a page; `""` if there is nothing to draw.

    Args:
        recording: What to draw.
        id: What the ids of its rows begin with; unique on the page.
        lines: For each line of the program that the page shows, the id of its element. Others are named, not linked.
    """
    return html.render(draw(recording), id, lines or {})


def rows(recording: Recording, id: str = "ladder") -> dict[int, str]:
    """Return, for each line of the program, the id of the first row of the HTML figure that it led to.

    Args:
        recording: What was drawn.
        id: What the ids of its rows begin with.
    """
    return html.rows(draw(recording), id)
