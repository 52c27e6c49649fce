"""The ladder: Stevens' two-column figure of calls and packets, from a real run. Recording in, figure out; pure."""

from socktrace.ladder.html import to_html
from socktrace.ladder.model import Figure, Lane, Section, draw
from socktrace.ladder.steps import Step
from socktrace.ladder.text import to_text

__all__ = ["Figure", "Lane", "Section", "Step", "draw", "to_html", "to_text"]
