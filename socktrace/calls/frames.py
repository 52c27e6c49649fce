"""The frames that an error went through, and what lies in one; nothing is loaded for that."""

from __future__ import annotations

import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType
    from typing import Any


def steps(error: BaseException) -> Iterator[tuple[FrameType, int]]:
    """Yield the frames that an error went through, the outermost first, each with its line."""
    step = error.__traceback__
    while step is not None:
        yield step.tb_frame, step.tb_lineno
        step = step.tb_next


def variables(frame: FrameType) -> dict[str, Any]:
    """Return the variables of a function of a library's, which asks for no `locals()` itself.

    Up to Python 3.12 a look leaves a copy of them in the frame, and an error that went through that function keeps what
    lies there, such as what the function let go of so that nothing is kept. So the copy is taken away.
    """
    left = frame.f_locals
    values = dict(left)
    if sys.version_info < (3, 13):
        left.clear()
    return values
