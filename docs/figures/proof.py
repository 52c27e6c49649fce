from sitebuild.figures import Sheet, box, column, equal, row

TITLE = "How a program becomes a page"
DESCRIPTION = """
A program runs in an empty network. Two witnesses watch: the calls witness inside the process, the packets witness on
the loopback interface. Both write into one recording. The verdict judges the recording. Only then is it drawn on the
page.
"""


def draw(sheet: Sheet) -> None:
    program, recording, verdict, page = (
        box(f"**{name}**") for name in ("a program", "a recording", "the verdict", "the page")
    )
    between = "**\n**" if sheet.narrow else " "
    witnesses = equal(
        box(f"**calls{between}witness**\nin its process"), box(f"**packets{between}witness**\non the loopback")
    )
    both = row(*witnesses, gap="some") if sheet.narrow else column(*witnesses, gap="some")
    sheet.put(sheet.flow(program, both, recording, verdict, page, gap="far"))
    for witness in witnesses:
        sheet.arrow(program, witness)
        sheet.arrow(witness, recording)
    sheet.chain([recording, verdict, page])
