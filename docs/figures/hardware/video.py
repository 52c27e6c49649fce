from sitebuild.figures import Sheet, box, column, row, voltage, wave

TITLE = "The same dot of a picture, as a voltage and as bits"
DESCRIPTION = """
One dot of a picture has the red value 173 of at most 255. A VGA port sends it as one voltage: 0.47 volts on a scale
that ends at 0.7. A digital port sends it as eight bits, 1 0 1 0 1 1 0 1, each high or low.
"""

RED, MOST, VOLTS = 173, 255, 0.7


def draw(sheet: Sheet) -> None:
    dot = box(f"**one dot**\nred = {RED}", thick=True)
    analog = voltage(round(VOLTS * RED / MOST, 2), VOLTS, across="huge")
    bits = wave(f"{RED:08b}", named=True)
    vga, digital = column("**VGA: a voltage**", analog), column("**DVI, HDMI, DisplayPort: bits**", bits)
    if sheet.narrow:
        sheet.put(column(dot, vga, digital, gap="far"))
        sheet.arrow(dot, vga, tone="data")
    else:
        sheet.put(row(dot, column(vga, digital, gap="far"), gap="vast"))
        sheet.arrow(dot, vga, tone="data")
        sheet.arrow(dot, digital, tone="data")
