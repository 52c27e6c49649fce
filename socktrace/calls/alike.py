"""Lets what stands in the place of a function look like it.

`functools.wraps` does that too. But this is loaded into every Python that a program starts, before all else, and
`functools` would load eight modules more than that Python does.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

_NAMED = ("__module__", "__name__", "__qualname__", "__doc__", "__annotations__")


def alike(original: Callable[..., Any]) -> Callable[[Any], Any]:
    """Return what makes another function look like one.

    Args:
        original: The one.
    """

    def dress(function: Any) -> Any:
        for name in _NAMED:
            if hasattr(original, name):
                setattr(function, name, getattr(original, name))
        function.__dict__.update(getattr(original, "__dict__", {}))
        function.__wrapped__ = original
        return function

    return dress
