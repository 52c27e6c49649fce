from sitebuild.figures import Sheet, box, grid, text

TITLE = "The calls of a server, in their order"
DESCRIPTION = """
Four boxes, each with an arrow to the next: socket, a new one; bind, which gives it an address; listen, which lets
callers wait; and accept, again and again, one caller each time.
"""
CALLS = {
    "socket": "a new one",
    "bind": "its address",
    "listen": "callers may wait",
    "accept": "one caller each time",
}


def draw(sheet: Sheet) -> None:
    calls = [box(text(f"`{name}`")) for name in CALLS]
    what = [text(words, small=True) for words in CALLS.values()]
    if sheet.narrow:
        sheet.put(grid(zip(calls, what, strict=True), gap="far", row_gap="far", align=("middle", "start")))
    else:
        sheet.put(grid([calls, what], gap="wide", row_gap="near"))
    sheet.chain(calls, tone="socket")
