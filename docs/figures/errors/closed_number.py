from sitebuild.figures import Sheet, connected, descriptor, ended, grid, text

TITLE = "A socket that is open, and one that is closed"
DESCRIPTION = """
Two moments of your program's socket object. While it is open it holds the descriptor 3, and a line leads from that to
the kernel's socket. After close it holds minus 1, no line leads on, and the kernel's socket is a dashed circle.
"""


def draw(sheet: Sheet) -> None:
    ticket, disc = descriptor(3), connected()
    far = "near" if sheet.narrow else "wide"
    heads = [text(words, small=True) for words in ("your object", "its number", "the kernel's")]
    rows = [[text("`sock`"), ticket, disc], [text("`sock`, after `close()`"), descriptor(-1), ended()]]
    if sheet.narrow:
        rows[1][0] = text("`sock`,\nafter `close()`")
    sheet.put(grid([heads, *rows], gap=far, row_gap=("near", "far")))
    sheet.line(ticket, disc)
