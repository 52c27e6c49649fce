from sitebuild.figures import Sheet, Thing, grid, piece, row, stream, text

TITLE = "Two sends, one stream, two reads"
DESCRIPTION = """
The client writes hello and world with two sends, drawn as two boxes. In the stream the ten letters stand in one row
between two lines, with no mark between the o of hello and the w of world. The server reads twice with recv(6) and gets
hellow and orld: the cut is elsewhere.
"""


def draw(sheet: Sheet) -> None:
    sent, read = ([piece(letters, small=sheet.narrow) for letters in cut.split()] for cut in ("hello world", "hellow orld"))
    carried = stream("helloworld", small=sheet.narrow)
    steps: list[tuple[str, str, Thing]] = [
        ("**the client writes**", "`send`, and `send`", row(*sent, gap="none")),
        ("**TCP carries**", "ten bytes in order", carried),
        ("**the server reads**", "`recv(6)`, and `recv(6)`", row(*read, gap="none")),
    ]
    if sheet.narrow:
        for name, says, letters in steps:
            sheet.put(text(f"{name}: {says}", small=True), gap="far")
            sheet.put(letters, gap="near")
    else:
        rows = [[text(f"{name}\n{says}"), letters] for name, says, letters in steps]
        sheet.put(grid(rows, gap="far", row_gap="far", align=("start", "middle")))
    for one in sent:
        sheet.arrow(one, carried, tone="data")
    for one in read:
        sheet.arrow(carried, one, tone="data")
