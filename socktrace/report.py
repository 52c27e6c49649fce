"""Recording and findings in, the text for a terminal out. Pure.

Whatever a program did, its report fits a terminal, unless all of it is wanted: what is wrong comes first, then what the
sockets did, equal ones counted, then the ladder of what matters most.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from socktrace import ladder
from socktrace.ladder import WIDTH
from socktrace.recording import Call, Program, Recording, Socket
from socktrace.recording.conversations import calls_of
from socktrace.recording.endings import ENDINGS, last_ending
from socktrace.verdict import Finding, faults
from socktrace.visible import visible
from socktrace.wording import describe, kind, plural

_FAULTS, _NOTES, _UNSEEN, _LIVES, _SECTIONS = 5, 3, 3, 5, 2
"""How many of each are shown at most."""
_LEAST_LADDER = 18
"""How many lines a ladder of one conversation gets, however much there is to say before it."""
_MORE = "--full shows all"
_COLOURS = {"fault": "31;1", "note": "33", "clean": "32", "dim": "2"}
"""By what a text is, how a terminal is asked to show it (ECMA-48, Select Graphic Rendition)."""


@dataclass(frozen=True, slots=True)
class Look:
    """How a report is to look.

    Args:
        width: How many columns the terminal has.
        height: How many lines the report may have at most, apart from long ones that take several; `None` for all that
            there is to say.
        ladder: Whether to draw the calls and packets.
        ascii: Whether the terminal can show ASCII characters only.
        colour: Whether the terminal can show colours.
    """

    width: int = WIDTH
    height: int | None = 60
    ladder: bool = True
    ascii: bool = False
    colour: bool = False

    def paint(self, text: str, what: str) -> str:
        """Return a text in the colour of what it is."""
        return f"\x1b[{_COLOURS[what]}m{text}\x1b[0m" if self.colour else text


def report(recording: Recording, findings: Sequence[Finding], look: Look | None = None) -> str:
    """Say what a program did with its sockets, what is wrong with it, and draw it.

    Args:
        recording: What it did.
        findings: What is wrong with it.
        look: How to say it.
    """
    look = look or Look()
    lines = [
        _headline(recording),
        *_most([f"not seen: {visible(reason)}" for reason in recording.unseen], _UNSEEN, look),
        *_most(_strangers(recording), _UNSEEN, look),
    ]
    if findings:
        lines += ["", *_found(findings, look)]
    if recording.sockets:
        lines += ["", *(f"  {line}" for line in _most(_lives(recording), _LIVES, look))]
        lines += _drawn(recording, findings, look, len(lines)) if look.ladder else []
    return "\n".join([*lines, "", _verdict(recording, findings, look)]) + "\n"


def listed(findings: Sequence[Finding]) -> str:
    """Return all that is wrong with a program, and how much that is.

    Args:
        findings: What is wrong with it.
    """
    look = Look(height=None)
    return "\n".join([*_found(findings, look), _counted(findings, "clean", look)]) + "\n"


def _most(lines: Sequence[str], most: int, look: Look) -> list[str]:
    """Return some of many lines, and how many more there are."""
    if look.height is None or len(lines) <= most + 1:
        return [*lines]
    return [*lines[:most], look.paint(f"and {len(lines) - most:,} more; {_MORE}", "dim")]


# -- what it did -------------------------------------------------------------------------------------------------------


def _headline(recording: Recording) -> str:
    ended = [f"{visible(one.program)}: {_ended(one)}" for one in recording.programs]
    seen = [plural(len(recording.sockets), "socket")]
    if recording.saw_packets:
        seen.append(plural(len(recording.packets), "packet"))
    return f"socktrace: {', '.join(ended)} after {recording.milliseconds:.0f} ms, {', '.join(seen)}"


def _ended(one: Program) -> str:
    if one.began is None:
        return "not started"
    if one.exit_code is None:
        return "stopped at its time limit"
    if one.signalled:
        return f"told to end by {one.signalled}" + ("" if one.exit_code < 0 else f" (exit {one.exit_code})")
    return f"exit {one.exit_code}"


def _strangers(recording: Recording) -> list[str]:
    kinds = {"a program of its own": recording.strangers, "it joined the network": recording.joined}
    often = Counter((command, what) for what, commands in kinds.items() for command in commands)
    return [
        f"not watched: {visible(command)} ({what}{f', {count:,} times' if count > 1 else ''})"
        for (command, what), count in often.items()
    ]


def _lives(recording: Recording) -> list[str]:
    """Return a line for each socket; those that were opened and closed alike have one together."""
    alike: dict[tuple[str, str], list[Socket]] = {}
    for socket in recording.sockets:
        alike.setdefault((kind(socket), _life(recording, socket)), []).append(socket)
    return [
        f"{_named(sockets[0])}: {life}" if len(sockets) == 1 else f"{plural(len(sockets), what)}: {life}"
        for (what, life), sockets in alike.items()
    ]


def _named(socket: Socket) -> str:
    is_named = socket.peer is not None and (socket.peer.port or socket.peer.address)
    peer = f" to {socket.peer}" if is_named and socket.role != "listener" else ""
    return visible(f"{describe(socket)}{peer}")


def _life(recording: Recording, socket: Socket) -> str:
    opening = recording.openings.get(socket.id)
    opened = f"opened {_line(opening)}" if opening and opening.line else "opened"
    if opening and opening.via:
        opened += f" by {opening.via}"
    last = last_ending(calls_of(recording, socket.id))
    ended = ENDINGS[last.name].words if last else "not seen to close"
    if last and last.name == "close":
        ended += f" {_line(last)}" if last.line or not last.via else f" by {last.via}"
    return visible(f"{opened}, {ended}")


def _line(call: Call) -> str:
    return f"{call.path}:{call.line}" if call.path else f"line {call.line or '?'}"


def _drawn(recording: Recording, findings: Sequence[Finding], look: Look, above: int) -> Iterator[str]:
    """Yield the ladder: of the sockets that the faults are about, or of the first ones."""
    room = None if look.height is None else max(_LEAST_LADDER, look.height - above - 4)
    by_weight = sorted(findings, key=lambda one: one.is_note)
    about = [*dict.fromkeys(one.socket for one in by_weight if one.socket is not None)][:_SECTIONS]
    most = None if room is None else min(_SECTIONS, len(about) or 1, room // _LEAST_LADDER)
    figure = ladder.draw(recording, most=most, about=about)
    whole, drawn = (
        ladder.to_text(figure, ascii=look.ascii, width=look.width, most=most).splitlines() for most in (None, room)
    )
    if drawn:
        yield ""
        yield from drawn
        if figure.left or len(drawn) < len(whole):
            yield look.paint(_MORE, "dim")


# -- what is wrong with it ---------------------------------------------------------------------------------------------


def _found(findings: Sequence[Finding], look: Look) -> Iterator[str]:
    """Yield the faults, then the notes."""
    wrong = faults(tuple(findings))
    for noun, some, most in (
        ("fault", wrong, _FAULTS),
        ("note", [one for one in findings if one.is_note], _NOTES),
    ):
        shown = some if look.height is None or len(some) <= most + 1 else some[:most]
        for one in shown:
            yield from f"{look.paint(noun, noun)}: {visible(str(one), keep=chr(10))}".split("\n")
        if len(shown) < len(some):
            yield look.paint(f"and {plural(len(some) - len(shown), f'more {noun}')}; {_MORE}", "dim")


def _verdict(recording: Recording, findings: Sequence[Finding], look: Look) -> str:
    others = recording.unseen or recording.strangers or recording.joined
    watched = not (others or any(one.event == "unwatched" for one in findings))
    return _counted(findings, "clean" if watched else "nothing wrong in what was watched", look)


def _counted(findings: Sequence[Finding], good: str, look: Look) -> str:
    wrong = faults(tuple(findings))
    notes = len(findings) - len(wrong)
    said = [look.paint(plural(len(wrong), "fault"), "fault") if wrong else look.paint(good, "clean")]
    return ", ".join([*said, *([plural(notes, "note")] if notes else [])])
