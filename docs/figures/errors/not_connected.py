from sitebuild.figures import Sheet, connected, grid, listening, text

TITLE = "Two sockets of a server: one takes callers, one talks"
DESCRIPTION = """
A ring, the listening socket: accept works on it, and recv and send end in Transport endpoint is not connected, for it
has nobody at its other end. Below it a disc, the socket that accept returned: there recv and send work.
"""


def draw(sheet: Sheet) -> None:
    ring, disc = listening(), connected()
    waits = text("`server`, the listening socket\n`accept` works; `recv`, `send`: not connected", align="start")
    talks = text("`conn`, which `accept` returned\n`recv` and `send` work", align="start")
    if sheet.narrow:
        waits = text("`server`, the listening one\n`accept` works\n`recv`, `send`: not connected", align="start")
        talks = text("`conn`, from `accept`\n`recv` and `send` work", align="start")
    sheet.put(grid([[ring, waits], [disc, talks]], gap="some", row_gap="far", align=("middle", "start")))
    sheet.arrow(ring, disc, "`accept`" if not sheet.narrow else "", tone="socket")
