from sitebuild.figures import Part, Sheet, column, connected, grid, link, listening, row, text

TITLE = "Five bugs on the way from one program to another"
DESCRIPTION = """
Two programs, one that sends and one that reads, each with a connected socket, drawn as a disc. Bytes travel from disc
to disc. Beside the reader's disc stands a ring, the listening socket. Five numbers mark where the five bugs of this
page sit. At the one that sends: 3, a string in place of bytes, and 2, send() takes only a part. At the one that reads:
1, recv() gives only a part; 5, b'' again and again; and at the ring 4, the wrong socket.
"""
PAGE = "sockets/bug-hunts.md"
BUGS = {
    1: ("recv() gives\nonly a part", "recv-returns-only-part-of-the-message"),
    2: ("send() takes\nonly a part", "send-sends-only-a-part"),
    3: ("a string,\nnot bytes", "typeerror-a-bytes-like-object-is-required-not-str"),
    4: ("the wrong\nsocket", "oserror-errno-107-transport-endpoint-is-not-connected"),
    5: ("b'' again\nand again", "recv-returns-b-again-and-again"),
}


def draw(sheet: Sheet) -> None:
    bugs = {at: link(words, f"{PAGE}#{to}", number=at, beside=True, small=True) for at, (words, to) in BUGS.items()}
    mine, theirs, ring = connected(), connected(), listening()
    sends, reads = text("**one program sends**"), text("**another reads**")
    if sheet.wide:
        left, right = column(bugs[3], bugs[2], align="start"), column(bugs[1], bugs[5], align="start")
        rows: list[list[Part | None]] = [
            [sends, None, None, reads],
            [left, mine, theirs, right],
            [None, None, ring, bugs[4]],
        ]
        sheet.put(
            grid(
                rows, gap=("far", "huge", "far"), row_gap=("near", "some"), align=("start", "middle", "middle", "start")
            )
        )
    else:
        left, right = row(bugs[3], bugs[2], gap="some"), row(bugs[1], bugs[5], gap="some")
        last = row(ring, bugs[4])
        sheet.put(column(sends, left, mine), column(theirs, right, last, reads), gap="wide")
    sheet.frame("", sends, left, mine)
    sheet.frame("", reads, right, theirs, ring, bugs[4])
    sheet.arrow(mine, theirs, "bytes", tone="data")
