"""Where the tools of the project's environment are."""

from __future__ import annotations

import os
import shutil
import sysconfig


def tool(name: str) -> str:
    """Return the path of a tool of this environment; uv says itself where it is."""
    here = os.pathsep.join([sysconfig.get_path("scripts"), os.environ["PATH"]])
    found = os.environ.get("UV") if name == "uv" else None
    return found or shutil.which(name, path=here) or name
