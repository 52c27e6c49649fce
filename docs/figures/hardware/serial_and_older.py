from sitebuild.figures import Sheet, signal, stretch

TITLE = "The letter C on a serial line"
DESCRIPTION = """
A line over time. It rests at 1, falls to 0 for the start bit, goes through the eight data bits 1, 1, 0, 0, 0, 0, 1, 0
with the lowest first, stands at 1 for the stop bit and rests at 1 again.
"""


def draw(sheet: Sheet) -> None:
    lowest_first = f"{ord('C'):08b}"[::-1]
    data = "8 bits, lowest first" if sheet.narrow else "eight data bits, the lowest first"
    rest = "" if sheet.narrow else "rest"
    sheet.put(
        signal(
            stretch(rest, "1", tone="control", dotted=True),
            stretch("**start**", "0", tone="control"),
            stretch(f"**{data}**", lowest_first),
            stretch("**stop**", "1", tone="control"),
            stretch(rest, "1", tone="control", dotted=True),
            across=sheet.across,
        )
    )
