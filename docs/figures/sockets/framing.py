from sitebuild.figures import Line, Sheet, column, grid, octets, room, row, text

TITLE = "Four ways to mark where a message ends"
DESCRIPTION = """
Four rows of boxes, one box for one byte, carry the messages one and four. Fixed size: each message fills six bytes,
the rest is padding. Delimiter: each message is followed by one line feed. Length first: four bytes, 0 0 0 3 and 0 0 0
4, stand before the messages. Close: only the message one, and after it FIN ends the stream. Bytes of the message are
drawn in blue with a thick border, bytes that frame it in grey with a dashed one.
"""


def draw(sheet: Sheet) -> None:
    def message(letters: str) -> Line:
        return octets(letters, small=sheet.narrow)

    def frame(letters: str) -> Line:
        return octets(letters, tone="control", dashed=True, small=sheet.narrow)

    closed, fin = message("one"), text("**FIN**")
    framings = {
        "Fixed size": ("here six bytes, padded", [[message("one"), frame("···")], [message("four"), frame("··")]]),
        "Delimiter": ("a line feed ends each", [[message("one"), frame("↵")], [message("four"), frame("↵")]]),
        "Length first": ("here in four bytes", [[frame("0003"), message("one")], [frame("0004"), message("four")]]),
        "Close": ("one message per connection", [[row(closed, fin, gap=room("FIN"))]]),
    }
    key = row(message(" "), text("of the message", small=True), frame(" "), text("of the frame", small=True))
    boxes = {name: row(*(row(*part, gap=1) for part in parts), gap="tight") for name, (_, parts) in framings.items()}
    if sheet.narrow:
        for name, (says, _) in framings.items():
            sheet.put(column(text(f"**{name}**: {says}", small=True), boxes[name], align="start"), align="start")
        sheet.put(key, align="start")
    else:
        rows = [
            [text(f"**{name}**"), column(boxes[name], text(says, small=True), gap="tight", align="start")]
            for name, (says, _) in framings.items()
        ]
        sheet.put(grid([*rows, [None, key]], align="start", down="start", row_gap="some"))
    sheet.arrow(closed, fin, tone="end")
