from sitebuild.figures import Sheet, box, column, grid, text

TITLE = "One error, three names"
DESCRIPTION = """
The three parts of the message ConnectionResetError: [Errno 104] Connection reset by peer, each in a box. The class is
Python's, and the same everywhere. The number is 104 on Linux, 54 on a Mac, 10054 on Windows. The words are the
system's.
"""


def draw(sheet: Sheet) -> None:
    parts = [box("`ConnectionResetError`"), box("`104`"), box("`Connection reset by peer`")]
    number = "**the number**\n54 on a Mac,\n10054 on Windows"
    what = [text(words) for words in ("**the class**\nthe same everywhere", number, "**the words**\nthe system's")]
    if sheet.narrow:
        sheet.put(column(*(column(*pair, gap="tight") for pair in zip(parts, what, strict=True)), gap="some"))
    else:
        sheet.put(grid([parts, what], row_gap="near", down="start"))
