"""Keeps the compiled code of the parts of this package that only watched programs load, which may keep none."""

from __future__ import annotations

import os
from importlib.util import cache_from_source

_PACKAGE = os.path.dirname(os.path.abspath(__file__))
_WATCHING = os.path.join(_PACKAGE, "calls")


def keep() -> None:
    """Compile what of this package is not compiled as it is now; nothing happens where its folder takes no files."""
    if all(map(_is_compiled, _files())):
        return
    import compileall

    compileall.compile_dir(_PACKAGE, quiet=2, workers=1)


def _files() -> list[str]:
    """Return the files that a watched program may load."""
    return [os.path.join(_WATCHING, name) for name in os.listdir(_WATCHING) if name.endswith(".py")]


def _is_compiled(file: str) -> bool:
    try:
        return os.stat(cache_from_source(file)).st_mtime >= os.stat(file).st_mtime
    except OSError:
        return False  # it never was
