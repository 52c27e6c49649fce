from itertools import pairwise

from sitebuild.figures import Sheet, dot, grid, text

TITLE = "Two cords and a coupler: which wire arrives where"
DESCRIPTION = """
Two telephone cords with a straight coupler between them swap the wires twice, so that they arrive unswapped. Two cords
with a reversing coupler swap them three times, so that they arrive as with one cord.
"""

UPPER, LOWER = 0, 1
TIP = {
    "straight": (UPPER, LOWER, LOWER, UPPER),
    "reversing": (UPPER, LOWER, UPPER, LOWER),
}
"""Where the wire called tip is: at its beginning, where it enters the coupler, where it leaves it, at its end."""


def draw(sheet: Sheet) -> None:
    for name, tip in TIP.items():
        ring = [1 - place for place in tip]
        ends = ["tip", "ring"] if tip[-1] == UPPER else ["ring", "tip"]
        rows = [
            [text(begin, small=True), dot("hardware"), dot("hardware"), text(end, small=True)]
            for begin, end in zip(("tip", "ring"), ends, strict=True)
        ]
        sheet.put(
            f"**two cords, {name} coupler**",
            grid(rows, gap=("wide", "far", "wide") if sheet.narrow else ("vast", "wide", "vast")),
        )
        sheet.frame("", *(one for stops in rows for one in stops[1:3]), tone="hardware")
        stops = list(zip(*rows, strict=True))
        for before, after in pairwise(range(4)):
            sheet.line(stops[before][tip[before]], stops[after][tip[after]], tone="data")
            sheet.line(stops[before][ring[before]], stops[after][ring[after]], dash="dashed")
