from sitebuild.figures import Sheet, column, connected, grid, room, socket

TITLE = "The cord, mended"
DESCRIPTION = """
Two discs, the sockets, joined by a line, the connection. A diamond stands alone: a socket without a connection.
"""


def draw(sheet: Sheet) -> None:
    one, other = connected(), connected()
    pair = grid([[one, other], ["a socket", "a socket"]], gap=room("the connection"), row_gap="near")
    sheet.put(sheet.flow(pair, column(socket(), "a socket, no connection"), gap="wide" if sheet.wide else "far"))
    sheet.line(one, other, "the connection", tone="data")
