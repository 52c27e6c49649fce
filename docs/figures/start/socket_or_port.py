from sitebuild.figures import Sheet, column, port, row, socket, text

TITLE = "A port, a socket, and a socket that holds a port"
DESCRIPTION = """
Three tiles. First a port number by itself, a tag with 8080: it is a number. Then a socket by itself, a diamond: it is
an object. Last the diamond with the tag on it: the socket after bind, which holds the number.
"""


def draw(sheet: Sheet) -> None:
    bound, number = socket(), port(8080, strong=True)
    tiles = (
        (port(8080, strong=True), "**a port**\na number, on its own"),
        (socket(), "**a socket**\nan object"),
        (row(bound, number, gap="some"), "**a socket, after bind()**\nan object that holds the number"),
    )
    sheet.put(sheet.flow(*(column(sign, text(words)) for sign, words in tiles), gap="wide" if sheet.wide else "far"))
    sheet.line(bound, number, tone="port")
