from sitebuild.figures import Sheet, addressed, column, grid, listening, lit, machine, port, row, text
from socktrace.session.model import Transcript

TITLE = "Port forwarding: a friend calls, and one row leads the call in"
DESCRIPTION = """
A friend, 192.0.2.80, calls the router's address 192.0.2.1, port 8080. The router has a row: port 8080 means 10.0.0.2,
port 8080. It writes that address into the packet, and the packet goes on to the laptop, where a server listens on port
8080. The phone, 10.0.0.3, is in the same house, and no row leads to it.
"""
RECORDING = "ports/router_forwards.toml"


def draw(sheet: Sheet, session: Transcript) -> None:
    led = next(one for one in session.crossings if one.link == "router:lan" and one.what == "SYN")
    called = next(one for one in session.crossings if one.link == "router:wan" and one.packet == led.packet)
    number, (home, service) = called.destination.partition(":")[2], led.destination.split(":")
    before = addressed(called.source, called.destination)
    after = addressed(led.source, led.destination, rewritten="destination")
    friend = machine("", text(f"**friend**\n`{called.source.partition(':')[0]}`", small=True))
    table = (
        lit(f"`{number} → {led.destination}`")
        if sheet.narrow
        else text(f"`{number}`\n↓\n`{home}`\n`{service}`", small=True)
    )
    router = machine("", column(text("**router**", small=True), table))
    ring = listening()
    laptop = machine("", column(text(f"**laptop**\n`{home}`", small=True), row(ring, port(service))))
    phone = machine("", text("**phone**\n`10.0.0.3`", small=True))
    if sheet.narrow:
        sheet.put(column(friend, before, router, after, gap="far"))
        sheet.put(row(laptop, phone, gap="far"), gap="far")
        sheet.chain([friend, before, router, after], tone="data")
        sheet.arrow(after, laptop, tone="data")
    else:
        rows = [[None, before, None, after], [friend, None, router, None, laptop], [None, None, None, None, phone]]
        sheet.put(grid(rows, gap="none", row_gap=("tight", "some")))
        sheet.chain([friend, router, ring], tone="data")
    sheet.frame("at home", laptop, phone, dashed=True, pad="near", align="end")
