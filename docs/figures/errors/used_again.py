from sitebuild.figures import Sheet, column, ended, ladder, message, pause, socket

TITLE = "A second connect on a socket that was refused"
DESCRIPTION = """
You on the left, a port where nobody listens on the right. Your connect sends SYN, RST comes back, and connect says
Connection refused. You call connect again on the same socket: no packet leaves, and your own kernel says Software
caused connection abort.
"""


def draw(sheet: Sheet) -> None:
    refused, aborted = (
        ("`connect`:\nrefused", "again:\naborted") if sheet.narrow else ("refused", "`connect` again: aborted")
    )
    messages = [
        message("SYN", left="`connect`"),
        message("RST", "left", tone="end", left=refused),
        pause("nothing leaves", left=aborted),
    ]
    nobody = column("**nobody**" if sheet.narrow else "**nobody listens**", ended())
    apart = sheet.across * (0.36 if sheet.narrow else 0.48)
    sheet.put(ladder(column("**you**", socket()), nobody, messages, apart=apart))
