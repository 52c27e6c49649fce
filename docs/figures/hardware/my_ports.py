from sitebuild.figures import Sheet, box, column, equal, grid, hardware_port, named, span, text

TITLE = "How a program learns of a port"
DESCRIPTION = """
A port with a controller chip behind it: the chip reports to a driver in the kernel, the kernel offers files and tools,
and the program asks those. A barrel jack for power has two contacts and no such chip, so nothing of it gets to the
program.
"""

STEPS = (
    "**a chip**\nbehind the port",
    "**a driver**\nin the kernel",
    "**files and tools**\nof the system",
    "**the program**\nprints a list",
)


def draw(sheet: Sheet) -> None:
    usb, barrel = hardware_port(), hardware_port()
    steps = equal(
        *(box(text(step, small=True), thick=True) for step in STEPS), only="width" if sheet.narrow else "height"
    )
    silent = text("two contacts for power,\nand no chip that reports", small=True)
    if sheet.wide:
        ports = named(usb, "a USB port", small=True), named(barrel, "a barrel jack", small=True)
        rows = [[ports[0], *steps], [ports[1], span(silent, 4)]]
        sheet.put(grid(rows, gap="far", align=("middle", "start"), down="start"))
        sheet.line(barrel, silent, dash="dotted")
    else:
        sheet.put(column(usb, *steps, barrel, gap="far"))
        sheet.note(text("a USB port", small=True), usb)
        sheet.note(text("a barrel jack", small=True), barrel)
        sheet.put(silent, gap="tight")
    sheet.chain([usb, *steps])
