from sitebuild.figures import Sheet, connected, grid, listening, port, room, span, text

TITLE = "One listening socket, three connected sockets, one port number"
DESCRIPTION = """
On the server a ring, the listening socket, and three discs, the sockets that accept returned. All four carry the same
tag, port 8080. Each disc is joined to one client's disc; the clients' tags differ: 50312, 50313 and 50314. No line
touches the ring.
"""


def draw(sheet: Sheet) -> None:
    ring, shared = listening(), port(8080)
    servers, clients = [connected() for _ in range(3)], [connected() for _ in range(3)]
    callers = [port(50312 + number) for number in range(3)]
    own = [port(8080) for _ in servers]
    rows = zip(own, servers, clients, callers, strict=True)
    reach = "wide" if sheet.narrow else room("one pair for each client")
    heads = [None, None, span("**clients**", 2)]
    sheet.put(grid([heads, [shared, ring], *rows], gap=("near", reach, "near"), row_gap=("some", "far")))
    sheet.frame("**server**", shared, ring, *own, *servers)
    says = "waits for clients,\ncarries no data" if sheet.narrow else "waits for clients, carries no data"
    sheet.note(text(f"**listening socket**:\n{says}"), ring, gap="far")
    labels = ["", "", ""] if sheet.narrow else ["**connected sockets**", "one pair for each client", ""]
    for server, client, label in zip(servers, clients, labels, strict=True):
        sheet.line(server, client, label, tone="data")
