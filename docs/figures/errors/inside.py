from sitebuild.figures import Sheet, box, cross, text

TITLE = "Who was told, and who only heard that it failed"
DESCRIPTION = """
Your program, an arrow to somebody in between, a library, a driver or a proxy, and an arrow from there to the server,
with a cross on it. The one in between has the reason, Connection refused. Your program hears only that it failed: Max
retries exceeded, fetch failed, 502 Bad Gateway.
"""


def draw(sheet: Sheet) -> None:
    yours = box(text("**your program**\nhears: it failed"))
    between = box(text("**library, driver or proxy**\nknows: Connection refused"), lit=True)
    server, failed = box(text("**the server**")), cross()
    sheet.put(sheet.flow(yours, between, failed, server, gap="far"))
    sheet.arrow(yours, between, tone="control")
    sheet.line(between, failed)
    sheet.line(failed, server)
