from sitebuild.figures import Sheet, address, connected, grid, port, span

TITLE = "Two connections that share three of their four numbers"
DESCRIPTION = """
Two connections between the client 192.0.2.9 and the server 203.0.113.7. Both have the same two addresses and the same
server port, 443. Only the client ports differ: 50312 in the first, 50313 in the second. Each connection has a socket of
its own at each end.
"""
CLIENT_PORTS = (50312, 50313)


def draw(sheet: Sheet) -> None:
    hosts = address("192.0.2.9"), address("203.0.113.7")
    own = [port(number, strong=True) for number in CLIENT_PORTS]
    theirs = [port(443) for _ in CLIENT_PORTS]
    clients, servers = [connected() for _ in CLIENT_PORTS], [connected() for _ in CLIENT_PORTS]
    rows = zip(own, clients, servers, theirs, strict=True)
    reach = "wide" if sheet.narrow else "huge"
    sheet.put(grid([[span(hosts[0], 2), span(hosts[1], 2)], *rows], gap=("near", reach, "near"), row_gap="some"))
    pad = "near" if sheet.narrow else "some"
    sheet.frame("**client**", hosts[0], *own, *clients, pad=pad)
    sheet.frame("**server**", hosts[1], *theirs, *servers, pad=pad)
    labels = ("first", "second") if sheet.narrow else ("first connection", "second connection")
    for client, server, label in zip(clients, servers, labels, strict=True):
        sheet.line(client, server, label, tone="data")
