from sitebuild.figures import Sheet, connected, grid, listening, text

TITLE = "One thread asks which sockets are ready"
DESCRIPTION = """
A server has a listening socket and three connected sockets. A client calls at the listening socket, bytes have arrived
at Ann's socket, nothing at Ben's, and Cem has closed. The one thread waits in select, which names three of the four:
the listening socket, Ann's and Cem's.
"""
SOCKETS = (
    ("a client calls", listening, "readable", "accept()"),
    ("Ann: bytes came", connected, "readable", "recv()"),
    ("Ben: nothing", connected, "not named", ""),
    ("Cem: closed", connected, "readable", "recv()"),
)


def draw(sheet: Sheet) -> None:
    signs = [sign() for _, sign, *_ in SOCKETS]
    between = "\n" if sheet.narrow else " "
    said = [text(f"{word}:{between}`{call}`" if call else word, small=sheet.narrow) for *_, word, call in SOCKETS]
    rows = [
        [text(came.replace(": ", ":\n") if sheet.narrow else came), sign, word]
        for (came, *_), sign, word in zip(SOCKETS, signs, said, strict=True)
    ]
    far = "wide" if sheet.narrow else "vast"
    sheet.put(grid(rows, gap=("near", far), align=("end", "middle", "middle")))
    thread = sheet.frame("**one thread**" if sheet.narrow else "**one thread** in `select()`", *said, dashed=True)
    for sign, (*_, call) in zip(signs, SOCKETS, strict=True):
        if call:
            sheet.arrow(sign, thread, tone="data")
