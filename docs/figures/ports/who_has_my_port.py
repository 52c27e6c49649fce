from sitebuild.figures import Sheet, box, column, connected, ended, equal, row, socket, text

TITLE = "Three ways to have a port on which nobody listens"
DESCRIPTION = """
Three cards. A dashed circle: a connection of the old server has not let go of the port yet, over or not, and you wait,
or let the old and the new server set SO_REUSEADDR. A disc: a client has the port for its own end, and you take another
port. A diamond: a socket is bound to it and does not listen, and you look for its program.
"""
WAYS = (
    (ended, "**a connection is left**", "wait, or let the old\nand the new server\nset `SO_REUSEADDR`"),
    (connected, "**a client has it**", "take a port outside\nthe range for clients"),
    (socket, "**it is only bound**", "find that program;\nfew tools list it"),
)


def draw(sheet: Sheet) -> None:
    cards = [
        box(column(row(sign(), text(what)), text(do, small=True), align="start"), align="start")
        for sign, what, do in WAYS
    ]
    cards = equal(*cards, only="width") if sheet.narrow else equal(*cards)
    sheet.put(column(*cards) if sheet.narrow else row(*cards, gap="near"))
