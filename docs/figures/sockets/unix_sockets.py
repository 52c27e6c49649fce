from sitebuild.figures import Part, Sheet, address, box, column, connected, grid, listening, padded, span, text

TITLE = "Two programs meet at a path"
DESCRIPTION = """
One host. A server and a client are two programs. In the kernel the server has a listening socket, drawn as a ring,
which is bound to the path /run/door in the file system. The client finds it by that path. The kernel then joins two
connected sockets, drawn as discs, one for each program, and bytes go between them. Below, the network interface is not
used: there is no IP address, no port and no packet.
"""


def draw(sheet: Sheet) -> None:
    client, server = box("**client**", tone="control"), box(padded("**server**", "some"), tone="control")
    mine, theirs, ring = connected(), connected(), listening()
    path = address("/run/door")
    place = column(path, text("in the file system", small=True), gap="tight")
    unused = box(text("network interface: not used\nno IP address, no port, no packet", small=True), tone="muted")
    rows: list[list[Part]] = [
        [client, span(server, 2)],
        [mine, theirs, ring],
        [None if sheet.narrow else unused, span(place, 2)],
    ]
    sheet.put(grid(rows, gap=("wide" if sheet.narrow else "vast", "far"), row_gap="wide" if sheet.narrow else "far"))
    says, notes = "bytes, inside the kernel", []
    if sheet.narrow:
        notes = [text(says, small=True)]
        sheet.note(notes[0], mine, "bottom", align="start")
        sheet.put(unused)
    inside = sheet.frame("", mine, theirs, ring, *notes)
    sheet.line(client, mine)
    sheet.line(server, theirs)
    sheet.line(server, ring)
    sheet.line(mine, theirs, "" if sheet.narrow else says, tone="data")
    sheet.line(ring, path, tone="listener")
    sheet.frame("**one host**", client, server, inside, place, unused, thick=True)
