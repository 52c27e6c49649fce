"""The command line: `socktrace run` for any program, `socktrace record` for what this project runs."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from socktrace import store as stores
from socktrace.packets import to_pcap
from socktrace.recorder import record
from socktrace.recording import to_json
from socktrace.verdict import faults, judge

CLEAN, FAULTS, CANNOT = 0, 1, 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit status.

    Args:
        arguments: The words after the command's name; those of this process by default.

    Returns:
        0 if all is clean, 1 if there are findings, 2 if it could not run or the usage was wrong.
    """
    options = _parser().parse_args(arguments)
    try:
        return _run(options) if options.command == "run" else _record(options)
    except (OSError, LookupError) as error:
        print(f"socktrace: {_one_line(error)}", file=sys.stderr)
        return CANNOT


def _one_line(error: Exception) -> str:
    if isinstance(error, OSError) and error.strerror:
        return f"{error.filename}: {error.strerror}" if error.filename else error.strerror
    return str(error.args[0] if error.args else error)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="socktrace", description="Run a Python program, record its sockets and packets, and judge them."
    )
    commands = parser.add_subparsers(dest="command", required=True)
    run = commands.add_parser(
        "run",
        help="run any Python program and report what it did with its sockets",
        description="Run any Python program. Its standard streams pass through; the report goes to standard error. "
        "The network namespace it gets is for accuracy, not a jail for hostile code.",
        epilog="Exit status: 0 clean, 1 findings, 2 it could not run.",
    )
    run.add_argument(
        "--strict", action="store_true", help="count leaving loopback and fixing a port as faults, not notes"
    )
    run.add_argument(
        "--timeout",
        type=_seconds,
        default=10.0,
        metavar="S",
        help="stop it after S seconds (default 10; 0 for no limit)",
    )
    run.add_argument(
        "--network",
        choices=("isolated", "host"),
        default="isolated",
        help="a network of its own (default), or the host's, to reach the world; then no packets are recorded",
    )
    run.add_argument("--json", type=Path, metavar="FILE", help="write the recording here")
    run.add_argument("--pcap", type=Path, metavar="FILE", help="write the packets here, for Wireshark")
    run.add_argument("program", type=Path, metavar="PROGRAM")
    run.add_argument("args", nargs=argparse.REMAINDER, metavar="ARGS")
    record_ = commands.add_parser(
        "record",
        help="record the snippets and sessions of this project",
        description="Record snippets (.py) and sessions (.toml: commands on several hosts), and write the recordings "
        "that are no longer true. Needs Linux; a session also needs the tools that its commands name.",
        epilog="Exit status: 0 all current and clean, 1 something to mend, 2 it could not run.",
    )
    record_.add_argument("--check", action="store_true", help="write nothing; exit 1 and name what is not current")
    record_.add_argument("snippets", nargs="*", metavar="NAME", help="such as sockets/echo.py; all by default")
    return parser


def _seconds(text: str) -> float:
    seconds = float(text)
    if not 0 <= seconds < float("inf"):
        raise argparse.ArgumentTypeError(f"{text} is not a number of seconds")
    return seconds


def _run(options: argparse.Namespace) -> int:
    if not options.program.is_file():
        raise FileNotFoundError(2, "there is no such file", str(options.program))
    for target in (options.json, options.pcap):
        if target is not None and not target.resolve().parent.is_dir():
            raise FileNotFoundError(2, "there is no such folder", str(target.parent))
    recording = record(
        options.program,
        tuple(options.args),
        timeout=options.timeout or None,
        isolated=options.network == "isolated",
        captured=False,
    )
    findings = judge(recording, strict=options.strict)
    if options.json is not None:
        options.json.write_text(to_json(recording), encoding="utf-8", newline="\n")
    if options.pcap is not None:
        options.pcap.write_bytes(to_pcap(recording))
    from socktrace.report import report  # `record` draws nothing, and starts sooner without

    unicode = (sys.stderr.encoding or "").lower().startswith("utf")
    print(report(recording, findings, ascii=not unicode), end="", file=sys.stderr, flush=True)
    return FAULTS if faults(findings) else CLEAN


def _record(options: argparse.Namespace) -> int:
    store = stores.Store(Path.cwd())
    if not store.snippets.is_dir():
        raise FileNotFoundError(
            2, "there is no snippets folder here; run this at the top of the checkout", str(Path.cwd())
        )
    names = tuple(store.resolve(name) for name in options.snippets)
    counts: dict[str, int] = {}
    bad = []
    for result in stores.refresh(store, names, check=options.check):
        counts[result.state] = counts.get(result.state, 0) + 1
        if result.state != "current":
            print(f"{result.state}: {result.name}")
        if not result.is_good:
            bad.append(result)
            for line in result.detail:
                print(f"    {line}")
            again = "" if result.state == "orphaned" else f" {result.name}"
            mend = "mend the snippet, then run" if result.state == "unclean" else "mend it with"
            print(f"    {mend}: {stores.MEND}{again}")
    print(", ".join(f"{count} {state}" for state, count in sorted(counts.items())) or "no snippets")
    return FAULTS if bad else CLEAN
