from sitebuild.figures import Part, Sheet, address, box, column, connected, cross, grid, port, room, row, span, text

TITLE = "From a name to a connection"
DESCRIPTION = """
A program has a name, db.example, and a service, port 5432. getaddrinfo turns them into a list of three rows, in order:
TCP over IPv6, address 2001:db8::7; TCP over IPv4, address 192.0.2.7; TCP over IPv4, address 192.0.2.8; each with port
5432. The program makes a socket for the first row and is refused; makes another for the second row and is connected;
it never tries the third row.
"""
ADDRESSES = {"2001:db8::7": "IPv6", "192.0.2.7": "IPv4", "192.0.2.8": "IPv4"}


def draw(sheet: Sheet) -> None:
    rows = [[text(f"{family} TCP", small=True), address(ip), port(5432)] for ip, family in ADDRESSES.items()]
    refused, taken = cross(), connected()
    signs: list[Part] = [refused, taken, None]
    said = [text(word) for word in ("refused", "connected", "not tried")]
    host, service = "`db.example`", port(5432)
    call = "`getaddrinfo()`"
    if sheet.narrow:
        name = box(row(host, "and", service), tone="control")
        lines: list[list[Part]] = []
        for cells, sign, word in zip(rows, signs, said, strict=True):
            lines += [[*cells], [sign, span(word, 2)]]
        sheet.put(name)
        sheet.put(grid(lines, gap="near", align=("end", "start")), gap="wide")
    else:
        name = box(column(host, text("a name", small=True), service, text("a service", small=True)), tone="control")
        lines = [[*cells, sign, word] for cells, sign, word in zip(rows, signs, said, strict=True)]
        far = ("near", "near", "wide", "near")
        table = grid(lines, gap=far, row_gap="some", align=("start", "start", "start", "middle", "start"))
        sheet.put(row(name, table, gap=room(call)))
        for cells, outcome in zip(rows, (refused, taken), strict=False):
            sheet.arrow(cells[-1], outcome)
    listed = sheet.frame(
        "" if sheet.narrow else "**what sockets need**",
        *(one for cells in rows for one in cells),
        *(said if sheet.narrow else []),
    )
    sheet.arrow(name, listed, call)
