from sitebuild.figures import Sheet, box, column, connected, equal, room, row

TITLE = "TLS sits between the program and its socket"
DESCRIPTION = """
Two programs, a client and a server, each above a layer named TLS, which stands above a connected socket, a disc. The
client hands hello to TLS; between the sockets sealed bytes cross the wire; the server's TLS hands hello to
its program.
"""


def draw(sheet: Sheet) -> None:
    client, server = equal(box("client"), box("server"))
    here, there = equal(box("TLS"), box("TLS"))
    near, far = connected(), connected()
    left = column(client, here, near, gap="far")
    right = column(server, there, far, gap="far")
    sheet.put(row(left, right, gap=room("sealed bytes")))
    sheet.arrow(client, here, "hello", tone="data")
    sheet.arrow(here, near, tone="data")
    sheet.arrow(near, far, "sealed bytes", tone="data")
    sheet.arrow(far, there, tone="data")
    sheet.arrow(there, server, "hello", tone="data")
