from sitebuild.figures import Sheet, grid, text

TITLE = "Where the two wires of a telephone cord arrive"
DESCRIPTION = """
One telephone cord and its two wires, tip at the top left and ring below it. At the other end they have changed places.
"""


def draw(sheet: Sheet) -> None:
    tip, ring, tip_end, ring_end = (text(name, small=True) for name in ("tip", "ring") * 2)
    sheet.put(
        "**one telephone cord**", grid([[tip, ring_end], [ring, tip_end]], gap=sheet.across / 2, align=("end", "start"))
    )
    sheet.line(tip, tip_end, tone="data", leave="right", arrive="left")
    sheet.line(ring, ring_end, dash="dashed", leave="right", arrive="left")
