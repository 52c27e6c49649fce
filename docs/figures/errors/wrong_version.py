from sitebuild.figures import Sheet, column, connected, ladder, message, pause

TITLE = "TLS asks, and plain HTTP answers"
DESCRIPTION = """
You on the left, on the right a port that speaks plain HTTP. You begin with TLS's first message, ClientHello. What comes
back is text, HTTP/1.1 and so on. Your TLS reads its first bytes as a version, and says: wrong version number.
"""


def draw(sheet: Sheet) -> None:
    messages = [
        message("`ClientHello`"),
        message("`HTTP/1.1 ...`", "left", tone="data"),
        pause("", left="wrong\nversion" if sheet.narrow else "wrong version number"),
    ]
    apart = sheet.across * (0.45 if sheet.narrow else 0.48)
    heads = column("**you**", connected()), column("**plain HTTP**", connected())
    sheet.put(ladder(*heads, messages, apart=apart))
