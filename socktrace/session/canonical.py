"""What two transcripts of the same session must have in common. Pure.

Process ids, inodes, port numbers that the kernel chose and hardware addresses differ from run to run. Each is replaced
by a role, numbered by first appearance, so that it must still be equal wherever it was equal. What a number is, the
words around it tell, in one place at least. One that the session file itself holds is no such number: it must stay.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping
from itertools import pairwise

from socktrace.session.model import Crossing, Transcript
from socktrace.wording import plural

MAY_DIFFER: Mapping[str, str] = {
    "system": "the system that ran it, and its release",
    "acts.output": "process ids, inodes, descriptors, hardware addresses, and ports that the session file does not "
    "hold, each in every place at once; how many blanks stand between words where there is one, or in a table of ss; "
    "whether that names the column of processes",
    "crossings": "how often TCP acknowledges without sending anything, where it cuts a stream, and the order of "
    "different connections",
    "crossings.source, crossings.destination": "port numbers that the kernel chose, in every place at once",
}
"""Each field of a transcript that may differ from run to run, and what of it."""

_BYTES = re.compile(r"([\d,]+) bytes?")
_BLANKS = re.compile(r"[ \t]+")
_PROCESS = re.compile(r"(?<=Peer Address:Port)[ \t]*Process$")
_WORD = r"[0-9A-Za-z_]"
_CHOSEN = re.compile(
    r"""
    \bpid=(\d+)
    | (?:(?<=[\w\]]:) | (?<=\bport[ ]) | (?<=\b[sd]port=)) (\d{4,5})\b
    | (?:\bino: | socket:\[ | \bIPv[46][ ]+) (\d+)\b     # an inode: ss -e, /proc/PID/fd, lsof
    | (?<![\w./])(\d+)(?=/[a-z])                         # netstat: a process
    | (?<!\w)(\d+)(?=[ ]+\w+[ ]+\d+[rwu]\b)             # lsof: likewise
    """,
    re.VERBOSE,
)
"""Where the words around a number say that the kernel chose it."""
_VARIES = re.compile(
    rf"""
    (?P<mac>\b(?:[0-9a-f]{{2}}:){{5}}[0-9a-f]{{2}}\b)
    | (?P<link>\bfe80::[0-9a-f:]+)
    | \bfd=(?P<fd>\d+)
    | (?<!{_WORD})(?P<column>\d+)(?=[rwu]\b)              # lsof: a descriptor and how it is open
    | \bpid=(?P<pid>\d+)
    | (?<!{_WORD})(?P<number>\d+)(?!{_WORD})
    """,
    re.VERBOSE,
)
_RANGE = re.compile(r"ip_local_port_range\D*(\d+)\s+(\d+)")
"""How a session says from which ports the kernel shall choose (ip(7))."""
_KINDS = {"column": "fd", "pid": "number"}


def differences(old: Transcript, new: Transcript) -> list[str]:
    """Return what differs between two transcripts, as the lines of a diff; none if they are equal where it matters."""
    before, after = list(canonical(old)), list(canonical(new))
    found = list(difflib.unified_diff(before, after, "recorded", "now", n=0, lineterm=""))
    return [line for line in found if not line.startswith("@@")]


def canonical(transcript: Transcript) -> Iterator[str]:
    """Yield what must be equal in every transcript of the same session, line by line."""
    yield f"session: {transcript.session}"
    yield f"source: {transcript.source}"
    yield f"claim: {transcript.claim}"
    yield from (f"host: {host}" for host in transcript.hosts)
    yield from (f"setup: {line}" for line in transcript.setup.split("\n"))
    yield from (f"watched: {link}" for link in transcript.watch)
    written = "\n".join([transcript.setup, *(act.command for act in transcript.acts)])
    told = "\n".join([*(act.output for act in transcript.acts), *_ends(transcript)])
    found = {number for groups in _CHOSEN.findall(told) for number in groups if number}
    ranges = [(int(first), int(last)) for first, last in _RANGE.findall(written)]
    varying = {number: _kind(number, ranges) for number in found - {*re.findall(r"\d+", written)}}
    roles: dict[tuple[str, str], str] = {}
    for number, act in enumerate(transcript.acts, 1):
        end = "in the background, " if act.background else ""
        yield f"step {number} on {act.host}, {end}exit status {act.exit}: {act.command}"
        yield f"  says: {act.say}"
        printed = act.output.split("\n")
        lines = [_by_role(line, varying, roles, written) for line in printed]
        is_table = (
            lines != printed or "Recv-Q" in act.output
        )  # columns are as wide as what stands in them, or as ss likes
        for line in lines:
            shown = _PROCESS.sub("", line.rstrip())
            yield f"  {_BLANKS.sub(' ', shown) if is_table else shown}"

    for line in _talks(transcript):
        yield _by_role(line, varying, roles)


def _talks(transcript: Transcript) -> Iterator[str]:
    """Say what went from where to where, packet by packet, each with every interface that it crossed.

    Bytes that follow one another the same way are added up, wherever TCP cut them. How often TCP only acknowledges is
    not for the comparison; that it went a way that something else went is.
    """
    numbers = list(dict.fromkeys(one.packet for one in transcript.crossings))
    if numbers != list(range(1, len(numbers) + 1)):
        yield "crossings: the packets are not numbered in order"
    if any(after.packet < one.packet for one, after in pairwise(transcript.crossings)):
        yield "crossings: the rows of a packet do not stand together"
    paths: dict[int, list[Crossing]] = {}
    for one in transcript.crossings:
        paths.setdefault(one.packet, []).append(one)
    talks: dict[frozenset[str], list[tuple[str, str, int]]] = {}
    quiet: dict[str, None] = {}
    for number, path in paths.items():
        way = ", ".join(f"on {one.link} from {one.source} to {one.destination}" for one in path)
        said = {one.what for one in path}
        if len(said) > 1 or not all(said):
            yield f"crossings: packet {number} is not the same everywhere"
        if said == {"ACK"}:
            quiet[way] = None
            continue
        talk = talks.setdefault(frozenset((path[0].source, path[0].destination)), [])
        for what in [part for one in sorted(said) for part in one.split(", ")]:
            size = _BYTES.fullmatch(what)
            count = int(size[1].replace(",", "")) if size else 0
            size = size if what == plural(count, "byte") else None
            if size and talk and talk[-1][:2] == (way, ""):
                talk[-1] = (way, "", talk[-1][2] + count)
            else:
                talk.append((way, "" if size else what, count))
    for talk in talks.values():
        yield from (f"{what or plural(count, 'byte')} {way}" for way, what, count in talk)
    ways = {way for talk in talks.values() for way, _, _ in talk}
    yield from (f"acknowledged {way}" for way in quiet if way not in ways)


def _ends(transcript: Transcript) -> Iterator[str]:
    for one in transcript.crossings:
        yield from (one.source, one.destination)


def _kind(number: str, ranges: list[tuple[int, int]]) -> str:
    """Say what a number is, as far as the session tells from which ones it is chosen."""
    mine = (f"number from {first} to {last}" for first, last in ranges if first <= int(number) <= last)
    return next(mine, "number")


def _by_role(line: str, varying: Mapping[str, str], roles: dict[tuple[str, str], str], written: str = "") -> str:
    def role(match: re.Match[str]) -> str:
        kind = match.lastgroup or ""
        value = match[kind]
        if (kind == "number" and value not in varying) or (kind in ("mac", "link") and value in written):
            return match[0]
        kind = _KINDS.get(kind, kind)
        kind = varying.get(value, kind) if kind == "number" else kind
        name = roles.setdefault((kind, value), f"<{kind} {1 + sum(one == kind for one, _ in roles)}>")
        return match[0].replace(value, name)

    return _VARIES.sub(role, line)
