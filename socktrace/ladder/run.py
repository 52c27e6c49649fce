"""The run as data: who takes part, and row by row what happened, with the sentence that says so. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from socktrace.ladder.alone import parted
from socktrace.ladder.facts import Facts
from socktrace.ladder.kernels import Kept, kept
from socktrace.ladder.model import NO_SOCKET, NOT_LISTENING, Figure, Section
from socktrace.ladder.model import Lane as Ends
from socktrace.ladder.names import Names, names_in, place_of
from socktrace.ladder.sentences import Scene, sentence
from socktrace.ladder.steps import SIDES, Side, Step
from socktrace.ladder.words import Piece, Words, say
from socktrace.recording import Call, Endpoint, Packet, Recording
from socktrace.visible import visible
from socktrace.wording import plural, preview

LANES = 4
"""How many lifelines stand side by side at most; of more, each conversation is drawn by itself."""

LONG = 30
"""How many rows are in sight at first; of more, acts are folded."""

_TALK = "talk"


@dataclass(frozen=True, slots=True)
class Lane:
    """One lifeline.

    Args:
        name: What it is called: `client`, or the variable that holds its socket.
        who: The same as a sentence has it: `the client`.
        variables: The names that the program gave to the sockets there, in order of opening, but for that one.
        endpoint: Its name on the wire, if it has one.
    """

    name: str
    who: Words
    variables: tuple[str, ...]
    endpoint: Endpoint | None


@dataclass(frozen=True, slots=True)
class Wire:
    """A packet of a row.

    Args:
        number: Its number in the run, counted from 1.
        label: What stands on it: its words, or `SYN`.
        packet: The packet.
        sealed: Whether TLS made what it carries.
    """

    number: int
    label: str
    packet: Packet
    sealed: bool


@dataclass(frozen=True, slots=True)
class Row:
    """One thing that happened.

    Args:
        kind: `call`, `packet`, `kernel` or `more`, as in `Step`.
        lane: The lifeline of the one who called or sent.
        to: The lifeline of the one who got it; the same for a call.
        code: What was called.
        result: What came of it.
        sentence: What happened.
        lines: The lines that led to it, of the file `path`.
        path: The file; `""` is the program itself.
        via: As in `Step`.
        glyph: The shape of the socket that was called.
        tone: Of a packet, as in `Step`.
        failed: Whether the call failed.
        states: The lifelines whose TCP state changed, and the new states.
        waits: The lifelines at which a call waits.
        wire: The packet, if it is one.
        at: The moment, in milliseconds since the program started.
        call: The call, or the last of those that it stands for.
    """

    kind: str
    lane: int
    to: int
    code: str
    result: str
    sentence: Words
    lines: tuple[int, ...]
    path: str
    via: str
    glyph: str
    tone: str
    failed: bool
    states: tuple[tuple[int, str], ...]
    waits: tuple[int, ...]
    wire: Wire | None
    at: float
    call: Call | None


@dataclass(frozen=True, slots=True)
class Act:
    """Rows that belong together.

    Args:
        name: What happens in it: `open`.
        lanes: The lifelines that are drawn, in order, as numbers of `Run.lanes`.
        rows: The rows.
    """

    name: str
    lanes: tuple[int, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Run:
    """A run that can be played.

    Args:
        lanes: The lifelines.
        acts: What happened.
        kept: What the kernel kept, one row for each socket.
        packets: How many packets the rows stand for: one row may stand for several.
        left: What the kernel still held when the program had ended, one line each.
        notes: What else is to be said, one line each.
        alike: Conversations that are not drawn, because they went like one that is: what they are, and their ends.
    """

    lanes: tuple[Lane, ...]
    acts: tuple[Act, ...]
    kept: tuple[Kept, ...]
    packets: int
    left: tuple[str, ...]
    notes: tuple[str, ...]
    alike: tuple[tuple[str, tuple[tuple[Endpoint, Endpoint], ...]], ...]

    @property
    def rows(self) -> tuple[Row, ...]:
        """All rows, in order."""
        return tuple(row for act in self.acts for row in act.rows)

    @property
    def amount(self) -> str:
        """How much that is: what was recorded, where rows stand for more than they show."""
        drawn = sum(row.wire is not None for row in self.rows)
        steps, packets = plural(len(self.rows), "step"), plural(self.packets, "packet")
        alike = " and ".join(f"one of {len(others) + 1:,} {what}s" for what, others in self.alike)
        said = f"{packets} in {steps}" if self.packets > drawn else f"{steps}, {packets}" if drawn else steps
        return f"{alike}: {said}" if alike else said

    @property
    def opens(self) -> frozenset[int]:
        """The acts that lie open at first, by number: the talk, since handshakes are alike, and then what has room."""
        order = sorted(range(len(self.acts)), key=lambda at: self.acts[at].name != _TALK)
        most = [*accumulate(len(self.acts[at].rows) for at in order)]
        return frozenset(at for at, rows in zip(order, most, strict=True) if rows <= LONG or at == order[0])


def tell(recording: Recording, figure: Figure, sources: Mapping[str, str]) -> Run:
    """Return the run of a recording, for playing.

    Args:
        recording: The run.
        figure: Its figure.
        sources: The texts of its programs, by file, as far as there are any: they tell what sockets are called.
    """
    names = names_in(sources)
    taken = {_key(one) for each in figure.sections if each.protocol for one in (each.left, each.right) if one}
    figure = replace(figure, sections=tuple(parted(recording, figure.sections, names, LANES - len(taken))))
    lanes, places = _lanes(recording, figure, names)
    told = [
        _rows(recording, section, names, lanes, place) for section, place in zip(figure.sections, places, strict=True)
    ]
    if len(lanes) <= LANES:
        rows = sorted((row for rows in told for row in rows), key=lambda row: row.at)
        acts = tuple(_acts(rows, tuple(range(len(lanes)))))
    else:
        acts = tuple(
            Act(section.title.partition(":")[0], tuple(dict.fromkeys(place.values())), tuple(rows))
            for section, place, rows in zip(figure.sections, places, told, strict=True)
        )
    rows = [row for act in acts for row in act.rows]
    owners = {
        one: lane
        for place, section in zip(places, figure.sections, strict=True)
        for one, lane in _owners(section, place)
    }
    facts = [Facts(recording, section.conversation) for section in figure.sections if section.conversation]
    keeps = tuple(_headed(kept(recording, facts, names, owners, [row.at for row in rows]), lanes))
    alike = tuple(
        ("connection" if section.protocol == "TCP" else "conversation", section.alike)
        for section in figure.sections
        if section.alike
    )
    packets = sum(len(one.conversation.packets) for one in facts)
    return Run(lanes, acts, keeps, packets, tuple(_left(figure)), figure.notes, alike)


def _left(figure: Figure) -> Iterator[str]:
    for note, times in Counter(section.note for section in figure.sections if section.note).items():
        yield note if times == 1 else f"{note} So it was with {times} connections."


def _headed(keeps: Sequence[Kept], lanes: Sequence[Lane]) -> Iterator[Kept]:
    """Yield what the kernel keeps; of sockets with one name, each with the number of its lifeline, if it has one."""
    places = {(one.name, one.lane) for one in keeps}
    many = Counter(name for name, _ in places)
    for one in keeps:
        number = lanes[one.lane].name.rpartition(" ")[2]
        yield replace(one, name=f"{one.name} {number}") if many[one.name] > 1 and number.isdigit() else one


# -- lifelines ---------------------------------------------------------------------------------------------------------


def _lanes(recording: Recording, figure: Figure, names: Names) -> tuple[tuple[Lane, ...], list[dict[Side, int]]]:
    """Return the lifelines, and which of them stand at the two sides of each section."""
    found: dict[object, tuple[Ends, Section]] = {}
    places: list[dict[Side, object]] = []
    for section in figure.sections:
        place: dict[Side, object] = {}
        for side, ends in zip(SIDES, (section.left, section.right), strict=True):
            if ends is not None:
                place[side] = _key(ends) if section.protocol else ends.sockets
                found.setdefault(place[side], (ends, section))
        places.append(place)
    order = list(found)
    roles = Counter(ends.role for ends, section in found.values() if section.protocol)
    variables = [
        tuple(dict.fromkeys(name for one, _ in ends.sockets if (name := names.variable(recording, one))))
        for ends, _ in found.values()
    ]
    first = Counter(own[0] for own in variables if own)
    seen: Counter[str] = Counter()
    lanes = []
    for (ends, section), own in zip(found.values(), variables, strict=True):
        seen[ends.role] += 1
        alone = roles[ends.role] == 1
        if section.protocol == "Unix" and section.conversation and section.conversation.listener:
            role = "client" if ends is section.left else "server"
            lanes.append(Lane(role, (Piece(f"the {role}"),), own, ends.endpoint))
        elif own and (
            section.protocol in ("UDP", "Unix") or (section.protocol == "TCP" and first[own[0]] == 1 and not alone)
        ):
            lanes.append(Lane(own[0], (Piece(own[0], "code"),), own[1:], ends.endpoint))
        elif not section.protocol:
            lanes.append(Lane(ends.role, (Piece("the program"),), own, ends.endpoint))
        elif ends.role in (NO_SOCKET, NOT_LISTENING):
            lanes.append(Lane(ends.role, (Piece("the other end"),), own, ends.endpoint))
        elif section.protocol == "Unix" and section.left.role == ends.role:
            which = "left" if ends is section.left else "right"
            lanes.append(Lane(f"{which} end", (Piece(f"the {which} end"),), own, ends.endpoint))
        elif alone:
            lanes.append(Lane(ends.role, (Piece(f"the {ends.role}"),), own, ends.endpoint))
        else:
            name = f"{ends.role} {seen[ends.role]}"
            lanes.append(Lane(name, (Piece(name),), own, ends.endpoint))
    return tuple(_numbered(lanes)), [{side: order.index(key) for side, key in place.items()} for place in places]


def _numbered(lanes: Sequence[Lane]) -> Iterator[Lane]:
    """Yield lifelines, those that the program calls alike with a number: it may use a name again and again."""
    seen: Counter[str] = Counter()
    for lane in lanes:
        alike = sum(one.name == lane.name for one in lanes)
        seen[lane.name] += 1
        name = f"{lane.name} {seen[lane.name]}"
        is_named = lane.variables or lane.who[0].kind
        yield replace(lane, name=name, who=(Piece(name),)) if alike > 1 and is_named else lane


def _key(ends: Ends) -> object:
    return ends.endpoint or tuple(ends.sockets) or id(ends)


def _owners(section: Section, place: dict[Side, int]) -> Iterator[tuple[int, int]]:
    for side, ends in zip(SIDES, (section.left, section.right), strict=True):
        for socket, _ in ends.sockets if ends else ():
            yield socket, place[side]


# -- rows --------------------------------------------------------------------------------------------------------------


def _rows(
    recording: Recording, section: Section, names: Names, lanes: Sequence[Lane], place: dict[Side, int]
) -> list[Row]:
    who = {side: lanes[lane].who for side, lane in place.items()}
    for side in SIDES:
        who.setdefault(side, (Piece("the other end"),))
    facts = Facts(recording, section.conversation) if section.conversation else None
    scene = Scene(recording, names, who, facts)
    waiting = [step for step in section.steps if step.phase == "begins" and step.call]
    numbers = {id(packet): number for number, packet in enumerate(recording.packets, 1)}
    rows: list[Row] = []
    at = 0.0
    for group in _groups(section.steps):
        step = group[-1]
        at = step.at or at  # steps that are not drawn stand where the ones before them do
        lane = place.get(step.side, 0)
        across = step.kind in ("packet", "kernel")
        to = place.get("right" if step.side == "left" else "left", lane) if across else lane
        moved = tuple(
            (place[side], state)
            for side, state in (("left", step.left), ("right", step.right))
            if state and side in place
        )
        waits = tuple(
            dict.fromkeys(
                place[one.side]
                for one in waiting
                if one.call and one.call.at <= at < one.call.until and one.side in place
            )
        )
        wire = None
        if step.packet:
            is_sealed = facts is not None and facts.sealed and step.packet.size > 0
            wire = Wire(numbers.get(id(step.packet), 0), _on_it(step), step.packet, is_sealed)
        code, result = _label(group, names, recording)
        rows.append(
            Row(
                kind=step.kind,
                lane=lane,
                to=to,
                code=code,
                result=result,
                sentence=sentence(scene, step) if len(group) == 1 else _prepared(scene, group),
                lines=tuple(dict.fromkeys(one.line for one in group if one.line)),
                path=step.path,
                via=step.via,
                glyph=step.glyph,
                tone=step.tone,
                failed=step.failed,
                states=moved,
                waits=waits,
                wire=wire,
                at=at,
                call=step.call,
            )
        )
    return rows


def _on_it(step: Step) -> str:
    """Return what stands on a packet: its words, or what kind it is."""
    return step.label.replace(step.label.partition(", ")[0], step.data, 1) if step.data else step.label


def _groups(steps: Sequence[Step]) -> Iterator[list[Step]]:
    """Yield the steps, those of one preparation together: a helper such as `create_server()` makes several calls."""
    group: list[Step] = []
    for step in steps:
        prepares = (
            step.call is not None
            and step.call.name in ("socket", "bind", "listen", "connect")
            and step.phase != "returns"
            and not step.via
        )
        same = (
            group
            and prepares
            and group[-1].socket == step.socket
            and group[-1].line == step.line
            and step.line
            and not group[-1].failed
        )
        if same and group[-1].call and group[-1].call.name != "connect":
            group.append(step)
            continue
        if group:
            yield group
        group = [step]
        if not prepares:
            yield group
            group = []
    if group:
        yield group


def _label(group: list[Step], names: Names, recording: Recording) -> tuple[str, str]:
    step = group[-1]
    if len(group) == 1 and step.call and step.call.function:
        step = replace(step, label=step.label.replace(step.call.function, names.function(step.call), 1))
    if len(group) == 1:
        label, result = step.label, step.data if step.kind == "kernel" else step.after
        if step.call and step.call.name == "accept" and step.call.made and step.phase != "begins":
            result = f"\u2192 {names.variable(recording, step.call.made) or 'a new socket'}"
        if (
            step.call
            and step.call.name == "recv"
            and (text := preview(step.call.data))
            and not step.call.error
            and step.times == 1
            and step.phase != "begins"
        ):
            result = f"\u2192 {text}"
        if (
            step.call
            and step.call.name == "send"
            and (text := preview(step.call.data))
            and step.times == 1
            and not step.failed
        ):
            label, result = label.partition("(")[0] + "()", text
        if step.call and step.call.name == "connect" and step.phase == "returns" and not step.failed:
            label = f"{names.connects(step.call)}()"
        return label, "\u2192 b''" if result.startswith("\u2192 b''") else result
    helper = names.helpers.get(place_of(step.call), "")
    label = f"{helper}()" if helper else ", ".join(f"{one.label.partition('(')[0]}()" for one in group)
    local = next(
        (
            one.call.local
            for one in reversed(group)
            if one.call and one.call.local and one.call.name in ("bind", "listen")
        ),
        None,
    )
    if step.failed or step.phase == "begins":
        return label, step.after
    return label, f"\u2192 port {local.port}" if local and local.port else step.after


def _prepared(scene: Scene, group: list[Step]) -> Words:
    """Return what happened by the calls of a helper."""
    last = group[-1]
    names = {one.call.name for one in group if one.call}
    if last.failed or "connect" in names or not last.call:
        return sentence(scene, last)
    local = next((one.call.local for one in group if one.call and one.call.name == "bind"), None)
    where = f"port {local.port}" if local and local.port else visible(str(local)) if local else "no name yet"
    who = scene.who[last.side]
    free = next((one.call.argument.endswith(":0") for one in group if one.call and one.call.name == "bind"), False)
    place = f"any free port, and gets {where.removeprefix('port ')}" if free and local and local.port else where
    if "listen" in names:
        return say(
            "{who} asks the kernel for a socket and "
            + ("" if free else "for ")
            + "{place}. It listens there from now on.",
            who=who,
            place=place,
        )
    return say("{who} asks the kernel for a socket and " + ("" if free else "for ") + "{place}.", who=who, place=place)


# -- acts --------------------------------------------------------------------------------------------------------------


def _acts(rows: Sequence[Row], lanes: tuple[int, ...]) -> Iterator[Act]:
    """Divide a run into opening, talking and closing; closing begins when all has been said."""
    spoken = [at for at, row in enumerate(rows) if _talks(row)]
    last = spoken[-1] if spoken else -1
    close = next((at for at, row in enumerate(rows) if at > last and _closes(row)), len(rows))
    talk = spoken[0] if spoken else close
    for name, begin, end in (("open", 0, talk), (_TALK, talk, close), ("close", close, len(rows))):
        if begin < end:
            yield Act(name, lanes, tuple(rows[begin:end]))


def _talks(row: Row) -> bool:
    if row.wire is not None:
        return row.wire.packet.size > 0 and row.wire.packet.protocol in ("TCP", "UDP")
    return row.kind == "kernel" or (row.kind == "call" and row.code.startswith(("send", "recvfrom")))


def _closes(row: Row) -> bool:
    if row.wire is not None:
        return row.wire.packet.has("FIN") or row.wire.packet.has("RST")
    return row.kind == "call" and row.code.startswith(("close", "shutdown"))
