from sitebuild.figures import Part, Sheet, column, connected, grid, link, listening, row, text

TITLE = "Five bugs that say nothing, and where they sit"
DESCRIPTION = """
A client and a server, each with a connected socket, drawn as a disc; the line between the discs is dashed, because
nobody is speaking. Beside the server's disc stands a ring, the listening socket. Five numbers mark where the five bugs
of this page sit. In the client: 2, it waits without a limit; 4, it hides its error; 5, two threads read one socket. In
the server: at the disc 1, it never hangs up, and at the ring 3, it listens at one address only.
"""
PAGE = "sockets/more-bug-hunts.md"
BUGS = {
    1: ("never\nhangs up", "the-client-waits-for-an-end-that-never-comes"),
    2: ("waits with\nno limit", "why-does-my-program-hang"),
    3: ("listens at one\naddress only", "it-works-here-but-not-from-outside-the-container"),
    4: ("hides its\nerror", "except-exception-pass-hides-the-error"),
    5: ("two threads,\none socket", "threads-read-each-others-answers"),
}


def draw(sheet: Sheet) -> None:
    bugs = {at: link(words, f"{PAGE}#{to}", number=at, beside=True, small=True) for at, (words, to) in BUGS.items()}
    mine, theirs, ring = connected(), connected(), listening()
    client, server = text("**the client**"), text("**the server**")
    if sheet.wide:
        rows: list[list[Part | None]] = [
            [client, None, None, server],
            [bugs[2], None, None, None],
            [bugs[4], mine, theirs, bugs[1]],
            [bugs[5], None, ring, bugs[3]],
        ]
        sheet.put(grid(rows, gap=("far", "huge", "far"), row_gap="near", align=("start", "middle", "middle", "start")))
    else:
        own = column(client, row(bugs[2], bugs[4], gap="some"), bugs[5], mine)
        sheet.put(own, column(theirs, bugs[1], row(ring, bugs[3]), server), gap="wide")
    sheet.frame("", client, bugs[2], bugs[4], bugs[5], mine)
    sheet.frame("", server, theirs, bugs[1], ring, bugs[3])
    sheet.line(mine, theirs, "silence", dash="dashed")
