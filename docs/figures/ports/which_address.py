from sitebuild.figures import Card, Sheet, Thing, address, box, column, cross, equal, listening, machine, row, text

TITLE = "A server at 127.0.0.1, and a phone that calls 192.0.2.7"
DESCRIPTION = """
A laptop has two addresses. At 127.0.0.1 stands a listening socket, a ring: your server. At 192.0.2.7 stands a cross:
nobody listens there. The laptop's own browser calls 127.0.0.1 and arrives at the server. A phone beside the laptop
calls 192.0.2.7, and its call is refused there.
"""


def draw(sheet: Sheet) -> None:
    server, nobody = equal(
        place("127.0.0.1", listening(), "your server"), place("192.0.2.7", cross(), "nobody"), only="width"
    )
    here, there = text("its\nbrowser"), machine("", "**your phone**\na browser")
    host = machine("**your laptop**", row(here, column(server, nobody), gap="far" if sheet.narrow else "wide"))
    sheet.put(sheet.flow(host, there, gap="wide", align="end"))
    sheet.arrow(here, server, tone="data")
    sheet.arrow(there, nobody, tone="end", head="stop")


def place(ip: str, sign: Thing, who: str) -> Card:
    return box(column(address(ip), row(sign, text(who, small=True), gap="near"), gap="near"), rounded=True)
