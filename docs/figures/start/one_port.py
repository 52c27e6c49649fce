from sitebuild.figures import Sheet, connected, grid, listening, port, row, text

TITLE = "In place of the docking station: one port, many connections"
DESCRIPTION = """
A server with one port number, 8080, on a tag. Behind the tag stand a ring, the listening socket, and three discs. Each
disc is joined to the disc of one client.
"""


def draw(sheet: Sheet) -> None:
    tag, ring = port(8080), listening()
    servers, clients = [connected() for _ in range(3)], [connected() for _ in range(3)]
    names = [text(name, small=True) for name in ("a client", "another", "and another")]
    rows = zip(servers, clients, names, strict=True)
    near, far = ("far", "far") if sheet.narrow else ("wide", "huge")
    sheet.put(row(tag, grid([[ring], *rows], gap=(far, "near"), align=("middle", "middle", "start")), gap=near))
    for one in (ring, *servers):
        sheet.line(tag, one, tone="plain")
    for server, client in zip(servers, clients, strict=True):
        sheet.line(server, client, tone="data")
    sheet.frame("", tag, ring, *servers)
    sheet.note(text("the listening socket waits", small=True, wrap=sheet.narrow and 14), ring, gap="far")
