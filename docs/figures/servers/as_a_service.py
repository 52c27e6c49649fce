from sitebuild.figures import Sheet, box, column, connected, equal, listening, port, row, text, thread

TITLE = "The manager holds the door, and servers come and go behind it"
DESCRIPTION = """
A caller's socket, a disc, leads to a ring: the listening socket with port 4712, in the box of the service manager. From
the box an arrow leads to the first server, which has been told to end, and another one to the second server, which
serves. Each gets the ring as descriptor 3, and it stands while they change.
"""


def draw(sheet: Sheet) -> None:
    caller, ring, tag = connected(), listening(), port(4712)
    first, second = equal(thread("first server:\ntold to end"), thread("second server:\nserves on"))
    manager = box(column(row(ring, tag, gap="near"), text("service manager"), gap="near"))
    calls = row(text("caller"), caller, gap="near")
    servers = (row if sheet.narrow else column)(first, second, gap="near")
    order = column if sheet.narrow else row
    sheet.put(order(calls, manager, column(servers, text("each gets it as descriptor 3"), gap="near"), gap="vast"))
    sheet.arrow(caller, ring, tone="data")
    sheet.arrow(manager, first, tone="control")
    sheet.arrow(manager, second, tone="control")
