"""Keeps the compiled code of the parts of this package that only watched programs load, which may keep none."""

from __future__ import annotations

import os
from importlib.util import cache_from_source

_PACKAGE = os.path.dirname(os.path.abspath(__file__))
_FIRST = os.path.join(_PACKAGE, "hook.py")
"""What a watched program loads first: if it is compiled, all is."""


def keep() -> None:
    """Compile this package, unless it is; nothing happens where its folder takes no files."""
    try:
        if os.stat(cache_from_source(_FIRST)).st_mtime >= os.stat(_FIRST).st_mtime:
            return
    except OSError:
        pass  # it never was
    import compileall

    compileall.compile_dir(_PACKAGE, quiet=2, workers=1)
