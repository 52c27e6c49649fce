from sitebuild.figures import Sheet, Side, grid, text, with_holes, with_pins

TITLE = "A mains cord between wall and computer, pulled out at both ends"
DESCRIPTION = """
From the wall to the computer: a wall socket with holes; the plug of the cord with pins; the cord; its far end with
holes; the computer's inlet with pins. Power goes that way, and at each joint from holes to pins.
"""

NAMES = ("**wall socket**\nholes, live", "**plug**\npins", "**C13**\nholes, then live", "**C14 inlet**\npins")


def draw(sheet: Sheet) -> None:
    ahead: Side = "bottom" if sheet.narrow else "right"
    back: Side = "top" if sheet.narrow else "left"
    wall, plug, far, inlet = with_holes(ahead), with_pins(back), with_holes(ahead), with_pins(back)
    halves = [wall, plug, far, inlet]
    names = [text(name, small=True) for name in NAMES]
    if sheet.narrow:
        sheet.put(grid(zip(halves, names, strict=True), row_gap="far", align=("middle", "start")))
    else:
        sheet.put(grid([halves, names], gap=("wide", "vast", "wide"), row_gap="near"))
    sheet.cord(plug, far, plugs=False)
    for holes, pins in ((wall, plug), (far, inlet)):
        sheet.arrow(holes, pins, "power", at=0.4)
