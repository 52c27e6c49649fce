from sitebuild.figures import Sheet, Thing, grid, piece, row, stream, text

TITLE = "Two sends, one stream, two reads"
DESCRIPTION = """
The client writes hello and world with two sends, drawn as two boxes. In the stream the ten letters stand in one row
between two lines, with no mark between the o of hello and the w of world. The server reads twice with recv(7) and gets
hellowo and rld: the cut is elsewhere.
"""


def draw(sheet: Sheet) -> None:
    sent = [piece(word, small=sheet.narrow) for word in ("hello", "world")]
    carried = stream("helloworld", small=sheet.narrow)
    read = [piece(word, small=sheet.narrow) for word in ("hellowo", "rld")]
    brk = "\n" if sheet.narrow else " and "
    parts: list[tuple[str, str, Thing]] = [
        ("the client writes", f"`send`,{brk}`send`", row(*sent, gap="none")),
        ("TCP carries", "in order" if sheet.narrow else "ten bytes in order", carried),
        ("the server reads", f"`recv(7)`,{brk}`recv(7)`", row(*read, gap="none")),
    ]
    rows = [
        [text(f"**{name.split()[-2]}**\n{does}" if sheet.narrow else f"**{name}**\n{does}", small=True), letters]
        for name, does, letters in parts
    ]
    sheet.put(grid(rows, gap="near" if sheet.narrow else "far", row_gap="far", align="start"))
    for one in sent:
        sheet.arrow(one, carried, tone="data")
    for one in read:
        sheet.arrow(carried, one, tone="data")
