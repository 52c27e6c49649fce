"""The ladder: Stevens' two-column figure of calls and packets, from a real run. Recording in, figure out; pure.

`draw` makes the figure, once; `to_text` shows it in a terminal. `tell` makes of it the run that plays, with a sentence
for each step, and the functions of `socktrace.ladder.page` show that on a page. `part` shows some rows of it.
"""

from __future__ import annotations

from socktrace.ladder.html import part, rows, wire
from socktrace.ladder.model import Figure, draw
from socktrace.ladder.run import Run, tell
from socktrace.ladder.text import WIDTH, to_text

__all__ = ["WIDTH", "Figure", "Run", "draw", "part", "rows", "tell", "to_text", "wire"]
