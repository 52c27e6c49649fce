from sitebuild.figures import Sheet, box, column, datagram, port, row, socket, text

TITLE = "Two mailboxes behind one address"
DESCRIPTION = """
Two messages come to one address, where a kernel reads the number on each. Behind it are two UDP sockets, drawn as
diamonds: the chat's, with port 9001, and the game's, with port 9002. The message with the number 9001 goes on to the
socket of the chat, the one with 9002 to the socket of the game.
"""


def draw(sheet: Sheet) -> None:
    numbers = (9001, 9002)
    letters, ends = [datagram(one) for one in numbers], [socket() for _ in numbers]
    tags = [port(one) for one in numbers]
    kernel = box(text("**one address**\nthe kernel reads\nthe number"))
    boxes = [
        column(row(end, tag, gap="some"), f"**{name}**", gap="tight")
        for end, tag, name in zip(ends, tags, ("chat", "game"), strict=True)
    ]
    stand = row if sheet.narrow else column
    sheet.put(sheet.flow(stand(*letters, gap="far"), kernel, stand(*boxes, gap="far"), gap="wide"))
    for letter, end, tag in zip(letters, ends, tags, strict=True):
        sheet.line(end, tag, tone="port")
        sheet.arrow(letter, kernel, tone="data")
        sheet.arrow(kernel, end, tone="data")
