from sitebuild.figures import Sheet, address, box, column, connected, cross, equal, grid, port, room, row, text

TITLE = "From a name to a connection"
DESCRIPTION = """
A program has a name, db.example, and a service, port 5432. getaddrinfo turns them into a list of three rows, in order:
TCP over IPv6, address 2001:db8::7; TCP over IPv4, address 192.0.2.7; TCP over IPv4, address 192.0.2.8; each with port
5432. The program makes a socket for the first row and is refused; makes another for the second row and is connected;
the third row is not tried.
"""
ADDRESSES = (("IPv6", "2001:db8::7"), ("IPv4", "192.0.2.7"), ("IPv4", "192.0.2.8"))


def draw(sheet: Sheet) -> None:
    host, service = "`db.example`", port(5432)
    if sheet.narrow:
        name = box(row(host, "and", service), tone="control")
    else:
        named = host, text("a name", small=True), service, text("a service", small=True)
        name = box(column(*named), tone="control")
    rows = [
        box(row(text(f"{family}\nTCP", small=True), address(ip), port(5432)), tone="control") for family, ip in ADDRESSES
    ]
    rows = equal(*rows)
    tried = cross(), connected()
    outcomes = [row(tried[0], "refused"), row(tried[1], "connected"), row("not tried")]
    call = "`getaddrinfo()`"
    if sheet.narrow:
        sheet.put("**what you know**", name, gap="near")
        sheet.put(column(*(one for pair in zip(rows, outcomes, strict=True) for one in pair)), gap="wide")
    else:
        results = grid(zip(rows, outcomes, strict=True), gap="wide", row_gap="near", align=("middle", "start"))
        sheet.put(row(name, results, gap=room(call)))
    listed = sheet.frame("" if sheet.narrow else "**what sockets need**", *rows, *(outcomes if sheet.narrow else ()))
    sheet.arrow(name, listed, call)
    if sheet.wide:
        for one, sign in zip(rows, tried, strict=False):
            sheet.arrow(one, sign)
