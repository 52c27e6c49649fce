from sitebuild.figures import (
    Line,
    Sheet,
    Thing,
    address,
    addressed,
    column,
    cross,
    grid,
    listening,
    machine,
    port,
    row,
    text,
)

TITLE = "The way in: a published port"
DESCRIPTION = """
A caller, 192.0.2.80, sends to the host's own address 192.0.2.10, port 8081. The host has a row: 8081 means 10.0.0.2,
port 8001. The packet goes on with that address. In the container, 10.0.0.2, it finds the listening socket with port
8001, bound to 0.0.0.0. Another listening socket, port 8000, is bound to 127.0.0.1, and no packet from outside finds it.
"""
CALLER = "192.0.2.80:40512"


def draw(sheet: Sheet) -> None:
    before = addressed(CALLER, "192.0.2.10:8081")
    after = addressed(CALLER, "10.0.0.2:8001", rewritten="destination")
    caller = machine("", text("**caller**\n`192.0.2.80`", small=True))
    host = machine("", text("**host**\n`8081`\n↓\n`10.0.0.2`\n`8001`", small=True))
    ring = listening()
    outside, inside = server(ring, 8001, "0.0.0.0"), server(listening(), 8000, "127.0.0.1")
    refused = row(cross(), text("no way in", small=True))
    if sheet.narrow:
        servers = column(row(outside, inside, gap="some"), refused, align="end")
    else:
        servers = column(outside, inside, refused)
    container = machine("", column(text("**container**", small=True), servers))
    if sheet.narrow:
        sheet.put(column(caller, before, host, after, container, gap="far"))
        sheet.chain([caller, before, host, after], tone="data")
        sheet.arrow(after, ring, tone="data")
    else:
        rows = [[None, before, None, after], [caller, None, host, None, container]]
        sheet.put(grid(rows, gap="none", row_gap="none", down="start"))
        sheet.chain([caller, host, ring], tone="data")


def server(ring: Thing, number: int, bound: str) -> Line:
    return column(row(ring, port(number)), address(bound), gap="tight")
