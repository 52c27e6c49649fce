from sitebuild.figures import Card, Sheet, address, column, machine, row, text

TITLE = "Three hosts, and which address each has"
DESCRIPTION = """
The caller has the address 192.0.2.80. The proxy has two: 192.0.2.10, where the caller calls it, and 10.0.0.1, from
where it calls the server. The server has the address 10.0.0.2. An arrow leads from the caller to the proxy, and another
arrow from the proxy to the server: these are two connections.
"""


def draw(sheet: Sheet) -> None:
    caller, server = host("caller", "192.0.2.80"), host("server", "10.0.0.2")
    outside, inside = address("192.0.2.10"), address("10.0.0.1")
    ends = (column if sheet.narrow else row)(outside, text("calls again", small=True), inside, gap="some")
    proxy = machine("", column(text("**proxy**", small=True), ends))
    sheet.put(sheet.flow(caller, proxy, server, gap="wide"))
    sheet.arrow(caller, proxy if sheet.narrow else outside, tone="data")
    sheet.arrow(proxy if sheet.narrow else inside, server, tone="data")


def host(name: str, ip: str) -> Card:
    return machine("", column(text(f"**{name}**", small=True), address(ip)))
