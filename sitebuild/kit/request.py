"""What a page wants to see of a snippet and its run. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from sitebuild.kit.library import Evidence
from sitebuild.programs import code

PARTS = ("code", "output", "ladder", "sockets")


@dataclass(frozen=True, slots=True)
class Request:
    """What a snippet fence asks for.

    Args:
        evidence: The snippet and its recording.
        show: Which of `PARTS` to show.
        last: The last line to show; `None` if nothing is left out.
        bar: Whether its name and the downloads stand above; not if they do so already.
        alone: Whether it is a block by itself, and not a part of another.
        teaches: The names of what is in sight before the reader asks for all; none if that is all.
    """

    evidence: Evidence
    show: tuple[str, ...]
    last: int | None = None
    bar: bool = True
    alone: bool = True
    teaches: tuple[str, ...] = ()

    @property
    def plays(self) -> bool:
        """Whether there is a run to be played."""
        return "ladder" in self.show and bool(self.evidence.recording.sockets)

    @property
    def lines(self) -> range:
        """The lines of the program that the block shows."""
        if "code" not in self.show:
            return range(0)
        lines = code.lines_of(self.evidence.text, None)
        return lines if self.last is None else range(lines.start, self.last + 1)

    @property
    def aside(self) -> frozenset[int]:
        """The lines of the program that are not in sight before the reader asks for all."""
        return code.aside(self.evidence.text, self.teaches) if self.teaches else frozenset()
