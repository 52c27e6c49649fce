from sitebuild.figures import Sheet, Tone, box, column, equal, text

TITLE = "What socktrace run tells you about a program"
DESCRIPTION = """
A program goes into the command socktrace run. Out come four things: what it printed, and only you know if that's right;
its sockets, each with the line that opened and the line that closed it; its calls and packets, which show who is
waiting and for what; and the faults, each with its line and its cure.
"""
TOLD: dict[str, tuple[str, Tone]] = {
    "what it printed": ("only you know if it's right", "plain"),
    "its sockets, line by line": ("opened here, closed there", "socket"),
    "calls and packets": ("who is waiting, for what", "data"),
    "the faults": ("each with its line and cure", "end"),
}


def draw(sheet: Sheet) -> None:
    yours, run = equal(box("**your program**", thick=True), box("`socktrace run`", thick=True))
    told = equal(*(box(text(f"**{what}**\n{says}", small=True), tone=tone) for what, (says, tone) in TOLD.items()))
    report = box(column(*told), tone="control")
    sheet.put(sheet.flow(yours, run, report, gap="far" if sheet.narrow else "wide"))
    sheet.chain([yours, run, report])
