"""The ladder: Stevens' two-column figure of calls and packets, from a real run. Recording in, figure out; pure.

`draw` makes the figure, once; `to_text` shows it in a terminal. `tell` makes of it the run that plays, with a sentence
for each step, and the functions of `socktrace.ladder.page` show that on a page. `part` shows some rows of it.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from socktrace.ladder.model import Figure, draw
from socktrace.ladder.text import WIDTH, to_text

if TYPE_CHECKING:
    from socktrace.ladder.html import part, rows, wire
    from socktrace.ladder.run import Run, tell

__all__ = ["WIDTH", "Figure", "Run", "draw", "part", "rows", "tell", "to_text", "wire"]

_ON_PAGES = {"Run": "run", "tell": "run", "part": "html", "rows": "html", "wire": "html"}


def __getattr__(name: str) -> Any:
    """Load what only pages need when it is asked for; a terminal would wait for it (PEP 562)."""
    if name in _ON_PAGES:
        return getattr(import_module(f"{__name__}.{_ON_PAGES[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
