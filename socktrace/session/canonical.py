"""What two transcripts of the same session must have in common. Pure.

Process ids, inodes, port numbers that the kernel chose and hardware addresses differ from run to run. Each is replaced
by a role, numbered by first appearance, so that it must still be equal wherever it was equal. A number that the session
file itself holds is no such number: it must stay.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator

from socktrace.session.model import Transcript

_BLANKS = re.compile(r"[ \t]+")
_WORD = r"[0-9A-Za-z_]"
_VARIES = re.compile(
    rf"""
    (?P<mac>\b(?:[0-9a-f]{{2}}:){{5}}[0-9a-f]{{2}}\b)
    | (?P<link>\bfe80::[0-9a-f:]+)
    | \bfd=(?P<fd>\d+)
    | (?<!{_WORD})(?P<column>\d+)(?=[rwu]\b)              # lsof: a descriptor and how it is open
    | \bpid=(?P<pid>\d+)
    | (?<!{_WORD})(?P<number>\d{{4,}})(?!{_WORD})
    """,
    re.VERBOSE,
)
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
    yield f"hosts: {' '.join(transcript.hosts)}"
    yield from (f"setup: {line}" for line in transcript.setup.splitlines())
    written = "\n".join([transcript.setup, *(act.command for act in transcript.acts)])
    fixed = frozenset(re.findall(r"\d+", written))
    roles: dict[tuple[str, str], str] = {}
    for number, act in enumerate(transcript.acts, 1):
        end = "in the background" if act.background else f"exit status {act.exit}"
        yield f"step {number} on {act.host}, {end}: {act.command}"
        yield f"  says: {act.say}"
        for line in act.output.splitlines():
            yield f"  {_BLANKS.sub(' ', _by_role(line, fixed, roles)).rstrip()}"


def _by_role(line: str, fixed: frozenset[str], roles: dict[tuple[str, str], str]) -> str:
    def role(match: re.Match[str]) -> str:
        kind = match.lastgroup or ""
        value = match[kind]
        if kind in ("number", "column") and value in fixed:
            return match[0]
        kind = _KINDS.get(kind, kind)
        name = roles.setdefault((kind, value), f"<{kind} {1 + sum(one == kind for one, _ in roles)}>")
        return match[0].replace(value, name)

    return _VARIES.sub(role, line)
