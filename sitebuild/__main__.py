"""The command line of this project: `python -m sitebuild record` and `python -m sitebuild check`."""

from __future__ import annotations

import argparse
import signal
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from sitebuild.checks.site import problems
from sitebuild.programs.refresh import Result, refresh
from sitebuild.programs.store import MEND, Store
from sitebuild.programs.what_ifs import is_what_if

CURRENT, TO_MEND, CANNOT = 0, 1, 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit status.

    Args:
        arguments: The words after the command's name; those of this process by default.

    Returns:
        0 if all is current and clean, 1 if there is something to mend, 2 if it could not run or the usage was wrong.
    """
    options = _parser().parse_args(arguments)
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:  # by nohup; a server that stays is told to end by Ctrl-C
        signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        return _check() if options.command == "check" else _record(options.names, check=options.check)
    except (OSError, LookupError, ValueError) as error:
        print(f"sitebuild: {error.args[0] if len(error.args) == 1 else error}", file=sys.stderr)
        return CANNOT


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m sitebuild", description="Work on the sources of this site.")
    commands = parser.add_subparsers(dest="command", required=True)
    record = commands.add_parser(
        "record",
        help="record the snippets, sessions and what-ifs of this project",
        description="Record snippets (.py), sessions (.toml: commands on several hosts) and what-ifs (edits of a "
        "snippet), and write the recordings that are no longer true. Needs Linux; a session also needs the tools that "
        "its commands name.",
        epilog="Exit status: 0 all current and clean, 1 something to mend, 2 it could not run.",
    )
    record.add_argument("--check", action="store_true", help="write nothing; exit 1 and name what is not current")
    record.add_argument("names", nargs="*", metavar="NAME", help="such as sockets/echo.py; all by default")
    commands.add_parser(
        "check",
        help="say what is wrong with the pages",
        description="Read every page and what it shows, and say what is wrong, each with file, line and what to do. "
        "Builds nothing and runs no program.",
        epilog="Exit status: 0 nothing, 1 something to mend, 2 it could not run.",
    )
    return parser


def _check() -> int:
    root = _root()
    found = problems(root)
    print(*found, f"{len(found)} to mend" if found else "nothing to mend", sep="\n")
    return TO_MEND if found else CURRENT


def _root() -> Path:
    """Return the top of the checkout.

    Raises:
        FileNotFoundError: This is none.
    """
    if not (root := Path.cwd()).joinpath("snippets").is_dir():
        raise FileNotFoundError(f"there is no snippets folder in {root}; run this at the top of the checkout")
    return root


def _record(wanted: Sequence[str], *, check: bool) -> int:
    store = Store(_root())
    results = []
    names = tuple(map(store.resolve, wanted))
    if names and not check:  # who changes a program changes what its edits make of it
        names = tuple(dict.fromkeys((*names, *(edit for edit in store.what_ifs() if store.files(edit)[0] in names))))
    for result in refresh(store, names, check=check):
        results.append(result)
        _tell(result)
    counts = Counter(result.state for result in results)
    print(", ".join(f"{count} {state}" for state, count in sorted(counts.items())) or "no snippets")
    return CURRENT if all(result.is_good for result in results) else TO_MEND


def _tell(result: Result) -> None:
    if result.state != "current":
        print(f"{result.state}: {result.name}")
    if not result.is_good:
        for line in result.detail:
            print(f"    {line}")
        again = "" if result.state == "orphaned" else f" {result.name}"
        kind = "what-if" if is_what_if(result.name) else "snippet"
        mend = f"mend the {kind}, then run" if result.state == "unclean" else "mend it with"
        print(f"    {mend}: {MEND}{again}")


if __name__ == "__main__":
    sys.exit(main())
