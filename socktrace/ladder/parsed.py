"""A program's text as Python reads it. Pure."""

from __future__ import annotations

import ast
from functools import lru_cache


@lru_cache(maxsize=64)  # a page asks for the tree of a program several times
def parsed(source: str) -> ast.Module | None:
    """Return the syntax tree of a program, which nobody changes; `None` if it is no Python.

    Args:
        source: The program's text.
    """
    try:
        return ast.parse(source)
    except (SyntaxError, ValueError):
        return None
