from sitebuild.figures import Sheet, box, connected, cross, kernel, text

TITLE = "Python says no before the kernel is asked"
DESCRIPTION = """
Your line, send of the text hello, leads to Python, and a cross stands behind that: TypeError. The kernel with its
connected socket stands further on; no line leads there.
"""


def draw(sheet: Sheet) -> None:
    line, wrong = box(text('`sock.send("hello")`')), cross()
    python = box(text("**Python** wants bytes:\nTypeError"), lit=True)
    sheet.put(sheet.flow(line, python, wrong, kernel(connected()), gap="some" if sheet.narrow else "far"))
    sheet.arrow(line, python, tone="data")
    sheet.line(python, wrong)
