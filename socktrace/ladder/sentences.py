"""The sentence that says what just happened. Pure.

A sentence hangs on the event, never on its place: packets come in another order in the next run. What it says of
other things, such as that nobody has called `accept()` yet, it has from the recording.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from socktrace.ladder.facts import Facts, other
from socktrace.ladder.names import Names, place_of
from socktrace.ladder.steps import Side, Step
from socktrace.ladder.words import Words, amount, join, number, plain, said, say
from socktrace.recording import Call, Packet, Recording, Socket
from socktrace.recording.conversations import calls_of
from socktrace.recording.endings import CLOSINGS
from socktrace.visible import visible
from socktrace.wording import plural, protocol

_SECOND = {"EADDRINUSE": "that address and port are taken", "ECONNREFUSED": "the call was refused"}


@dataclass(frozen=True, slots=True)
class Scene:
    """Where a step belongs.

    Args:
        recording: The run.
        names: What the program's text tells.
        who: What the two ends are called in a sentence: `the client`.
        facts: What was so in the conversation; `None` if there is none.
    """

    recording: Recording
    names: Names
    who: dict[Side, Words]
    facts: Facts | None


def sentence(scene: Scene, step: Step) -> Words:
    """Return what happened by a step.

    Args:
        scene: Where it belongs.
        step: The step.
    """
    if step.kind == "more":
        return say("{it}.", it=f"Then {step.label}" if step.label.startswith("these") else step.label)
    if step.packet is not None:
        return _packet(scene, step, step.packet)
    if step.call is None:
        return ()
    return _inside(step, step.call) if step.kind == "kernel" else _call(scene, step, step.call)


# -- packets -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Sent:
    """A packet of a TCP connection, with what its sentence needs."""

    facts: Facts
    packet: Packet
    side: Side
    sender: Words
    receiver: Words

    @property
    def theirs(self) -> Packet | None:
        """The FIN of the receiver."""
        return self.facts.fin(other(self.side))

    def confirms(self, fin: Packet | None) -> bool:
        """Say whether the packet confirms a FIN."""
        return fin is not None and self.packet.ack > fin.seq + fin.size


def _packet(scene: Scene, step: Step, packet: Packet) -> Words:
    sender = scene.who[step.side]
    if step.times > 1:
        what = "that only confirm" if step.tone == "ack" else f"with {amount(step.size, 'byte')} in them"
        return say("{n} packets in a row from {sender}, " + what + ".", n=str(step.times), sender=sender)
    if packet.protocol == "TCP" and scene.facts is not None:
        return _segment(_Sent(scene.facts, packet, step.side, sender, scene.who[other(step.side)]))
    if packet.about is not None:
        flags = visible(packet.flags).capitalize()
        return say("“{flags}”, says the kernel at the other end. The datagram found nobody.", flags=flags)
    if packet.protocol == "IP":
        return say("A piece of a datagram that was too long for one packet.")
    if not packet.size:
        weight = amount(packet.length, "byte")
        return say("{sender} sends a datagram with nothing in it. The headers alone are {n}.", sender=sender, n=weight)
    return join(
        say("A datagram with {words} in it crosses the wire.", words=said(packet.data, packet.size)), _weight(packet)
    )


def _segment(it: _Sent) -> Words:
    packet = it.packet
    if packet.source == packet.destination:
        words = said(packet.data, packet.size) if packet.size else say("{flags}", flags=packet.flags.replace(" ", ", "))
        return join(say("{words} goes from the socket to itself.", words=words), _weight(packet) if packet.size else ())
    if packet.has("RST"):
        return _reset(it)
    if packet.has("SYN"):
        return _syn(it)
    if packet.size:
        return join(_data(it), say("FIN goes with it: no more bytes from this side.") if packet.has("FIN") else ())
    return _fin(it) if packet.has("FIN") else _acknowledged(it)


def _weight(packet: Packet, whose: str = "yours") -> Words:
    of_it = "one of them is" if packet.size == 1 else f"{number(packet.size)} of them are"
    return say(f"The packet is {packet.length:,} bytes long; {of_it} {whose}.") if packet.length > packet.size else ()


def _syn(it: _Sent) -> Words:
    facts, at = it.facts, it.packet.at
    if facts.again(it.packet):
        return say("{sender}'s kernel has heard nothing and sends the same again.", sender=it.sender)
    if not it.packet.has("ACK"):
        return say("“Can we talk?” {sender}'s kernel sends SYN.", sender=_capital(it.sender))
    why = ""
    if facts.conversation.listener is not None:
        why = " by itself"
        if facts.accepting(at):
            why += ": its program is still waiting in `accept()`"
        elif facts.accept is None:
            why += ": in this run nobody calls `accept()` for it"
        elif facts.accept.at > at:
            early = any(call.name == "accept" and call.at <= at for call in facts.listening)
            why += ": `accept()` has not been called " + ("for it yet" if early else "yet")
    return say("“Yes. Can you hear me?” {sender}'s kernel answers" + why + ".", sender=_capital(it.sender))


def _data(it: _Sent) -> Words:
    packet, facts = it.packet, it.facts
    words = said(packet.data, packet.size)
    weight = _weight(packet, "TLS's" if facts.sealed else "yours")
    if facts.again(packet):
        many = words[0].kind != "said" and packet.size > 1
        why = "" if facts.answered(packet) else f": nobody has confirmed {'them' if many else 'it'} yet"
        return join(say("{sender}'s kernel sends {words} again" + why + ".", sender=it.sender, words=words), weight)
    same = [one for one in facts.before(packet) if (one.size, one.data) == (packet.size, packet.data)]
    heard = words[0].kind == "said" and facts.taken(it.side, packet.at) >= packet.size
    back = heard and any(one.source != packet.source for one in same)
    one = words[0].kind == "said" or packet.size == 1
    moves = ("comes" if one else "come") + " back" if back else ("crosses" if one else "cross") + " the wire"
    return join(say("{words} " + moves + ".", words=words), weight, _waits(it, one=one))


def _waits(it: _Sent, *, one: bool) -> Words:
    """Say where bytes lie that nobody is waiting for."""
    facts, there, at = it.facts, other(it.side), it.packet.at
    waits = "it waits" if one else "they wait"
    if there == "right" and (facts.accept is None or facts.accept.until > at):
        if facts.accept is not None and facts.accept.at <= at:
            until = " in the kernel until somebody calls `recv()`; `accept()` has not returned yet."
            return say(waits.capitalize() + until)
        late = facts.accept is not None or facts.conversation.listener is not None
        return say("Nobody has accepted the connection yet, so " + waits + " in the kernel.") if late else ()
    if facts.woken_late(there, at):
        return say("{who} was asleep in `recv()` and has not had its turn to run yet.", who=it.receiver)
    if facts.sealed or facts.reading(there, at) or not facts.calls(there):
        return ()
    if any(call.name == "recv" and call.at > at for call in facts.calls(there)):
        return say(waits + " in the kernel until {who} asks for " + ("it." if one else "them."), who=it.receiver)
    return say("In this run {who} never asks for " + ("it." if one else "them."), who=it.receiver)


def _fin(it: _Sent) -> Words:
    packet, theirs = it.packet, it.theirs
    if it.facts.fin(it.side) is not packet:
        return say("{sender}'s kernel sends its FIN again.", sender=it.sender)
    if theirs is None or theirs.at > packet.at:
        return say("“I'm done.” FIN: no more bytes from {sender}.", sender=it.sender)
    already = any(one.source == packet.source and one.ack > theirs.seq + theirs.size for one in it.facts.before(packet))
    confirms = it.confirms(theirs) and not already
    second = say("“Then so am I.” FIN from {sender}, too.", sender=it.sender)
    return join(second, say("The same packet confirms the other one.") if confirms else ())


def _acknowledged(it: _Sent) -> Words:
    packet, facts, sender = it.packet, it.facts, _capital(it.sender)
    if facts.opened == packet.at:
        third = sum(1 for _ in facts.before(packet)) == 2
        return say("“I can.” " + ("Three packets, and the connection is open." if third else "The connection is open."))
    mine = [one for one in facts.before(packet) if one.source == packet.source and one.has("ACK")]
    if mine and packet.ack <= max(one.ack for one in mine):
        return _repeated(it, mine[-1])
    if it.confirms(it.theirs):
        last = packet is facts.conversation.packets[-1] and facts.fin(it.side) is not None
        return (
            say("“Got it. Bye.” That confirms the FIN.")
            if last
            else say("“Got it.” {sender}'s kernel confirms the FIN.", sender=sender)
        )
    return join(
        say(
            "“Got it.” {sender}'s kernel says which byte it expects next: number {n}.",
            sender=sender,
            n=f"{packet.ack:,}",
        ),
        say("It has no room for that one now.") if facts.room(packet) == 0 else (),
    )


def _repeated(it: _Sent, last: Packet) -> Words:
    """Say what is new in a packet that confirms what the last one of the same end did."""
    facts, packet = it.facts, it.packet
    room, had = facts.room(packet), facts.room(last)
    sender, n = _capital(it.sender), f"{packet.ack:,}"
    theirs = [one for one in facts.before(packet) if one.source != packet.source]
    if theirs and facts.room(theirs[-1]) == 0 and room:
        return say("“Is there room now?” {sender}'s kernel asks, since the last answer was no.", sender=sender)
    if room == 0:
        return say("“Still no room.” {sender}'s kernel expects byte {n}, and can't take it yet.", sender=sender, n=n)
    if room and had is not None and had < room and not last.has("SYN"):
        return say("“There is room again.” {sender}'s kernel still expects byte {n}.", sender=sender, n=n)
    return say("{sender}'s kernel says once more that byte {n} comes next.", sender=sender, n=n)


def _reset(it: _Sent) -> Words:
    if it.facts.conversation.refused:
        port = str(it.packet.source.port)
        alone = not it.facts.listened(it.packet.source, it.packet.at)
        return say(
            "“No.” The kernel answers with RST" + (": nobody listens at port {port}." if alone else "."), port=port
        )
    if not it.facts.conversation.reset:
        return say(
            "RST: for {sender}'s kernel the connection is over, and something of it came late.", sender=it.sender
        )
    return say("RST: {sender}'s kernel breaks the connection off.", sender=it.sender)


# -- calls -------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Called:
    """A call that succeeded or waits, with what its sentence needs."""

    scene: Scene
    step: Step
    call: Call
    socket: Socket
    who: Words
    function: str


def _call(scene: Scene, step: Step, call: Call) -> Words:
    who, socket = scene.who[step.side], scene.recording.socket(call.socket)
    function = scene.names.function(call)
    if step.times > 1:
        return say(
            "{who} calls `{f}()` {n} times in a row: {amount}.",
            who=who,
            f=function,
            n=str(step.times),
            amount=plural(step.size, "byte"),
        )
    if call.error and step.phase != "begins" and call.error != "EINPROGRESS":
        return _failed(call, function)
    rule = _RULES.get(call.name)
    if rule is None:
        return say("{who}: {what}.", who=who, what=step.label)
    return rule(_Called(scene, step, call, socket, who, function))


def _failed(call: Call, function: str) -> Words:
    error = visible(call.error or "")
    if error == "TimeoutError":
        return say("`{f}()` has waited as long as it may, and gives up: `TimeoutError`.", f=function)
    why = _SECOND.get(error, "") if call.name in ("bind", "connect") else ""
    return say("`{f}()` fails with `{error}`" + (f": {why}." if why else "."), f=function, error=error)


def _socket(it: _Called) -> Words:
    kind = protocol(it.socket)
    kind = f"{'an' if kind[0] in 'AEIO' else 'a'} {kind}"
    if it.who[0].kind:
        return say("The kernel makes {who}, {kind} socket: an endpoint without a name so far.", who=it.who, kind=kind)
    return say("{who} asks the kernel for {kind} socket: an endpoint without a name so far.", who=it.who, kind=kind)


def _adopt(it: _Called) -> Words:
    """Say what became of a descriptor, which the row says without a verb."""
    what = it.step.label
    verb = "" if what.startswith("takes over") else "has " if what.startswith("another descriptor") else "makes "
    return say("{who} {what}.", who=it.who, what=verb + what)


def _socketpair(_: _Called) -> Words:
    return say("The kernel makes two sockets that are connected to each other from the start.")


def _bind(it: _Called) -> Words:
    if it.call.local is None or it.call.local.port is None:
        return say(
            "{who} gives its socket a name: `{name}`.", who=it.who, name=visible(str(it.call.local or it.call.argument))
        )
    if it.call.argument.endswith(":0"):
        asks = "{who} asks for any free port. The kernel gives it {port}."
        gets = "{who} gets any port that is free: {port}."
        return say(gets if it.who[0].kind else asks, who=it.who, port=str(it.call.local.port))
    return say("{who} gets the address {end}.", who=it.who, end=visible(str(it.call.local)))


def _listen(it: _Called) -> Words:
    if protocol(it.socket) == "TCP":
        return say(
            "From here on the kernel lets connections in, whether {who} is looking or not: as many as its queue holds.",
            who=it.who,
        )
    return say("From here on others can connect.")


def _accept(it: _Called) -> Words:
    if it.step.phase == "begins":
        variable = it.scene.names.variable(it.scene.recording, it.socket.id)
        limited = it.scene.names.limits & {(it.call.path, ""), (it.call.path, variable)}
        ends = ", or its time is up." if limited else "."
        return say("{who} calls `accept()` and waits until somebody calls" + ends, who=it.who)
    name = it.scene.names.variable(it.scene.recording, it.call.made)
    new = (
        say("a new socket, `{name}`, for this one client", name=name)
        if name
        else say("a new socket for this one client")
    )
    facts = it.scene.facts
    queued = facts is not None and facts.opened is not None and facts.accept is it.call and facts.opened < it.call.at
    if facts is not None and queued:
        done = facts.ended("right", it.call.at)
        why = "had been made, and the client is done already." if done else "was open already, and waited."
        return say("`accept()` returns at once with {new}: the connection " + why, new=_small(new))
    turn = "{who} has its turn to run: " if facts is not None and facts.overtaken else ""
    return say(turn + "`accept()` returns with {new}. The first one goes on listening.", who=it.who, new=_small(new))


def _connect(it: _Called) -> Words:
    if protocol(it.socket) == "UDP":
        return say("{who} sets where its datagrams go. Nothing is sent for that.", who=it.who)
    if it.step.phase == "returns" or (it.step.phase == "" and it.call.error is None):
        function = it.scene.names.connects(it.call)
        if protocol(it.socket) != "TCP":
            return say(
                "`{f}()` returns: the two sockets are connected. Nothing has crossed a wire for that.", f=function
            )
        accept = it.scene.facts.accept if it.scene.facts else None
        early = (
            it.scene.facts is not None
            and it.scene.facts.conversation.listener is not None
            and (accept is None or accept.until > it.call.until)
        )
        if early and not (it.scene.facts and it.scene.facts.accepting(it.call.until)):
            return say(
                "`{f}()` returns: the connection is open. Nobody has had to call `accept()` for that.", f=function
            )
        late = early and it.scene.facts is not None and it.scene.facts.overtaken
        return join(
            say("`{f}()` returns: the connection is open.", f=function),
            say("{who} was asleep in `accept()` and has not had its turn to run yet.", who=it.scene.who["right"])
            if late
            else (),
        )
    where = visible(it.call.argument)
    asks = say("{who} asks for a connection to {where}.", who=it.who, where=_place(where))
    gets = (
        say("It gets a port of its own too: {port}.", port=str(it.call.local.port))
        if it.call.local and it.call.local.port and not it.call.error and not _bound(it)
        else ()
    )
    if it.call.error == "EINPROGRESS":
        return join(asks, say("It does not wait for it."))
    waits = it.step.phase == "begins" and protocol(it.socket) == "TCP"
    return join(asks, gets, say("It waits for an answer.") if waits else ())


def _bound(it: _Called) -> bool:
    return any(one.name == "bind" and not one.error for one in calls_of(it.scene.recording, it.socket.id))


def _place(argument: str) -> str:
    host, _, port = argument.rpartition(":")
    return f"port {port}" if host and port.isdigit() else argument


def _send(it: _Called) -> Words:
    if it.step.phase == "begins":
        waits = "{who} calls `{f}()`, and waits while the kernel has no room for the rest."
        return say(waits, who=it.who, f=it.function)
    size = it.call.size or 0
    if protocol(it.socket) == "UDP":
        return say("{who} hands one datagram of {n} to its kernel.", who=it.who, n=amount(size, "byte"))
    if it.scene.facts is not None and it.scene.facts.sealed:
        return say(
            "{who} hands {n} to TLS, and TLS hands them to the kernel sealed.", who=it.who, n=amount(size, "byte")
        )
    if it.call.asked:
        return say(
            "{who} hands {n} to its kernel. The kernel has room for {part} of them, and takes no more.",
            who=it.who,
            n=amount(it.call.asked, "byte"),
            part=number(size),
        )
    return say(
        "{who} hands {n} to its kernel. That is all that `{f}()` has to do, unless the kernel has no room.",
        who=it.who,
        n=amount(size, "byte"),
        f=it.function,
    )


def _recv(it: _Called) -> Words:
    facts, side = it.scene.facts, it.step.side
    if it.step.phase == "begins":
        empty = (
            facts is not None
            and facts.conversation.protocol in ("TCP", "Unix")
            and facts.unread(side, it.call.at) == 0
            and not facts.ended(side, it.call.at)
        )
        reader = it.scene.names.reader(it.call)
        calls = ("{who}'s `{r}`" + ("" if reader.endswith(")") else " loop") if reader else "{who}") + " calls `{f}()`"
        return say(
            calls + (". Nothing has come yet, so it waits." if empty else ", and waits."),
            who=it.who,
            f=it.function,
            r=reader,
        )
    if it.call.size == 0 and it.socket.type == "SOCK_DGRAM":
        return say("`{f}()` returns `b''`: a datagram with nothing in it.", f=it.function)
    if it.call.size == 0:
        heard = facts is not None and facts.ended(side, it.call.until)
        return say(
            "`{f}()` returns `b''`, the empty bytes. That's how a program hears "
            + ("FIN." if heard and facts and facts.conversation.protocol == "TCP" else "that no more will come."),
            f=it.function,
        )
    returned = say("{who}'s `{f}()` returns {words}.", who=it.who, f=it.function, words=_bytes(it.call))
    if it.call.argument == "MSG_PEEK":
        return join(returned, say("It only looked: the bytes are still in the kernel."))
    return join(returned, _kept(it, facts)) if facts and facts.conversation.protocol == "TCP" else returned


def _kept(it: _Called, facts: Facts) -> Words:
    """Say what the kernel still keeps, or why the program got its bytes so late."""
    side, until = it.step.side, it.call.until
    rest = facts.unread(side, until) if facts.socket(side) == it.call.socket else 0
    if rest:
        return say("{n} more wait in the kernel.", n=amount(rest, "byte").capitalize())
    if it.step.phase == "returns" and facts.woken_late(side, it.call.at):
        # The bytes woke it, but it ran only when the other end had closed already.
        return say("The kernel had that before the FIN, and kept it until {who} got its turn to run.", who=it.who)
    return ()


def _bytes(call: Call) -> Words:
    size = call.size or 0
    words = said(call.data, size)
    return words if words[0].kind == "" else _small(say("the {n} {words}", n=amount(size, "byte"), words=words))


def _shutdown(it: _Called) -> Words:
    if it.call.argument == "SHUT_WR":
        return say("“I'm done,” says {who}. Done sending, that is: it can still read.", who=it.who)
    if it.call.argument == "SHUT_RDWR":
        return say(
            "{who} ends both ways of the connection. The socket itself stays open until it is closed.", who=it.who
        )
    return say("{who} says that it will read no more.", who=it.who)


def _close(it: _Called) -> Words:
    kinds = {"listener": "listening socket", "accepted": "socket for this one client"}
    kind = kinds.get(it.socket.role, "socket")
    name = it.scene.names.variable(it.scene.recording, it.socket.id)
    name = "" if name in plain(it.who).split() else name  # "the client closes client" tells nothing
    what = say("`{name}`", name=name) if name else say("its {kind}", kind=kind)
    what = what if name else _small(what)
    ends = [one for one in calls_of(it.scene.recording, it.socket.id) if one.name in CLOSINGS]
    if ends[-1] is not it.call:
        return say(
            "{who} closes a descriptor of {what}. Another leads to the socket, so it stays.", who=it.who, what=what
        )
    if sum(one.name == "close" for one in ends) > 1:
        return say("{who} closes the last descriptor of {what}, and so the socket.", who=it.who, what=what)
    if place_of(it.call) not in it.scene.names.blocks:
        return say("{who} closes {what}.", who=it.who, what=what)
    what = what if name else join(_whose(it.who), _small(say("{kind}", kind=kind)))
    return say("The `with` block ends, and that closes {what}.", what=what)


def _inside(step: Step, call: Call) -> Words:
    if step.times > 1:
        return say(
            "{n} go from one socket to the other, {times} times in a row, inside the kernel.",
            n=amount(step.size, "byte"),
            times=str(step.times),
        )
    words = said(call.data, step.size)
    goes = "goes" if words[0].kind or step.size == 1 else "go"
    return say("{words} " + goes + " from socket to socket inside the kernel: no packet, no wire.", words=words)


_RULES: Mapping[str, Callable[[_Called], Words]] = {
    "socket": _socket,
    "socketpair": _socketpair,
    "bind": _bind,
    "listen": _listen,
    "accept": _accept,
    "connect": _connect,
    "send": _send,
    "recv": _recv,
    "shutdown": _shutdown,
    "adopt": _adopt,
    "close": _close,
}


# -- grammar -----------------------------------------------------------------------------------------------------------


def _capital(words: Words) -> Words:
    return say("{words}", words=words)


def _small(words: Words) -> Words:
    """Return words as they stand inside a sentence."""
    first = words[0]
    return words if first.kind else (type(first)(first.text[:1].lower() + first.text[1:]), *words[1:])


def _whose(words: Words) -> Words:
    return (
        (*words[:-1], type(words[-1])(words[-1].text + "'s", words[-1].kind))
        if words[-1].kind == ""
        else (*words, *say("'s"))
    )
