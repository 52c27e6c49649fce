from sitebuild.figures import Sheet, datagram, grid, port, room, row, socket, text
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
    takes = "`recvfrom()` takes one,"
    if sheet.narrow:
        sheet.put(grid([names, senders, ports], gap="some", row_gap="near"))
        sheet.put(row(*waiting), gap="wide")
        sheet.put(row(receiver, own), gap="wide")
    else:
        senders_and_queue = row(
            grid(zip(names, senders, ports, strict=True), row_gap="some"), row(*reversed(waiting)), gap="wide"
        )
        sheet.put(row(senders_and_queue, row(receiver, own), gap=room(takes)))
    for tag, letter in zip(ports, waiting, strict=True):
        if sheet.narrow:
            sheet.arrow(tag, letter, tone="data")
        else:
            sheet.arrow(tag, waiting[-1], tone="data", leave="right", arrive="left")
    sheet.frame("**three senders**", *senders, *ports)
    sheet.arrow(waiting[0], receiver, text(f"{takes}\nwhole, with its sender", small=True), tone="data")
    sheet.frame("**one UDP socket**", *waiting, receiver, own)
