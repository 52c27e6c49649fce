from sitebuild.figures import Sheet, connected, grid, listening, port, room, text

CALLERS = [("Ann", "192.0.2.9", 50312), ("Bob", "192.0.2.9", 50313), ("Cem", "198.51.100.4", 50312)]
CLIENTS = len(CALLERS)

TITLE = f"One listening socket, {CLIENTS} connected sockets, one port number"
DESCRIPTION = f"""
On the server a ring, the listening socket, and {CLIENTS} discs, the sockets that accept returned, and dots for more.
All of them carry the same tag, port 8080. Each disc is joined to the disc of one client, with the address that it calls
from and its port: {"; ".join(f"{name}, {address}, {number}" for name, address, number in CALLERS)}. No two have both
alike. No line touches the ring.
"""


def draw(sheet: Sheet) -> None:
    ring, shared, more = listening(), port(8080), text("...")
    servers, clients = [connected() for _ in CALLERS], [connected() for _ in CALLERS]
    callers = [port(number) for _, _, number in CALLERS]
    own = [port(8080) for _ in servers]
    reach = "wide" if sheet.narrow else room("one pair for each client")
    rows = [
        [shared, ring, None, None],
        *zip(own, servers, clients, callers, strict=True),
        [None, more, text("..."), None],
    ]
    sheet.put(grid(rows, gap=("near", reach, "near"), row_gap=("wide", "wide", "wide", "far")))
    sheet.frame("**server**", shared, ring, *own, *servers, more)
    for (name, address, _), client, caller in zip(CALLERS, clients, callers, strict=True):
        sheet.frame(f"**{name}** {address}", client, caller)
    sheet.note(text("**listening socket**:\nwaits for clients"), ring, gap="far")
    if sheet.narrow:
        sheet.put("**connected sockets**:\none pair for each client")
    labels = {} if sheet.narrow else {0: "**connected sockets**", 1: "one pair for each client"}
    for number, (server, client) in enumerate(zip(servers, clients, strict=True)):
        sheet.line(server, client, labels.get(number, ""), tone="data")
