from sitebuild.figures import Part, Sheet, box, equal, grid, span, text

TITLE = "One port, five layers"
DESCRIPTION = """
The USB-C port of a laptop at one side, a screen at the other. Between them five layers, each a box with its question.
Connector, does the plug go in: a USB-C opening and a USB-C plug. Interface, the same signals: USB and DisplayPort in
the laptop, DisplayPort in the screen. Protocol, the same rules: the laptop asks what is there and sends packets, the
screen says what it is and shows them. Cable, a wire for each signal: fast wires are needed at both ends. Power, is it
enough: the laptop gives up to 15 watts, the screen needs 1.5.
"""

LAYERS = {
    "connector": ("does the plug go in?", "USB-C opening", "USB-C plug"),
    "interface": ("the same signals?", "USB and DisplayPort", "DisplayPort"),
    "protocol": ("the same rules?", "asks what is there,\nthen sends packets", "says what it is,\nthen shows them"),
    "cable": ("a wire for each signal?", "fast wires needed", "fast wires needed"),
    "power": ("is it enough?", "gives up to 15 W", "needs 1.5 W"),
}


def draw(sheet: Sheet) -> None:
    layers = equal(*(box(text(f"**{name}**\n{ask}", small=True), thick=True) for name, (ask, _, _) in LAYERS.items()))
    left = [text(here, small=True) for _, here, _ in LAYERS.values()]
    right = [text(there, small=True) for _, _, there in LAYERS.values()]
    if sheet.wide:
        sheet.put(grid(zip(left, layers, right, strict=True), gap="wide", row_gap="near"))
        sheet.frame("**port of a laptop**", *left)
        sheet.frame("**screen**", *right)
        for here, layer, there in zip(left, layers, right, strict=True):
            sheet.line(here, layer, tone="data")
            sheet.line(layer, there, tone="data")
        return
    rows: list[list[Part]] = [[text("**port of a laptop**", small=True), text("**screen**", small=True)]]
    for here, layer, there in zip(left, layers, right, strict=True):
        rows += [[span(layer, 2)], [here, there], [None]]
    sheet.put(grid(rows, row_gap="near"))
