from sitebuild.figures import Sheet, column, connected, ended, packet, row, text

TITLE = "A goodbye and an abort"
DESCRIPTION = """
Two moments. With FIN, the lane from A to B is closed at its beginning, the bytes that are on their way still arrive,
and then B reads the end of the stream. The lane from B to A stays open, and carries bytes. With RST, both lanes are cut
at once, what A still had to send is thrown away, and B gets an error; both ends are drawn as dashed circles, because
the connection is over.
"""


def draw(sheet: Sheet) -> None:
    far = "wide" if sheet.narrow else "vast"
    a, b = connected("A"), connected("B")
    last, more = packet("bye"), packet("more")
    sheet.put("**A ends with FIN: a goodbye**")
    sheet.put(row(a, column(last, more, gap="none"), b, gap=far))
    sheet.put(text("B reads the bytes, then `b''`, the end", small=True))
    sheet.arrow(a, last, "FIN", tone="end", head="bar", reach=0.6)
    sheet.arrow(last, b, tone="data")
    sheet.line(b, more, tone="data")
    sheet.arrow(more, a, tone="data")
    a, b, word = ended("A"), ended("B"), text("**RST**")
    sheet.put("**A ends with RST: an abort**", gap="far")
    sheet.put(row(a, word, b, gap=far))
    sheet.put(text("B gets an error, unsent bytes are lost", small=True))
    for end in (a, b):
        for lane in (1, -1):
            sheet.arrow(end, word, tone="end", head="bar", lane=lane, reach=0.6)
