"""What-ifs: small edits of a program, whose runs are recorded too. Pure.

They lie next to their program, `sockets/echo.what-ifs.toml` beside `sockets/echo.py`. An edit is written as `git diff`
shows it, without the numbers: a line that goes begins with `-`, a new one with `+`, one that stays with a blank.
"""

from __future__ import annotations

import ast
import difflib
import re
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from socktrace.recording import Recording
from socktrace.verdict import EVENTS, Finding, judge

SUFFIX = ".what-ifs.toml"
"""What the name of such a file ends with, in place of the program's `.py`."""

PARTS = ":"
"""What stands between a program and one of its what-ifs in a name, as in `sockets/echo.py:never-done`."""

_NAME = re.compile(r"[a-z][a-z0-9-]*")
_KEYS = ("edit", "breaks", "mends")
_BETWEEN = "@@"
_NUMBERED = re.compile(r"\blines? \d")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of an edit, or of an edited program.

    Args:
        mark: `-` if it goes, `+` if it is new, a blank if it stays.
        text: The line, without its end.
        number: Where it stands in the program as it is, counted from 1; 0 if it does not.
        told: Where it stands in the file of what-ifs, counted from 1; 0 if it does not.
    """

    mark: str
    text: str
    number: int = 0
    told: int = 0


@dataclass(frozen=True, slots=True)
class WhatIf:
    """An edit of a program, and what it does to the verdict.

    Args:
        name: The program and the edit, as `sockets/echo.py:never-done`.
        hunks: The edit: at each place the lines as they stand and what they become.
        breaks: The events of its run that those of the program as it is have not.
        mends: The events that the program declares and that do not happen any more.
        line: Where it begins in the file of what-ifs, counted from 1.
    """

    name: str
    hunks: tuple[tuple[Line, ...], ...]
    breaks: tuple[str, ...] = ()
    mends: tuple[str, ...] = ()
    line: int = 1

    @property
    def program(self) -> str:
        """The program, as `sockets/echo.py`."""
        return self.name.partition(PARTS)[0]

    def place(self, line: int = 0) -> str:
        """Return where it is told, for messages: its file, a line of it, and its own name.

        Args:
            line: The line; that at which it begins by default.
        """
        return f"{file_of(self.program)}:{line or self.line}: {self.name.partition(PARTS)[2]}"


def is_what_if(name: str) -> bool:
    """Say whether a name is one of a what-if."""
    return PARTS in name


def file_of(program: str) -> str:
    """Return the file of a program's what-ifs, as `snippets/sockets/echo.what-ifs.toml`."""
    return f"snippets/{program.removesuffix('.py')}{SUFFIX}"


def read(program: str, text: str) -> dict[str, WhatIf]:
    """Return the what-ifs of a program, by their own names, such as `never-done`.

    Args:
        program: The program, as `sockets/echo.py`.
        text: What stands in its file of what-ifs.

    Raises:
        ValueError: The file is wrong; the message begins with its place.
    """
    place = file_of(program)
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ValueError(f"{place}: {error}") from error
    found = {}
    lines = text.splitlines()
    for name, table in tables.items():
        head = re.compile(rf"""\[\s*["']?{re.escape(name)}["']?\s*\]""")
        line = next((number for number, one in enumerate(lines, 1) if head.match(one)), 1)
        try:
            found[name] = _what_if(f"{program}{PARTS}{name}", table, line, _begin(lines, line))
        except ValueError as error:
            raise ValueError(f"{place}:{line}: {name}: {error}") from error
    return found


def _begin(lines: Sequence[str], head: int) -> int:
    """Return in which line of the file the text of an edit begins: that of its key, or the next after mere quotes."""
    for number, line in enumerate(lines[head:], head + 1):
        if match := re.match(r"""edit\s*=\s*(?:'''|\"\"\")?(.*)""", line):
            return number if match[1] else number + 1
    return head


def _what_if(name: str, table: Any, line: int, begin: int) -> WhatIf:
    own = name.partition(PARTS)[2]
    if not _NAME.fullmatch(own):
        raise ValueError("a what-if is named by small letters, digits and hyphens, such as never-done")
    if not isinstance(table, dict) or not isinstance(table.get("edit"), str):
        raise ValueError("a what-if has an edit, written as git diff shows it")
    for key in table:
        if key not in _KEYS:
            raise ValueError(f"unknown key {key}; known: {', '.join(_KEYS)}")
    hunks = tuple(_hunks(table["edit"], begin))
    if not any(line.mark != " " for hunk in hunks for line in hunk):
        raise ValueError("the edit changes nothing; begin a line that goes with -, and a new one with +")
    return WhatIf(name, hunks, _events(table, "breaks"), _events(table, "mends"), line)


def _events(table: dict[str, Any], key: str) -> tuple[str, ...]:
    events = table.get(key, [])
    if not isinstance(events, list) or not all(isinstance(one, str) for one in events):
        raise ValueError(f'{key} is a list of events, such as ["failure"]')
    for event in events:
        if event == "hang":
            raise ValueError("a what-if may not hang; give the program's waits a limit of their own")
        if event not in EVENTS:
            raise ValueError(f"nothing is called {event!r}; name one of: {', '.join(EVENTS)}")
    return tuple(events)


def _hunks(edit: str, begin: int) -> Iterator[tuple[Line, ...]]:
    lines: list[Line] = []
    for number, text in enumerate(edit.splitlines(), begin):
        if text.startswith(_BETWEEN):
            if lines:
                yield tuple(lines)
            lines = []
        elif text and text[0] not in "-+ ":
            raise ValueError(f"the line {text!r} of the edit begins with none of - and + and a blank")
        else:
            lines.append(Line(text[:1] or " ", text[1:], told=number))
    if lines:
        yield tuple(lines)


@lru_cache(maxsize=512)
def edited(what_if: WhatIf, source: str) -> tuple[Line, ...]:
    """Return every line of a program and of its edit, in order.

    Args:
        what_if: The edit.
        source: The program's text.

    Raises:
        ValueError: The edit does not apply, or changes nothing that Python sees, or makes what is no program; the
            message begins with its place.
    """
    try:
        return _edited(what_if, source)
    except _MisfitError as error:
        line, wrong = error.args
        raise ValueError(f"{what_if.place(line)}: {wrong}") from error


class _MisfitError(Exception):
    """An edit that cannot be made: the line in the file of what-ifs, or 0, and what is wrong."""


def _edited(what_if: WhatIf, source: str) -> tuple[Line, ...]:
    lines = source.splitlines()
    done: list[Line] = []
    at = 0
    for hunk in what_if.hunks:
        place = _place(hunk, lines, what_if.program)
        if place < at:
            raise _MisfitError(hunk[0].told, "its places are not in the order of the program, or overlap")
        done += [Line(" ", lines[number], number + 1) for number in range(at, place)]
        at = place
        for line in hunk:
            done.append(line if line.mark == "+" else replace(line, number=at + 1))
            at += line.mark != "+"
    done += [Line(" ", lines[number], number + 1) for number in range(at, len(lines))]
    try:
        same = ast.dump(ast.parse(text_of(done))) == ast.dump(ast.parse(source))
    except SyntaxError as error:
        raise _MisfitError(0, f"what it makes is no program: {error.msg}, line {error.lineno}") from error
    if same:
        raise _MisfitError(0, "it changes nothing that Python sees")
    return tuple(done)


def _place(hunk: Sequence[Line], lines: list[str], program: str) -> int:
    """Return the index of the line where a hunk applies."""
    told = [line for line in hunk if line.mark != "+"]
    stands = [line.text for line in told]
    if not stands:
        wrong = "an edit that only adds needs the line before or after, with a blank in front of it"
        raise _MisfitError(hunk[0].told, wrong)
    places = [at for at in range(len(lines) - len(stands) + 1) if lines[at : at + len(stands)] == stands]
    if not places:
        raise _MisfitError(*_gone(told, lines, program))
    if len(places) > 1:
        where = " and ".join(str(place + 1) for place in places)
        raise _MisfitError(
            told[0].told, f"it applies {len(places)} times, at the lines {where}; add the line before or after it"
        )
    return places[0]


def _gone(told: Sequence[Line], lines: list[str], program: str) -> tuple[int, str]:
    """Return the line that an edit leans on and the program has not, and what to put in its place."""
    missing = next((line for line in told if line.text not in lines), None)
    if missing is None:
        wrong = f"it no longer applies: the lines of snippets/{program} no longer stand in this order"
        return told[0].told, f"{wrong}: {told[0].text.strip()}"
    wrong = f"it no longer applies: snippets/{program} has no such line: {missing.text.strip()}"
    texts = [line.strip() for line in lines]
    near = difflib.get_close_matches(missing.text.strip(), texts, 1, 0.4)
    if not near:
        return missing.told, f"{wrong}; write a line that it has"
    blanks = ", with all its blanks" if near[0] == missing.text.strip() else ""
    return missing.told, f"{wrong}; the nearest is line {texts.index(near[0]) + 1}{blanks}: {near[0]}"


def text_of(lines: Sequence[Line]) -> str:
    """Return the text of the edited program."""
    return "".join(f"{line.text}\n" for line in lines if line.mark != "-")


def complaints(what_if: WhatIf, recording: Recording) -> tuple[Finding, ...]:
    """Return in what an edited program breaks other rules than its what-if says. None means that it may be shown.

    Args:
        what_if: What it says.
        recording: What the edited program did.
    """
    return tuple(dict.fromkeys(_complaints(what_if, recording)))


def placed(what_if: WhatIf, source: str, found: Iterable[Finding]) -> Iterator[Finding]:
    """Yield what is found in an edited program, at the lines that a person edits.

    Args:
        what_if: The edit.
        source: The text of the program as it is.
        found: What is found, at lines of the edited program.
    """
    lines = [line for line in edited(what_if, source) if line.mark != "-"]
    for one in found:
        if one.path != f"snippets/{what_if.program}" or one.line is None:
            yield one
            continue
        line = lines[one.line - 1]
        words = f"{one.message} (lines as the edit counts them)" if _NUMBERED.search(one.message) else one.message
        if line.mark == "+":
            yield replace(one, path=file_of(what_if.program), line=line.told, message=words)
        else:
            yield replace(one, line=line.number, message=words)


def _complaints(what_if: WhatIf, recording: Recording) -> Iterator[Finding]:
    own = what_if.name.partition(PARTS)[2]

    def finding(message: str, fix: str) -> Finding:
        return Finding("declaration", file_of(what_if.program), what_if.line, f"{own}: {message}", fix)

    declared = {one.event for one in recording.declarations}
    found = judge(replace(recording, declarations=()), snippet=True)
    happened = {one.event for one in found}
    for event in what_if.mends:
        if event not in declared:
            yield finding(f"it says to mend {event!r}, which the program does not declare", f"remove {event!r} there")
        elif event in happened:
            yield finding(f"it says to mend {event!r}, but that still happens", f"remove {event!r} from mends")
    for event in what_if.breaks:
        if event in declared:
            yield finding(f"it says to break {event!r}, which the program itself declares", f"remove {event!r} there")
        elif event not in happened:
            fix = f"remove {event!r} from breaks, or edit the program so that it does"
            yield finding(f"it says to break {event!r}, but that did not happen", fix)
    for event in sorted(declared - happened - set(what_if.mends)):
        yield finding(f"the program's own {event!r} did not happen", f'say so: mends = ["{event}"]')
    new = [one.event for one in found if one.event not in {*declared, *what_if.breaks, "hang"}]
    said = ", ".join(f'"{event}"' for event in dict.fromkeys((*what_if.breaks, *new)))
    for one in found:
        if one.event not in declared | set(what_if.breaks):
            point = f"; or, if that is the point of the edit, say so in {what_if.place()}: breaks = [{said}]"
            yield one if one.event == "hang" else replace(one, fix=one.fix + point)
