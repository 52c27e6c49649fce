"""Abridges the steps of loops, so that a figure of ten thousand packets is as small as one of ten. Pure."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import replace

from socktrace.ladder.steps import Step
from socktrace.wording import plural

_LONGEST = 12
_MOST, _HEAD, _TAIL = 72, 40, 24
_FEWEST = 4


def abridge(steps: Sequence[Step]) -> tuple[Step, ...]:
    """Return the steps with runs of equal ones made one, repeated groups drawn once, and what is still too long cut.

    Args:
        steps: The steps in order.
    """
    folded = _groups(_runs(steps))
    if len(folded) > _MOST:
        hidden = folded[_HEAD:-_TAIL]
        calls = sum(step.times for step in hidden if step.kind == "call" and step.phase != "returns")
        packets = sum(step.times for step in hidden if step.kind == "packet")
        label = f"{plural(calls, 'more call')} and {plural(packets, 'more packet')} are not drawn"
        folded = [*folded[:_HEAD], Step("more", "left", label), *folded[-_TAIL:]]
    return tuple(folded)


def _runs(steps: Sequence[Step]) -> list[Step]:
    """Make equal calls or packets that follow each other one step that counts them."""
    folded: list[Step] = []
    for key, group in itertools.groupby(steps, key=_run_key):
        run = list(group)
        if key is None or len(run) < _FEWEST:
            folded += run
        else:
            folded.append(_counted(replace(run[0], times=len(run), size=sum(step.size for step in run), data="")))
    return folded


def _run_key(step: Step) -> tuple[object, ...] | None:
    countable = step.kind != "call" or step.size > 0
    return _alike(step) if countable and not (step.phase or step.failed or _changes(step)) else None


def _counted(step: Step) -> Step:
    amount = plural(step.size, "byte")
    if step.kind == "call":
        name = step.label.partition("(")[0]
        return replace(step, label=f"{name} \u00d7{step.times}", after=f"\u2192 {amount}")
    label = f"{step.times} \u00d7 {step.label}" if step.tone == "ack" else f"{step.times} packets, {amount}"
    return replace(step, label=label)


def _groups(steps: list[Step]) -> list[Step]:
    """Draw a group of two or more steps that is repeated at least three times only once."""
    folded: list[Step] = []
    numbers: dict[object, int] = {}
    # Equal steps have equal signs; a step that changes a state is like no other.
    signs = [numbers.setdefault(at if _changes(step) else _alike(step), at) for at, step in enumerate(steps)]
    at = 0
    while at < len(steps):
        times, length = _repeats(signs, at)
        if times < 3:
            folded.append(steps[at])
            at += 1
            continue
        size = sum(step.size for step in steps[at + length : at + times * length] if step.kind != "call")
        label = f"these {length} steps {times - 1} times more" + (f", {plural(size, 'byte')}" if size else "")
        folded += [*steps[at : at + length], Step("more", "left", label)]
        at += times * length
    return folded


def _repeats(signs: list[int], at: int) -> tuple[int, int]:
    """Return how often the group of steps that begins at `at` is there in a row, and how long it is.

    Of several groups this is the one that covers most steps. One that covers fewer than `_LONGEST` is not worth it.
    """
    best = (1, _LONGEST)
    for length in range(min(_LONGEST, len(signs) - at - 1), 1, -1):
        if signs[at + length] != signs[at]:
            continue
        group, times = signs[at : at + length], 1
        while signs[at + times * length : at + (times + 1) * length] == group:
            times += 1
        if times > 1 and times * length >= best[0] * best[1]:
            best = times, length
    return best


def _changes(step: Step) -> bool:
    return bool(step.left or step.right)


def _alike(step: Step) -> tuple[object, ...]:
    """Return what equal steps have in common: all but the bytes."""
    label: object = step.label if step.size == 0 else step.label.partition("(")[0] if step.kind == "call" else step.tone
    after = step.after if step.size == 0 else ""
    return step.kind, step.side, label, after, step.socket, step.line, step.path, step.phase, step.failed
