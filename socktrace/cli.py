"""The command line: `socktrace run` for any program, `socktrace together` for several."""

from __future__ import annotations

import argparse
import gc
import os
import shlex
import sys
from collections.abc import Sequence
from typing import Any, NoReturn

from socktrace import commands, output
from socktrace.calls import cpython
from socktrace.commands import Ran
from socktrace.recorder import recorded_together
from socktrace.sandbox import visits

CLEAN, FAULTS, CANNOT = 0, 1, 2
_INTERRUPTED = 130
"""The exit status of who is ended by Ctrl-C, as a shell says it: 128 and the number of SIGINT."""
_SELDOM = 1_000_000
"""After how many new objects the collector looks at them; Python's own number is 700."""
_LIMIT = 10.0
"""After how many seconds a program is stopped of which nothing else is said."""

_COMMANDS = ("run", "together", "join")
_PYTHONS = ("--check-hash-based-pycs", "--help-all", "--help-env", "--help-xoptions")
"""The options of Python that are words, but for those that are ours, too (`python --help-all`)."""

_EXAMPLES = """\
examples:
  socktrace run app.py data.txt           where you would write: python app.py data.txt
  socktrace run -m my_package.app -v      a module, as python -m runs it
  socktrace run pytest -q                 a whole test suite
  socktrace run --html run.html app.py    also a page, to keep or to send, on which the run plays
  socktrace together "server.py 4711" "client.py 4711"
                                          two programs in one network, reported as one run
  socktrace run server.py 4711            one of them here, and in another terminal:
  socktrace join python client.py 4711    any command, in the network of the run that is going on

The report goes to standard error. Exit status: 0 clean, 1 faults, 2 it could not run.
"""


def command() -> NoReturn:
    """Be the command `socktrace`.

    It ends at once: to clear away all that was loaded takes the interpreter a tenth of the time that a small run takes.
    And it seldom searches for cycles of objects: what a run leaves behind is much, and has none.
    """
    gc.set_threshold(_SELDOM)
    status = main()
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:
            stream.flush()
    os._exit(status)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit status.

    Args:
        arguments: The words after the command's name; those of this process by default.

    Returns:
        0 if all is clean, 1 if there are findings, 2 if it could not run or the usage was wrong; 130 if Ctrl-C
        ended it.
    """
    _open_streams()
    words = list(sys.argv[1:] if arguments is None else arguments)
    parser, run = _parser()
    if words and not words[0].startswith("-") and words[0] not in _COMMANDS:
        hint = f"; to run a program, write: socktrace run {shlex.join(words)}" if os.path.exists(words[0]) else ""
        parser.error(f"there is no command {words[0]}, only {', '.join(_COMMANDS)}{hint}")
    start = _program_at(words, run) if words[:1] == ["run"] else len(words)
    options = parser.parse_args(words[:start])
    if options.command == "run":
        options.words = _after_dashes(words[start:])
        if not options.words:
            run.error("there is no program to run; name one, as in: socktrace run app.py")
    try:
        if options.command == "join":
            visits.join(options.words[options.words[:1] == ["--"] :], options.pid, options.program)
        return _run(options)
    except OSError as error:
        print(f"socktrace: {_one_line(error)}", file=sys.stderr)
        return CANNOT
    except KeyboardInterrupt:  # the first Ctrl-C was for the program
        print("socktrace: interrupted", file=sys.stderr)
        return _INTERRUPTED


def _open_streams() -> None:
    """Open what whoever started this has closed of the standard streams: else a pipe of ours would come to be one."""
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)


def _one_line(error: OSError) -> str:
    if error.strerror:
        return f"{error.filename}: {error.strerror}" if error.filename else error.strerror
    return str(error)


def _after_dashes(words: list[str]) -> list[str]:
    """Return a program's command line without the `--` before it, by which a file may be meant that begins with `-`."""
    if words[:1] != ["--"]:
        return words
    first = [
        os.path.join(os.curdir, word) if word.startswith("-") and os.path.isfile(word) else word for word in words[1:2]
    ]
    return [*first, *words[2:]]


def _program_at(words: list[str], run: argparse.ArgumentParser) -> int:
    """Return where the program's own command line begins: at the first word that is no option of ours, nor its value.

    Args:
        words: The command line, `run` first.
        run: What reads the options.
    """
    position = 1
    while position < len(words) and (words[position].startswith("--") or words[position] == "-h"):
        if words[position] == "--":
            break
        name, equals, _ = words[position].partition("=")
        action = cpython.options_of(run).get(name)
        if action is None and name not in _PYTHONS:
            known = [one for one in cpython.options_of(run) if one.startswith("--")]
            run.error(f"there is no option {name}, neither here nor of Python's; there are {', '.join(known)}")
        if action is None:
            break
        position += 2 if action.nargs is None and not equals else 1
    return min(position, len(words))


def _parser() -> tuple[argparse.ArgumentParser, argparse.ArgumentParser]:
    """Return what reads the command line, and the part of it that reads the options of `run`."""
    parser = argparse.ArgumentParser(
        prog="socktrace",
        description="Run a Python program, record its sockets and packets, and say which line mishandles one.",
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action=_Version, help="say which version this is")
    kinds = parser.add_subparsers(dest="command", required=True)
    run = kinds.add_parser(
        "run",
        help="run any Python program and report what it did with its sockets",
        description="Run any Python program. Its standard streams pass through; the report goes to standard error. "
        "The network namespace it gets is for accuracy, not a jail for hostile code.",
        epilog="PROGRAM is what you would write after python, with or without that word: a file, -m MODULE, -c CODE, a "
        "folder or zip file with a __main__.py, - for standard input; or a script on the PATH, such as pytest. Options "
        "of Python's, such as -X dev, may stand before it. Exit status: 0 clean, 1 faults, 2 it could not run.",
        usage="socktrace run [OPTION ...] [PYTHON OPTION ...] PROGRAM [ARG ...]",
        allow_abbrev=False,
    )
    _options(run)
    run.add_argument(
        "--network",
        choices=("isolated", "host"),
        default="isolated",
        help="a network of its own (default), or the host's, where it can reach the world and everybody it: then only "
        "those packets are recorded that cross the loopback interface from or to its own sockets, and only with the "
        "right to read there (CAP_NET_RAW, which root has)",
    )
    together = kinds.add_parser(
        "together",
        help="run two or more Python programs in one network, such as a server and its client",
        description="Run Python programs in one network of their own, each as soon as the one before it listens or has "
        "a port for datagrams, and report all as one run. Each line they print comes with the program's name before "
        "it; the last one gets the standard input.",
        epilog='Example: socktrace together "server.py 4711" "client.py 4711". '
        "Exit status: 0 clean, 1 faults, 2 they could not run.",
    )
    _options(together)
    together.add_argument(
        "programs",
        nargs="+",
        metavar="COMMAND",
        help="a program with its arguments, in quotes as a shell reads them; python options and -m MODULE too",
    )
    join = kinds.add_parser(
        "join",
        help="run any command in the network of a run that is going on, such as a client or curl",
        description="Run a command in the network of a `socktrace run` or `socktrace together` of yours that is going "
        "on in another terminal. It has this terminal, and its exit status is that of the command.",
        epilog="Examples: socktrace join python3 client.py; socktrace join curl http://127.0.0.1:8000/; socktrace join "
        "ss -tan; socktrace join bash.",
    )
    join.add_argument(
        "--pid",
        type=int,
        metavar="PID",
        help="the run that this process belongs to, or that it started (default: your newest run, one that was started "
        "in this folder before others)",
    )
    join.add_argument(
        "--program", metavar="NAME", help="the run of a program of that name, such as server.py or http.server"
    )
    join.add_argument("words", nargs=argparse.REMAINDER, metavar="COMMAND", help="the command, with what it is given")
    return parser, run


class _Version(argparse.Action):
    """Say the version that the installed package has, whose one source is `pyproject.toml`."""

    def __init__(self, **options: Any) -> None:
        super().__init__(nargs=0, **options)

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        from importlib import metadata  # which costs every other run a tenth of its start

        try:
            print(f"socktrace {metadata.version('socktrace')}")
        except metadata.PackageNotFoundError:
            parser.exit(CANNOT, "socktrace: it is not installed, so nothing says which version it is\n")
        parser.exit(CLEAN)


def _options(run: argparse.ArgumentParser) -> None:
    """Add the options that all commands have."""
    run.add_argument(
        "--strict",
        action="store_true",
        help="count house rules as faults, not notes: leaving loopback, fixing a port, writing to standard error, "
        "which then passes through a pipe",
    )
    run.add_argument(
        "--timeout",
        type=_seconds,
        metavar="S",
        help=f"stop it after S seconds (0: never); by default after {_LIMIT:g}, but at a terminal a server that waits "
        "for callers is not stopped",
    )
    output.add_options(run)


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = -1.0
    if not 0 <= seconds < float("inf"):
        raise argparse.ArgumentTypeError(f"{text} is not a number of seconds, such as 2.5, or 0 for no limit")
    return seconds


def _run(options: argparse.Namespace) -> int:
    programs = _programs(options)
    output.check(options)
    with recorded_together(
        programs,
        timeout=_LIMIT if options.timeout is None else options.timeout or None,
        lenient=options.timeout is None and sys.stderr is not None and sys.stderr.isatty(),
        isolated=options.command == "together" or options.network == "isolated",
        captured=False,
        copied=options.strict,
        meanwhile=output.prepare,
    ) as recording:
        from socktrace.recording import UNWATCHED  # these were loaded meanwhile
        from socktrace.verdict import faults, judge

        findings = judge(recording, strict=options.strict)
        output.give(options, recording, findings, lambda: [one.command.text() for one in programs])
    unwatched = sum(reason.startswith(UNWATCHED) for reason in recording.unseen)
    if unwatched and unwatched == sum(one.began is not None for one in recording.programs):
        return CANNOT
    return FAULTS if faults(findings) else CLEAN


def _programs(options: argparse.Namespace) -> list[Ran]:
    """Return what is to be run.

    Raises:
        OSError: A command cannot be read.
    """
    if options.command == "run":
        return [Ran(commands.read(options.words))]
    found = []
    for command in options.programs:
        try:
            words = shlex.split(command)
        except ValueError as error:
            raise OSError(f"{command}: {error}") from error
        try:
            found.append(Ran(commands.read(words)))
        except commands.NotPythonError as error:
            raise OSError(f"{error}; in another terminal, `socktrace join` runs it beside the others") from error
    return found
