from sitebuild.figures import (
    Line,
    Sheet,
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
    outside, inside = server("0.0.0.0", 8001), server("127.0.0.1", 8000)
    refused = row(cross(), text("no way in", small=True))
    if sheet.narrow:
        container = machine(
            "", column(text("**container**", small=True), row(outside, inside, gap="some"), refused, align="end")
        )
        sheet.put(column(caller, before, host, after, container, gap="far"))
        sheet.chain([caller, before, host, after, outside], tone="data")
    else:
        container = machine("", column(text("**container**", small=True), outside, inside, refused))
        sheet.put(
            grid([[None, before, None, after], [caller, None, host, None, container]], gap="none", row_gap="none")
        )
        sheet.chain([caller, host, outside], tone="data")


def server(bound: str, number: int) -> Line:
    return column(row(listening(), port(number)), address(bound), gap="tight")
