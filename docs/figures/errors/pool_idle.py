from sitebuild.figures import Sheet, column, connected, ladder, message, pause

TITLE = "A pool lends a connection that has ended"
DESCRIPTION = """
Your pool on the left, the database on the right. A query goes out and rows come back. Then nothing passes for a long
while, and somebody cuts: a FIN comes to your pool, and nobody reads it. Your program borrows the connection and sends
its next query: that one fails.
"""


def draw(sheet: Sheet) -> None:
    messages = [
        message("a query", tone="data"),
        message("rows", "left", tone="data"),
        pause("a long pause"),
        message("FIN", "left", tone="end", right="cut"),
        message("the next query", tone="data", left="fails"),
    ]
    apart = sheet.across * (0.45 if sheet.narrow else 0.6)
    heads = column("**your pool**", connected()), column("**database**", connected())
    sheet.put(ladder(*heads, messages, apart=apart))
