"""The verdict: a `Recording` in, findings out. Pure.

Each rule is one function in a module of its own and stands in `RULES`, in the order in which findings are reported. A
rule names the *event* it found; a program whose point is that event declares it (`# socktrace: expect EVENT`), and then
the event must happen.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from socktrace.recording import Recording
from socktrace.verdict.agreement import witnesses_agree
from socktrace.verdict.answers import counts_its_bytes
from socktrace.verdict.case import Case
from socktrace.verdict.closes import closes
from socktrace.verdict.connections import accepts_all, converses
from socktrace.verdict.datagrams import takes_whole
from socktrace.verdict.declared import declarations, opens_a_socket
from socktrace.verdict.ends import ends_well, starts_all
from socktrace.verdict.events import EVENTS, HOUSE_RULES, NEVER_EXPECTED, Finding
from socktrace.verdict.home import asks_at_home, fixes_no_port, stays_home
from socktrace.verdict.leftovers import is_not_survived, leaves_nothing
from socktrace.verdict.sends import sends_all
from socktrace.verdict.shared import asks_alone

__all__ = ["EVENTS", "RULES", "Finding", "faults", "judge"]

RULES: tuple[Callable[[Case], Iterator[Finding]], ...] = (
    ends_well,
    starts_all,
    closes,
    leaves_nothing,
    converses,
    accepts_all,
    takes_whole,
    sends_all,
    counts_its_bytes,
    asks_alone,
    stays_home,
    asks_at_home,
    fixes_no_port,
    is_not_survived,
    witnesses_agree,
)


_NUMBERS = re.compile(r"\d[\d.,:]*")
"""What may differ in what is said of the same, where no line tells: addresses, ports, sizes."""


def judge(recording: Recording, *, strict: bool = True, snippet: bool = False) -> tuple[Finding, ...]:
    """Hold a run against every rule.

    Args:
        recording: What the run did.
        strict: Whether the rules of this project's house count too: no text on standard error, no fixed port, loopback
            only, no refusal, nothing unwatched. Else what breaks them is a note.
        snippet: Whether it is a snippet of this project, which must also open a socket.

    Returns:
        The findings, notes among them, in the order of the rules. Those with the same event at the same line are one.
    """
    case = Case(recording)
    found = [finding for rule in RULES for finding in rule(case)]
    if snippet:
        found += opens_a_socket(case)
    expected = {declaration.event for one in recording.programs for declaration in one.declarations}
    happened = {finding.event for finding in found}
    kept = [finding for finding in found if finding.event not in expected - set(NEVER_EXPECTED)]
    kept += declarations(case, happened)
    if strict:
        kept = [finding for finding in kept if not finding.is_note]
    else:
        kept = [dataclasses.replace(one, is_note=one.is_note or _is_house_rule(one)) for one in kept]
        kept = list(_told_once(kept))
    return tuple(_counted(kept))


def faults(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """Return the findings that are not notes."""
    return tuple(finding for finding in findings if not finding.is_note)


def _is_house_rule(one: Finding) -> bool:
    return one.is_allowed or one.event in HOUSE_RULES


def _told_once(findings: Sequence[Finding]) -> Iterator[Finding]:
    """Leave out what a program died of, where that it died says the same of the same line, or connection."""
    tells = [one for one in findings if one.tells and not one.is_note]
    told: set[tuple[object, ...]] = {(one.tells, one.path, one.line) for one in tells}
    told |= {(event, socket) for one in tells for socket in one.ends for event in (one.tells, "reset")}
    return (one for one in findings if told.isdisjoint({(one.event, one.path, one.line), (one.event, one.socket)}))


def _counted(findings: Iterable[Finding]) -> Iterator[Finding]:
    """Make one of those that are of the same event at the same line."""
    same: dict[tuple[object, ...], list[Finding]] = {}
    for one in findings:
        key = (one.event, one.path, one.line, one.is_note, _NUMBERS.sub("", one.message) if one.line is None else "")
        same.setdefault(key, []).append(one)
    for group in same.values():
        yield dataclasses.replace(group[0], count=len(group))
