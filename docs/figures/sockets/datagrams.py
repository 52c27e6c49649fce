from sitebuild.figures import Sheet, datagram, grid, port, row, socket, span, text
from socktrace.recording import Recording

TITLE = "One UDP socket and three senders"
DESCRIPTION = """
Three senders, Ann, Ben and Eve, each a UDP socket drawn as a diamond, each with a port of its own. Each has sent a
datagram to one UDP socket, another diamond, which has one port. The three datagrams wait there as three separate
envelopes, each marked with the port of its sender. recvfrom takes one of them, whole, and says who sent it.
"""
RECORDING = "sockets/one_socket_many_peers.py"


def draw(sheet: Sheet, recording: Recording) -> None:
    sent = recording.packets[:3]
    names = [packet.data.title() for packet in sent]
    senders, ports = [socket() for _ in sent], [port(packet.source.port or "") for packet in sent]
    waiting = [datagram(packet.source.port or "") for packet in sent]
    receiver, own = socket(), port(sent[0].destination.port or "", strong=True)
    takes = text("`recvfrom()` takes one, whole,\nwith its sender", small=True)
    if sheet.narrow:
        sheet.put("**three senders**", grid([names, senders, ports], gap="some", row_gap="near"))
        sheet.put(row(*waiting), gap="wide")
        sheet.put(row(receiver, own), gap="far")
    else:
        rows = zip(names, senders, ports, strict=True)
        signs = grid([[span("**three senders**", 3)], *rows], gap="near")
        sheet.put(row(row(signs, row(*reversed(waiting)), gap="wide"), row(receiver, own), gap="far"))
    for tag, letter in zip(ports, waiting, strict=True):
        sheet.arrow(tag, letter if sheet.narrow else waiting[-1], tone="data")
    sheet.arrow(waiting[0], receiver, tone="data")
    sheet.note(takes, waiting[1], "bottom", gap="some" if sheet.wide else "wide")
    sheet.frame("" if sheet.narrow else "**one UDP socket**", *waiting, receiver, own, takes)
