from sitebuild.figures import Sheet, column, connected, cup, port, room, row, text

TITLE = "Cups and string, mended"
DESCRIPTION = """
Two cups with a disc in each: the discs are the two sockets. The string between them is the connection. A label on each
cup is its port number: 8080 on one, 50312 on the other.
"""


def draw(sheet: Sheet) -> None:
    one, other, label = cup(connected()), cup(connected(), to_right=False), port(8080)
    ends = [column(label, one, text("a socket", small=True)), column(port(50312), other, text("a socket", small=True))]
    sheet.put(row(*ends, gap=room("the connection") if sheet.narrow else "huge"))
    sheet.note(text("its port number", small=True), label)
    sheet.line(one, other, "the connection", tone="data", side="second")
