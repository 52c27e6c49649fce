from sitebuild.figures import Sheet, column, connected, ladder, message, pause

TITLE = "A proxy gives up a quiet WebSocket"
DESCRIPTION = """
You on the left, a proxy such as nginx on the right. A message goes each way. Then nothing passes for 60 seconds, and
the proxy closes: its FIN comes, with no close frame before it. Your end writes down 1006.
"""


def draw(sheet: Sheet) -> None:
    messages = [
        message("a message", tone="data"),
        message("another", "left", tone="data"),
        pause("60 quiet seconds"),
        message("FIN", "left", tone="end", right="gives up"),
        pause("", left="1006"),
    ]
    apart = sheet.across * (0.5 if sheet.narrow else 0.48)
    sheet.put(ladder(column("**you**", connected()), column("**a proxy**", connected()), messages, apart=apart))
