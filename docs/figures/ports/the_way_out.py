from sitebuild.figures import Card, Sheet, addressed, box, column, equal, grid, machine, port, row, text
from socktrace.session.model import Transcript

TITLE = "Two packets before and after a router with NAT"
DESCRIPTION = """
Laptop 10.0.0.2 and phone 10.0.0.3 both send from port 50000 to the server 192.0.2.80, port 8000. Behind the router both
packets come from 192.0.2.1, the laptop's still from port 50000, the phone's from another port, which the router chose.
The addressee is unchanged. The router's table has a row for each of the two: its address and port inside, and outside.
"""
RECORDING = "ports/router_translates.toml"
SERVER = "192.0.2.80:8000"


def draw(sheet: Sheet, session: Transcript) -> None:
    calls = [one for one in session.crossings if one.what == "SYN" and one.destination == SERVER]
    sent = [one.source for one in calls if one.link == "router:lan"]
    seen = [one.source for one in calls if one.link == "router:wan"]
    rows = [[text(f"`{end}`", small=True) for end in ends] for ends in zip(sent, seen, strict=True)]
    table = grid([[text("inside", small=True), text("outside", small=True)], *rows], row_gap="tight")
    laptop, phone, *packets = equal(
        host("laptop", sent[0]),
        host("phone", sent[1]),
        *(addressed(one, SERVER) for one in sent),
        *(addressed(one, SERVER, rewritten="source") for one in seen),
        only="height",
    )
    server = machine("", column(text("**server**", small=True), port(8000)))
    if sheet.narrow:
        inside = grid([[laptop, packets[0]], [phone, packets[1]]], gap="tight", row_gap="tight")
        outside = column(*packets[2:], gap="tight")
        way = [inside, machine("", column("**router**", table)), outside, server]
        sheet.put(*way, gap="far")
        sheet.chain(way, tone="data")
        return
    router = machine("", text("**router**\n\n`10.0.0.1`\ninside\n\n`192.0.2.1`\noutside", small=True))
    left = grid([[laptop, packets[0]], [phone, packets[1]]], gap="tight")
    onward = row(router, column(*packets[2:], gap="some"), gap="tight")
    sheet.put(row(left, onward, server, gap="far"))
    for packet, there in zip(packets, (router, router, server, server), strict=True):
        sheet.arrow(packet, there, tone="data")
    its = box(table)
    sheet.put(its)
    sheet.line(router, its, dash="dotted")


def host(name: str, end: str) -> Card:
    return machine("", text(f"**{name}**\n`{end.partition(':')[0]}`", small=True))
