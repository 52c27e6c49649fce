"""The words for sockets, calls and packets, the same in reports, figures, transcripts and pages. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from socktrace.visible import visible

if TYPE_CHECKING:
    from socktrace.recording import Call, Packet, Recording, Socket

PREVIEW = 18
"""How many characters of a payload a label shows."""

STATES = {
    "LISTEN": "LISTEN: it waits for somebody to ask for a connection",
    "SYN-SENT": "SYN-SENT: it has asked for a connection and waits for the answer",
    "SYN-RECEIVED": "SYN-RECEIVED: it has answered, and waits until that is confirmed",
    "ESTABLISHED": "ESTABLISHED: the connection is open, and both may send",
    "FIN-WAIT-1": "FIN-WAIT-1: it has said that it is done, and waits until that is confirmed",
    "FIN-WAIT-2": "FIN-WAIT-2: that is confirmed; the other end may still send",
    "CLOSE-WAIT": "CLOSE-WAIT: the other end is done; this one has not closed yet",
    "CLOSING": "CLOSING: both ends are done, and this one's FIN is not confirmed yet",
    "LAST-ACK": "LAST-ACK: both ends are done; it waits until its own FIN is confirmed",
    "TIME-WAIT": "TIME-WAIT: all is said; it stays in case its last “got it” was lost, and until old packets are gone",
    "CLOSED": "CLOSED: there is no connection",
}
"""The states of a TCP connection (RFC 9293 section 3.3.2), each in one line."""

FLAGS = {
    "SYN": "SYN: let's talk; bytes are counted from here (RFC 9293, section 3.5)",
    "ACK": "ACK: everything up to a certain byte has arrived (RFC 9293, section 3.1)",
    "FIN": "FIN: no more bytes from this side (RFC 9293, section 3.6)",
    "RST": "RST: no, or: over, at once (RFC 9293, section 3.5.2)",
}
"""What a packet's flags mean, in a few words."""


def plural(count: int, noun: str) -> str:
    """Return `1 byte`, `5 bytes`."""
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def ran(recording: Recording) -> str:
    """Return the command that makes such a run, if the program was given words; else `""`."""
    if not recording.arguments:
        return ""
    return visible(" ".join(("python", PurePosixPath(recording.program).name, *recording.arguments)))


def preview(data: str) -> str:
    """Return the first characters of a payload, shortened for a label; `""` if they are no text."""
    text = "" if "\\x" in data else visible(data)
    return text if len(text) <= PREVIEW else text[: PREVIEW - 1] + "\u2026"


def protocol(socket: Socket) -> str:
    """Return `TCP`, `UDP`, `Unix` or the kernel's own names for a rarer socket."""
    if socket.family == "AF_UNIX":
        return "Unix"
    if socket.family in ("AF_INET", "AF_INET6"):
        known = {"SOCK_STREAM": "TCP", "SOCK_DGRAM": "UDP"}
        return known.get(socket.type) or visible(f"{socket.family}, {socket.type}")
    return visible(f"{socket.family}, {socket.type}")


def glyph(socket: Socket, calls: Iterable[Call], at: float | None = None) -> str:
    """Return the shape of a socket: a `ring` listens, a `disc` is connected, a `diamond` is neither, or not yet.

    Args:
        socket: The socket.
        calls: The calls on it.
        at: The moment to look at, in milliseconds since the program started; `None` for the whole run.
    """
    if socket.role in ("accepted", "pair"):
        return "disc"
    name, shape = {"listener": ("listen", "ring"), "client": ("connect", "disc")}.get(socket.role, ("", ""))
    for call in calls if name else ():
        if call.name == name and call.error in (None, "EINPROGRESS"):
            begins = call.at if name == "listen" else call.until
            return shape if at is None or begins <= at else "diamond"
    return "ring" if socket.role == "listener" else "diamond"


def role(socket: Socket) -> str:
    """Return what the program made of a socket, as a reader would say it."""
    return {"listener": "listening", "pair": "one of a pair", "unused": "not connected"}.get(socket.role, socket.role)


def kind(socket: Socket) -> str:
    """Return what kind of socket one is, in words."""
    return {
        "listener": "listening socket",
        "accepted": "accepted socket",
        "client": "connecting socket",
        "datagram": "datagram socket",
        "pair": "paired socket",
    }.get(socket.role, "socket")


def describe(socket: Socket, *, numbered: bool = True) -> str:
    """Name a socket in a sentence, such as `listening socket 1 (127.0.0.1:40123)`.

    Args:
        socket: The socket.
        numbered: Whether to say its number, by which the ladder names it.
    """
    unnamed = socket.local is None or socket.local.port == 0 or (socket.local.port is None and not socket.local.address)
    name = "" if unnamed else f" ({socket.local})"
    return f"{kind(socket)} {socket.id}{name}" if numbered else f"{kind(socket)}{name}"


def moved(call: Call, socket: Socket) -> str:
    """Return what `recv` brought: `5 bytes`, the end of the stream, or an empty datagram."""
    if call.size is None:
        return ""
    if call.name == "recv" and call.size == 0:
        return "b'' (an empty datagram)" if socket.type == "SOCK_DGRAM" else "b'' end of stream"
    return plural(call.size, "byte")


def packet_label(packet: Packet) -> tuple[str, str, str]:
    """Return a packet's label, the start of its payload, and its tone.

    The tone is `data`, `control` (SYN), `ack` (nothing but an acknowledgment), `end` (FIN, RST) or `icmp`.
    A FIN or RST also carries ACK on the wire; the label leaves it out, as Stevens' figures do.
    """
    if packet.protocol.startswith("ICMP"):
        return f"{packet.protocol}: {visible(packet.flags)}", "", "icmp"
    data = preview(packet.data) if packet.size else ""
    amount = plural(packet.size, "byte") if packet.size else ""
    if packet.protocol == "IP":
        return f"fragment, {amount}", data, "data"
    if packet.protocol != "TCP":
        return amount or "empty datagram", data, "data"
    flag = next((flag for flag in ("RST", "FIN", "SYN") if packet.has(flag)), "")
    if flag == "SYN" and packet.has("ACK"):
        flag = "SYN, ACK"
    label = ", ".join(part for part in (amount, flag) if part)
    tone = {"RST": "end", "FIN": "end", "": "data"}.get(flag, "control")
    return (label, data, tone) if label else ("ACK", "", "ack")
