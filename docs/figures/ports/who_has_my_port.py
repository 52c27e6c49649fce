from sitebuild.figures import Sheet, box, column, ended, equal, listening, row, socket, text

TITLE = "Three ways to have a port"
DESCRIPTION = """
Three cards. A ring: a socket listens there, and you end its program. A dashed circle: a connection has not let go of
it yet, over or not, and you wait, or let both servers set SO_REUSEADDR. A diamond: a socket is bound
to it and does not listen, and you look for its program.
"""
WAYS = (
    (listening, "**it listens**", "end that program"),
    (ended, "**a connection is left**", "wait, or let both\nset `SO_REUSEADDR`"),
    (socket, "**it is only bound**", "find that program;\nfew tools list it"),
)


def draw(sheet: Sheet) -> None:
    cards = [
        box(column(row(sign(), text(what)), text(do, small=True), align="start"), align="start")
        for sign, what, do in WAYS
    ]
    cards = equal(*cards, only="width") if sheet.narrow else equal(*cards)
    sheet.put(column(*cards) if sheet.narrow else row(*cards, gap="near"))
