from sitebuild.figures import Part, Sheet, box, equal, grid, socket, text

TITLE = "Where a datagram gets lost"
DESCRIPTION = """
Two UDP sockets, drawn as diamonds, a sender's and a reader's. Between them a datagram passes three places, and at each
it may go astray. On the road it may be lost, or cut in pieces of which one is lost. At the door nobody may have the
port. In the buffer there may be no room. Only what passes all three is read.
"""
PLACES = {
    "the road": "a packet or a\nfragment is lost",
    "the door": "nobody has\nthis port",
    "the buffer": "no room: the reader\nis too slow",
}


def draw(sheet: Sheet) -> None:
    sender, reader = socket(), socket()
    places = equal(*(box(f"**{name}**") for name in PLACES))
    losses = [text(words, small=True) for words in PLACES.values()]
    if sheet.narrow:
        middle = zip(places, losses, strict=True)
        rows: list[tuple[Part, Part]] = [(sender, "sender"), *middle, (reader, "reader")]
        sheet.put(grid(rows, gap="far", row_gap="far"))
    else:
        names = [text("sender", small=True), *losses, text("reader", small=True)]
        sheet.put(grid([[sender, *places, reader], names], gap="wide", row_gap="far"))
    sheet.chain([sender, *places, reader], tone="data")
    for place, loss in zip(places, losses, strict=True):
        sheet.arrow(place, loss, tone="end")
