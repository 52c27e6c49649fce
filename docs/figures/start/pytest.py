from sitebuild.figures import Sheet, box, column, connected, cross, equal, grid, row, text, tick

TITLE = "Three tests, and the one that left a socket open"
DESCRIPTION = """
Three tests run one after the other, and nothing that they assert is wrong. The second has left a socket open, a disc
that is still there when the test is over. With socktrace that test fails, at the line that opened the socket.
"""


def draw(sheet: Sheet) -> None:
    left = connected()
    tests = (("test_joins", tick()), ("test_chats", cross()), ("test_leaves", tick()))
    joins, chats, leaves = equal(*(box(row(text(f"`{name}`"), sign, gap="some")) for name, sign in tests))
    told = column(left, text("still open:\n`test_chat.py:28`", small=True, align="start" if sheet.narrow else "middle"))
    if sheet.narrow:
        sheet.put(grid([[joins, None], [chats, told], [leaves, None]], gap="some", row_gap="far"))
    else:
        sheet.put(grid([[joins, chats, leaves], [None, told, None]], gap="wide", row_gap="far"))
    sheet.chain([joins, chats, leaves])
    sheet.line(chats, left, tone="end")
