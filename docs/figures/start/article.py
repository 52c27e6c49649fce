from sitebuild.figures import Sheet, box, column, connected, cross, equal, grid, port, room, row, text

TITLE = "Two sentences that are wrong, and what is true"
DESCRIPTION = """
A socket is a cord: wrong. Two discs, the sockets, with a line between them, the connection: a socket is one end of it.
A port is a docking station: wrong. A tag with 8080: a port is a number.
"""


def draw(sheet: Sheet) -> None:
    one, other = connected(), connected()
    ends = column(row(one, other, gap=room("the connection")), text("**a socket** is one end"))
    number = column(port(8080, strong=True), text("**a port** is a number"))
    words = ("a socket is a cord", "a port is a docking station")
    cord, dock = equal(*(box(row(text(said), cross(), gap="some"), dashed=True) for said in words))
    if sheet.narrow:
        sheet.put(grid([[cord], [ends], [dock], [number]], row_gap="far"))
    else:
        sheet.put(grid([[cord, ends], [dock, number]], gap="huge", row_gap="far"))
    sheet.line(one, other, "the connection", tone="data")
