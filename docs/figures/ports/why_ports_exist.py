from sitebuild.figures import Sheet, column, datagram, grid, port, row, socket

TITLE = "Two mailboxes behind one address"
DESCRIPTION = """
One computer with one address holds two UDP sockets, drawn as diamonds: one of the chat, with port 9001, and one of the
game, with port 9002. Two messages have come to the address. One carries the number 9001 and falls into the socket of
the chat; the other carries 9002 and falls into the socket of the game.
"""


def draw(sheet: Sheet) -> None:
    numbers = (9001, 9002)
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
