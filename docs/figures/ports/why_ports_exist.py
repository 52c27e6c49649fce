from sitebuild.figures import Sheet, column, datagram, grid, port, row, socket
from socktrace.recording import Recording

TITLE = "Two mailboxes behind one address"
DESCRIPTION = """
One computer with one address holds two UDP sockets, drawn as diamonds: one of the chat, one of the game, each with a
port of its own. Two messages have come to the address. One carries the number of the chat's port and falls into the
socket of the chat; the other carries the number of the game's port and falls into the socket of the game.
"""
RECORDING = "ports/two_mailboxes.py"


def draw(sheet: Sheet, recording: Recording) -> None:
    numbers = [packet.destination.port or 0 for packet in recording.packets if packet.protocol == "UDP"]
    letters, boxes = [datagram(number) for number in numbers], [socket() for _ in numbers]
    owners = [
        row(one, column(f"**{name}**", port(number), gap="tight"), gap="some")
        for one, name, number in zip(boxes, ("chat", "game"), numbers, strict=True)
    ]
    sheet.put(
        grid(
            [["**messages**"], *zip(letters, owners, strict=True)],
            gap="wide" if sheet.narrow else "vast",
            align=("middle", "start"),
        )
    )
    sheet.frame("**one address**", *owners)
    for letter, one in zip(letters, boxes, strict=True):
        sheet.arrow(letter, one, tone="data")
