from sitebuild.figures import Sheet, connected, ended, grid, padded, span, text

TITLE = "A connection closes one direction at a time"
DESCRIPTION = """
Three moments. First both one-way lanes between A and B are open and both ends are ESTABLISHED. Then A's FIN has closed
the lane from A to B: A is in FIN-WAIT-1 and then in FIN-WAIT-2, B in CLOSE-WAIT, and bytes still flow from B to A. Then
B's FIN has closed the other lane: B is CLOSED, A stays in TIME-WAIT, and both are drawn as dashed circles.
"""
MOMENTS = (
    ("**1 both lanes open**", connected, "`ESTABLISHED`", "`ESTABLISHED`"),
    ("**2 after A's FIN: half-closed**", connected, "`FIN-WAIT-1`,\n`FIN-WAIT-2`", "`CLOSE-WAIT`"),
    ("**3 after B's FIN: closed**", ended, "`TIME-WAIT`", "`CLOSED`"),
)


def draw(sheet: Sheet) -> None:
    ends = [(end("A"), end("B")) for _, end, *_ in MOMENTS]
    rows = []
    for (moment, _, *states), pair in zip(MOMENTS, ends, strict=True):
        rows += [[span(padded(moment, down="near"), 2)], pair, [text(state, small=True) for state in states]]
    sheet.put(grid(rows, gap="wide" if sheet.narrow else "huge", row_gap="near"))
    for number, (a, b) in enumerate(ends):
        for begin, end, fins in ((a, b, 1), (b, a, 2)):
            if number < fins:
                sheet.arrow(begin, end, tone="data", lane=1)
            else:
                sheet.arrow(begin, end, "FIN", tone="end", head="bar", lane=1, reach=0.3)
