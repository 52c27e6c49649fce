"""Abridges the steps of loops, so that a figure of ten thousand packets is as small as one of ten. Pure."""

from __future__ import annotations

import itertools
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import replace

from socktrace.ladder.steps import Draft, Step, drafted
from socktrace.wording import plural

_LONGEST = 12
_MOST, _HEAD, _TAIL = 72, 40, 24
_FEWEST = 4


def abridge(drafts: Sequence[Draft]) -> tuple[Step, ...]:
    """Make the steps: runs of equal ones as one, repeated groups once, and what is still too long cut.

    Args:
        drafts: The steps in order.
    """
    folded = _groups(_runs(drafts))
    last = len(folded) - _TAIL
    # the row that says how often steps are there once more stays with them
    last = min([last, *(at - one.size for at, one in enumerate(folded) if one.kind == "more" and at >= last)])
    if len(folded) > _MOST and last > _HEAD:
        hidden = [*_stands_for(folded, range(_HEAD, last))]
        calls = sum(many * one.times for one, many in hidden if one.kind == "call" and one.phase != "returns")
        packets = sum(many * one.times for one, many in hidden if one.kind == "packet")
        label = f"{plural(calls, 'more call')} and {plural(packets, 'more packet')} are not drawn"
        folded = [*folded[:_HEAD], drafted(Step("more", "left", label)), *folded[last:]]
    return tuple(one.make() for one in folded)


def _stands_for(folded: Sequence[Draft], rows: range) -> Iterator[tuple[Draft, int]]:
    """Yield what rows stand for: steps, and how often each; a row that repeats a group stands for its steps."""
    for at in rows:
        one = folded[at]
        if one.kind == "more":
            yield from ((again, one.times) for again in folded[at - one.size : at])
        else:
            yield one, 1


def _runs(drafts: Sequence[Draft]) -> list[Draft]:
    """Make equal calls or packets that follow each other one step that counts them."""
    folded: list[Draft] = []
    for key, group in itertools.groupby(drafts, key=lambda one: None if one.is_single else one.sign):
        run = list(group)
        if key is None or len(run) < _FEWEST:
            folded += run
        else:
            size = sum(one.size for one in run)
            folded.append(drafted(_counted(replace(run[0].make(), times=len(run), size=size, data=""))))
    return folded


def _counted(step: Step) -> Step:
    amount = plural(step.size, "byte")
    if step.kind == "call":
        name = step.label.partition("(")[0]
        return replace(step, label=f"{name} \u00d7{step.times}", after=f"\u2192 {amount}")
    label = f"{step.times} \u00d7 {step.label}" if step.tone == "ack" else f"{step.times} packets, {amount}"
    return replace(step, label=label)


def _groups(drafts: list[Draft]) -> list[Draft]:
    """Draw a group of two or more steps that is repeated at least three times only once."""
    folded: list[Draft] = []
    numbers: dict[Hashable, int] = {}
    # Equal steps have equal signs; a step that changes a state is like no other.
    signs = [numbers.setdefault(at if one.changes else one.sign, at) for at, one in enumerate(drafts)]
    at = 0
    while at < len(drafts):
        times, length = _repeats(signs, at)
        if times < 3:
            folded.append(drafts[at])
            at += 1
            continue
        size = sum(one.size for one in drafts[at + length : at + times * length] if one.kind != "call")
        label = f"these {length} steps {times - 1} times more" + (f", {plural(size, 'byte')}" if size else "")
        folded += [*drafts[at : at + length], _once_more(label, times - 1, length)]
        at += times * length
    return folded


def _once_more(label: str, times: int, steps: int) -> Draft:
    """Return the row that says how often the steps before it are there once more."""
    row = Step("more", "left", label)
    return Draft(row.at, label, lambda: row, row.kind, steps, times=times)


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
