from sitebuild.figures import Sheet, Thing, connected, ended, grid, padded, span, text

TITLE = "A connection closes one direction at a time"
DESCRIPTION = """
Three moments of a connection between your server and a client. First both one-way lanes are open and both ends are
ESTABLISHED. Then the server is done sending: its FIN goes to the client, and no bytes follow it on that lane. The
server is in FIN-WAIT-2, the client in CLOSE-WAIT, and bytes may still flow from the client to the server. Then both
have closed, and the client's FIN has gone to the server. The client is CLOSED, the server is in TIME-WAIT. Both are
drawn as dashed circles.
"""
MOMENTS = (
    ("**1 open**", connected, "`ESTABLISHED`", "`ESTABLISHED`"),
    ("**2 your server is done sending**", connected, "`FIN-WAIT-2`", "`CLOSE-WAIT`"),
    ("**3 both have closed**", ended, "`TIME-WAIT`", "`CLOSED`"),
)


def draw(sheet: Sheet) -> None:
    ends = [(end(), end()) for _, end, *_ in MOMENTS]
    rows: list[list[Thing]] = [[text("**your server**"), text("**a client**")]]
    for (moment, _, *states), pair in zip(MOMENTS, ends, strict=True):
        rows.append([span(padded(moment, down="near"), 2)])
        rows.append([*pair])
        rows.append([text(state, small=True) for state in states])
    sheet.put(grid(rows, gap="wide" if sheet.narrow else "huge", row_gap="near"))
    (server, client), (server_done, client_left), (over, gone) = ends
    sheet.arrow(server, client, tone="data", lane=1)
    sheet.arrow(client, server, tone="data", lane=1)
    sheet.arrow(server_done, client_left, "FIN", tone="end", lane=1)
    sheet.arrow(client_left, server_done, tone="data", lane=1)
    sheet.arrow(gone, over, "FIN", tone="end", lane=1)
