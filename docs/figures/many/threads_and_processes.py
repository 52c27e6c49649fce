from sitebuild.figures import Sheet, connected, equal, grid, listening, thread

TITLE = "A thread waits for each client"
DESCRIPTION = """
Three clients, Ann, Ben and Cem, are each connected to a socket of the server. Inside the server, each of the three
sockets has a thread of its own that waits in recv. A fourth thread waits in accept at the listening socket.
"""
CLIENTS = ("Ann", "Ben", "Cem")


def draw(sheet: Sheet) -> None:
    begin, end = ("", "\nwaits") if sheet.narrow else ("thread: ", " waits")
    waits = equal(*(thread(f"{begin}`{call}()`{end}") for call in ("recv", "recv", "recv", "accept")))
    clients, servers, ring = [connected() for _ in CLIENTS], [connected() for _ in CLIENTS], listening()
    rows = [*zip(CLIENTS, clients, servers, waits, strict=False), [None, None, ring, waits[-1]]]
    sheet.put(grid(rows, gap=("near", "wide" if sheet.narrow else "huge", "near"), align=("end", "middle")))
    sheet.frame("**one server process**", *servers, ring, *waits)
    for client, server in zip(clients, servers, strict=True):
        sheet.arrow(client, server, tone="data", tail="arrow")
