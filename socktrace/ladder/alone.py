"""Gives sockets that had no conversation lifelines of their own, by what the program calls them. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from socktrace.ladder.kernels import lifetime
from socktrace.ladder.model import Section, lonely_lane
from socktrace.ladder.names import Names
from socktrace.ladder.steps import Step
from socktrace.recording import Recording

_MOST = 3
"""Of how many sockets a lifeline of several has the names at most."""


def parted(recording: Recording, sections: Sequence[Section], names: Names, room: int) -> Iterator[Section]:
    """Yield the sections of a figure, with one for each name among the sockets of no conversation, if there is room.

    Args:
        recording: The run.
        sections: The sections.
        names: What the program's text tells of its sockets.
        room: How many lifelines there may be of them.
    """
    for section in sections:
        sockets = [one for lane in (section.left, section.right) if lane for one, _ in lane.sockets]
        called = {one: names.variable(recording, one) for one in sockets}
        groups: Mapping[str, list[int]] = defaultdict(list)
        for one, name in called.items():
            groups[name].append(one)
        if section.protocol or not sockets:
            yield section
        elif section.right and (len(groups) > room or not all(called.values())):
            left, right = (
                replace(lane, role=called[lane.sockets[0][0]] or lane.role) for lane in (section.left, section.right)
            )
            yield replace(section, left=left, right=right)
        elif len(groups) <= room and all(step.socket for step in section.steps):
            for name, group in groups.items():
                yield _one(recording, section, name, group)
        elif section.right is None and all(called.values()) and len(groups) <= _MOST:
            steps = tuple(_by_name(step, called) if len(groups) > 1 else step for step in section.steps)
            yield replace(section, left=replace(section.left, role=", ".join(groups)), steps=steps)
        else:
            yield section


def _one(recording: Recording, section: Section, name: str, group: Sequence[int]) -> Section:
    lane = lonely_lane(recording, [recording.socket(one) for one in group])
    lives = [lifetime(recording, recording.socket(one)) for one in group]
    in_turn = all(before[1] <= after[0] for before, after in pairwise(lives))
    own = tuple(
        replace(step, side="left", label=step.label.removeprefix(f"socket {step.socket}: ") if in_turn else step.label)
        for step in section.steps
        if step.socket in group
    )
    return replace(section, left=replace(lane, role=name or lane.role), right=None, steps=own)


def _by_name(step: Step, called: Mapping[int, str]) -> Step:
    prefix = f"socket {step.socket}: "
    if step.socket is None or not step.label.startswith(prefix):
        return step
    return replace(step, label=f"{called[step.socket]}: {step.label.removeprefix(prefix)}")
