"""The ladder: Stevens' two-column figure of calls and packets, from a real run. Recording in, figure out; pure.

`draw` makes the figure, once; `to_text`, `to_html` or `to_elements`, and `rows` show it, as often as needed.
"""

from __future__ import annotations

from socktrace.ladder.html import rows, to_elements, to_html
from socktrace.ladder.model import Figure, draw
from socktrace.ladder.text import to_text

__all__ = ["Figure", "draw", "rows", "to_elements", "to_html", "to_text"]
