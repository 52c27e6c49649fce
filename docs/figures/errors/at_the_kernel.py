from sitebuild.figures import Sheet, cross, datagram, grid, text

TITLE = "Your own kernel says no, and nothing leaves"
DESCRIPTION = """
Two datagrams on their way to the kernel, and each meets a cross there. One has 65,508 bytes: Message too long. The
other has nobody's address: Destination address required.
"""


def draw(sheet: Sheet) -> None:
    sent = [datagram("65,508 B"), datagram("to: ?")]
    met = [cross(), cross()]
    said = ["Message\ntoo long", "Destination\naddress\nrequired"]
    if sheet.wide:
        said = [words.replace("\n", " ") for words in said]
    heads = [text(words, small=True) for words in ("you send", "your kernel", "it says")]
    rows = zip(sent, met, [text(words, align="start") for words in said], strict=True)
    gap = "near" if sheet.narrow else "wide"
    sheet.put(grid([heads, *rows], gap=gap, row_gap="some", align=("middle", "middle", "start")))
    for one, no in zip(sent, met, strict=True):
        sheet.arrow(one, no, tone="data")
