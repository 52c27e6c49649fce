"""Brings the calls and packets of one conversation into one order, and words them. Pure."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from functools import partial
from operator import attrgetter

from socktrace.ladder import states
from socktrace.ladder.assign import ConversationWithCalls
from socktrace.ladder.steps import SIDES, Draft, Side, Step, drafted
from socktrace.recording import Call, Packet, Recording, Socket
from socktrace.recording.conversations import Conversation, calls_of
from socktrace.recording.endings import ENDINGS
from socktrace.visible import visible
from socktrace.wording import glyph, moved, packet_label, plural, preview, protocol

_WAITS = ("accept", "connect", "recv")
_SENDS = ("connect", "send", "shutdown", "close")
_NOT_YET = ("EAGAIN", "EWOULDBLOCK")
_NOT_BY_ITSELF = ("collected", "exit", "exec")
_IN_A_THREAD = "in a thread"
"""What is said of a call that the program handed to a pool of threads: no library decided on it."""
_PLAIN = ("", "ACK", "ACK PSH")
"""The flags of packets that carry bytes, or confirm some, and no more."""


def drafts(recording: Recording, one: ConversationWithCalls) -> list[Draft]:
    """Return what happened in a conversation, in order; a call that waited while something else happened is two steps.

    Args:
        recording: The run it belongs to.
        one: The conversation.
    """
    found = [*_packets(one)]
    moments = sorted(step.at for step in found)
    told = {(call.path, call.line) for _, call in one.calls if not is_noise(call)}
    calls = [(side, call) for side, call in one.calls if not is_noise(call) or _is_all(call, told)]
    turns: dict[Side, list[float]] = {
        side: sorted(at for caller, call in calls if caller == side for at in (call.at, call.until))
        for side in ("left", "right")
    }
    for side, call in calls:
        others = turns["right" if side == "left" else "left"]
        blocked = (call.name in _WAITS and call.error != "EINPROGRESS") or _gave_up_sending(call)
        waited = blocked and (_within(call, moments) or _within(call, others))
        found += _call_drafts(recording, side, call, split=waited)
        if one.conversation.protocol == "Unix" and call.name == "send" and call.size and not call.error:
            found.append(drafted(_kernel_step(side, call)))
    return in_order(found)


def in_order(drafts: Iterable[Draft]) -> list[Draft]:
    """Return steps by their moments."""
    return sorted(drafts, key=attrgetter("at"))


def _gave_up_sending(call: Call) -> bool:
    """Say whether a call waited for room and got none: what it did send crossed before it failed."""
    return call.name == "send" and call.error == "TimeoutError"


def _within(call: Call, moments: list[float]) -> bool:
    """Say whether any of the sorted moments falls inside a call."""
    after = bisect_right(moments, call.at)
    return after < len(moments) and moments[after] < call.until


def is_noise(call: Call) -> bool:
    """Say whether a call is not drawn: it only found that there is nothing to do yet, or is a pair's second half."""
    return call.error in _NOT_YET or (call.name == "socketpair" and call.made is None)


def _is_all(call: Call, told: set[tuple[str | None, int | None]]) -> bool:
    """Say whether a call is the first of a line of the program of which nothing else is told, and note the line."""
    place = call.path, call.line
    if call.name == "socketpair" or call.via or not call.line or place in told:
        return False
    told.add(place)
    return True


def _packets(one: ConversationWithCalls) -> Iterator[Draft]:
    source = one.conversation
    packets = source.packets
    # A socket connected to itself is both ends at once; its packets do not tell which of them moved.
    told = source.protocol == "TCP" and source.client != source.server
    moves = states.changes(packets, source.client) if told else [("", "")] * len(packets)
    sends = {side: _Sends([call for caller, call in one.calls if caller == side]) for side in SIDES}
    for packet, (left, right) in zip(packets, moves, strict=True):
        side = _sender(packet, source)
        confirms = packet.protocol == "TCP" and not packet.size and packet.flags in _PLAIN
        cause = None if confirms else sends[side].during(packet)  # a kernel confirms by itself
        make = partial(_packet_step, packet, side, cause, left, right)
        if packet.flags in _PLAIN and packet.protocol in ("TCP", "UDP") and not (left or right):
            sign = "packet", side, packet.size > 0, cause and cause.line, cause and cause.path
            yield Draft(packet.at, sign, make, "packet", packet.size)
        else:
            yield drafted(make())


def _packet_step(packet: Packet, side: Side, cause: Call | None, left: str, right: str) -> Step:
    label, data, tone = packet_label(packet)
    return Step(
        "packet", side, label, data=data, tone=tone, left=left, right=right, size=packet.size, at=packet.at,
        line=cause.line if cause else None, path=visible(cause.path or "") if cause else "", packet=packet,
    )  # fmt: skip


def _sender(packet: Packet, one: Conversation) -> Side:
    """Return which end sent a packet; an ICMP message comes from the host of the datagram's destination."""
    return "left" if (packet.about[1] if packet.about else packet.source) == one.client else "right"


class _Sends:
    """The calls at one end by which packets are sent.

    Args:
        calls: All calls there, in order.
    """

    def __init__(self, calls: Iterable[Call]) -> None:
        self._calls = [call for call in calls if call.name in _SENDS and call.path is not None]
        self._begins = [call.at for call in self._calls]

    def during(self, packet: Packet) -> Call | None:
        """Return the call during which a packet was sent; what the kernel sends by itself has none."""
        begun = bisect_right(self._begins, packet.at)
        return next((one for one in reversed(self._calls[max(0, begun - 4) : begun]) if packet.at <= one.until), None)


def _kernel_step(side: Side, call: Call) -> Step:
    size = call.size or 0
    return Step(
        "kernel", side, plural(size, "byte"), data=preview(call.data), tone="data", size=size, call=call, at=call.at
    )


def _call_drafts(recording: Recording, side: Side, call: Call, *, split: bool) -> Iterator[Draft]:
    """Yield a call that moved bytes, of which there may be many, without making its steps; any other as it is."""
    if call.name not in ("send", "recv") or call.error or not call.size:
        yield from map(drafted, call_steps(recording, side, call, split=split))
        return

    def made(number: int) -> Step:
        return list(call_steps(recording, side, call, split=split))[number]

    sign = "call", side, call.function or call.name, call.socket, call.line, call.path
    if split:
        begins = (*sign, "begins", call.argument)
        yield Draft(call.at, begins, partial(made, 0), "call", 0, "begins", is_single=True)
        yield Draft(call.until, (*sign, "returns"), partial(made, 1), "call", call.size, "returns", is_single=True)
    else:
        yield Draft(call.until if call.name == "recv" else call.at, sign, partial(made, 0), "call", call.size)


def call_steps(recording: Recording, side: Side, call: Call, *, split: bool = False) -> Iterator[Step]:
    """Yield a call as one step, or as two if it waited.

    Args:
        recording: The run it belongs to.
        side: Who called.
        call: The call.
        split: Whether it waited while something else happened.
    """
    socket, calls = recording.socket(call.socket), calls_of(recording, call.socket)
    function = visible(call.function or call.name)
    step = partial(
        Step,
        "call",
        side,
        socket=call.socket,
        line=call.line,
        path=visible(call.path or ""),
        via=_IN_A_THREAD if call.via == "concurrent.futures.thread" else visible(call.via.partition(".")[0]),
        call=call,
    )
    label, after = f"{function}({visible(call.argument)})", _result(socket, call)
    size, failed = call.size or 0, call.error not in (None, "EINPROGRESS")
    shape = glyph(socket, calls, call.at)
    if split:
        later = glyph(socket, calls, call.until)
        yield step(label, after="waits", phase="begins", glyph=shape, at=call.at)
        yield step(
            f"{function}()",
            after=after or "returns",
            phase="returns",
            glyph=later,
            size=size,
            failed=failed,
            at=call.until,
        )
        return
    if call.name == "adopt":
        label = _adopted(socket, calls, call)
    elif call.name in _NOT_BY_ITSELF:
        shared = call.name == "exit" and any(other.process != call.process for other in calls)
        label = "a process ended that also held it" if shared else ENDINGS[call.name].words
        failed = not shared
    elif call.name == "send":
        label = f"{function}({moved(call, socket)})"
    elif call.name == "close" and any(other.name == "close" and other is not call for other in calls):
        label, after = f"{function}()", after or f"descriptor {call.fd}"
    listens = call.name == "listen" and not call.error and protocol(socket) == "TCP"
    left, right = ("LISTEN" if listens and side == end else "" for end in ("left", "right"))
    at = call.until if call.name in ("accept", "recv") else call.at
    yield step(label, after=after, glyph=shape, size=size, failed=failed, left=left, right=right, at=at)


def _adopted(socket: Socket, calls: tuple[Call, ...], call: Call) -> str:
    """Say what it means that a socket object was made for a descriptor that was there before it."""
    earlier = {other.fd for other in calls if other.at < call.at}
    if socket.origin == "adopt" and not earlier:
        return f"takes over descriptor {call.fd}"
    if call.function == "os.fdopen":
        return f"a file of descriptor {call.fd}"
    return "another socket object" if call.fd in earlier else f"another descriptor: {call.fd}"


def _result(socket: Socket, call: Call) -> str:
    if call.error:
        return f"\u2192 {visible(call.error)}"
    result = ""
    if call.name == "accept" and call.made:
        result = f"socket {call.made}"
    elif call.name == "recv":
        result = moved(call, socket)
    elif call.name == "bind" and call.local and call.argument.endswith(":0"):
        result = f"port {call.local.port}"
    elif call.name == "socketpair" and call.made:
        result = f"sockets {call.socket} and {call.made}"
    elif call.name == "socket":
        result = protocol(socket)
    return f"\u2192 {result}" if result else ""
