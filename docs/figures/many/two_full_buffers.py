from sitebuild.figures import Sheet, box, buffer, column, grid, text

TITLE = "Backpressure: two full buffers between a sender and a reader"
DESCRIPTION = """
Your program calls send(). Its bytes lie in two buffers on the way to the other program: the send buffer in your kernel
and the receive buffer in the other one. Both are full. The other program reads slowly, so a bar stops the arrow from
your send buffer, and another one the arrow from your program: send() waits.
"""


def draw(sheet: Sheet) -> None:
    yours = box(text("`send()`\nwaits", small=True), thick=True)
    theirs = box(text("reads\nslowly", small=True), thick=True)
    out, into = buffer(4, of=4), buffer(4, of=4)
    send, receive = text("send buffer", small=True), text("receive buffer", small=True)
    first, second = column(send, out), column(receive, into)
    if sheet.narrow:
        sheet.put(column(yours, out, gap="far"), column(into, theirs, gap="far"), gap="vast")
        sheet.note(send, out, "right")
        sheet.note(receive, into, "right")
    else:
        sheet.put(grid([[yours, first, second, theirs]], gap=("wide", "vast", "wide")))
    sheet.frame("**you**", yours, send, out, align="end" if sheet.narrow else "middle")
    sheet.frame("**the other end**", receive, into, theirs, align="end" if sheet.narrow else "middle")
    sheet.arrow(yours, out, tone="data", head="stop")
    sheet.arrow(out, into, "no room" if sheet.wide else "", tone="data", head="stop")
    sheet.arrow(into, theirs, tone="data")
