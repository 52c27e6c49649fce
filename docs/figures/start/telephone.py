from sitebuild.figures import Sheet, Text, address, column, house, port, row, text

TITLE = "The telephone, mended"
DESCRIPTION = """
Two houses with a telephone number each. The caller, 192.0.2.9, rings from extension 50312. The line goes to the house
203.0.113.7, whose extensions are 22, 443 and 8080; it is put through to 8080.
"""


def draw(sheet: Sheet) -> None:
    calling, dialled = port(50312), port(8080, strong=True)
    caller = column(house(address("192.0.2.9"), calling), says(sheet, "the caller's", "extension"))
    called = column(
        house(address("203.0.113.7"), row(port(22), port(443)), dialled), says(sheet, "the extension", "dialled")
    )
    sheet.put(row(caller, called, gap="far" if sheet.narrow else "huge", align="end"))
    sheet.line(calling, dialled, "" if sheet.narrow else "one call", tone="data")


def says(sheet: Sheet, *words: str) -> Text:
    return text("\n".join(words) if sheet.narrow else " ".join(words), small=True)
