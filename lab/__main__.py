"""The lab's commands.

usage: python -m lab build [FOLDER]          build the machine in a folder (by default ~/.cache/socktrace-lab)
       python -m lab run PROGRAM [ARG ...]   run a program in it, in Node
       python -m lab compare [NAME ...]      run snippets in it, and compare what they did with their recordings
       python -m lab sources FOLDER          fetch the complete source of what is in the image
       python -m lab bench SITE              measure it in Chromium, on a built site
       python -m lab state                   say whether the image is what the recipe makes
"""

from __future__ import annotations

import sys
from pathlib import Path

from lab import build, compare, machine, measure
from lab.inputs import complete_source, recipe_digest, socktrace_digest


def main(words: list[str]) -> int:
    """Do what the command line says, and return the exit status."""
    match words:
        case ["build", *folder] if len(folder) < 2:
            build.build(Path(*folder).resolve() if folder else Path.home() / ".cache/socktrace-lab")
        case ["run", program, *arguments]:
            return machine.show(Path(program), arguments)
        case ["compare", *names]:
            return compare.main(names)
        case ["sources", folder]:
            complete_source(Path(folder))
        case ["bench", site]:
            measure.bench(Path(site))
        case ["state"]:
            return _state()
        case _:
            print(__doc__, file=sys.stderr)
            return 2
    return 0


def _state() -> int:
    made = machine.manifest()
    same = made["recipe"] == recipe_digest()
    print("the image is what the recipe makes" if same else "the recipe has changed: python -m lab build")
    if made["socktrace"] != socktrace_digest():
        print("socktrace has changed since: what is in the image is older")
    return 0 if same else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
