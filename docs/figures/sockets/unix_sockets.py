from sitebuild.figures import Sheet, address, box, column, connected, grid, listening, padded, span, text

TITLE = "Two programs meet at a path"
DESCRIPTION = """
One host. A server and a client are two programs. In the kernel the server has a listening socket, drawn as a ring,
which is bound to the path /run/door in the file system. The client finds it by that path. The kernel then joins two
connected sockets, drawn as discs, one for each program, and bytes go between them. Below, the network interface is not
used: there is no IP address, no port and no packet.
"""


def draw(sheet: Sheet) -> None:
    client, server = box("**client**", tone="control"), box(padded("**server**", "some"), tone="control")
    mine, theirs, ring, path = connected(), connected(), listening(), address("/run/door")
    unused = box(text("network interface: not used\nno IP address, no port, no packet", small=True), tone="muted")
    place = column(path, text("in the file system", small=True), gap="tight")
    reach = "far" if sheet.narrow else "huge"
    top = [[client, span(server, 2)], [mine, theirs, ring]]
    if sheet.wide:
        sheet.put(grid([*top, [unused, span(place, 2)]], gap=(reach, "some"), row_gap="far"))
    else:
        sheet.put(grid([*top, [None, span(place, 2)]], gap=(reach, "some"), row_gap="far"), unused)
    inside = sheet.frame("kernel", mine, theirs, ring, align="start")
    sheet.line(client, mine)
    sheet.line(server, theirs)
    sheet.line(server, ring)
    sheet.line(mine, theirs, "bytes" if sheet.narrow else "bytes, inside the kernel", tone="data")
    sheet.line(ring, path, tone="listener")
    sheet.frame("**one host**", client, server, inside, place, unused, thick=True)
