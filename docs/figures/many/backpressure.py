from typing import Literal

from sitebuild.figures import Sheet, Thing, box, buffer, column, grid, span, text

TITLE = "Two programs, four full buffers"
DESCRIPTION = """
A ring of two programs and four buffers. Each program is inside sendall and does not read. Each has two buffers in its
kernel, one to send and one to receive, and all four are full. A bar stops each arrow: from the program to its send
buffer, and from there to the receive buffer of the other side. Dotted lines from the receive buffers to the programs
show the reading that does not happen.
"""


def draw(sheet: Sheet) -> None:
    client, server = (box(text("in `sendall()`\ndoes not read", small=True), thick=True) for _ in range(2))
    places = 4 if sheet.narrow else 6
    out, their_in, their_out, back = (buffer(places, of=places) for _ in range(4))
    if sheet.narrow:
        mine, theirs = (
            text(f"← {left} buffer\n{right} buffer →", small=True)
            for left, right in (("send", "receive"), ("receive", "send"))
        )
        sheet.put(grid([[span(client, 3)], [out, mine, back]], gap="near", row_gap="far"))
        sheet.put(grid([[their_in, theirs, their_out], [span(server, 3)]], gap="near", row_gap="far"), gap="vast")
        sheet.frame("**client**", client, out, mine, back, pad="near")
        sheet.frame("**server**", server, their_in, theirs, their_out, pad="near")
    else:
        send, receive, send_back, receive_back = (
            text(f"{does} buffer", small=True) for does in ("send", "receive") * 2
        )
        above = column(send, out), column(receive, their_in)
        below = column(back, receive_back), column(their_out, send_back)
        sheet.put(grid([above, [client, server], below], gap="huge", row_gap="far"))
        sheet.frame("**client**", client, send, receive_back)
        sheet.frame("**server**", server, receive, send_back)
    ways: list[tuple[Thing, Thing, Thing, Thing, Literal["first", "second"]]] = [
        (client, out, their_in, server, "first"),
        (server, their_out, back, client, "second" if sheet.narrow else "first"),
    ]
    for program, own, other, reader, side in ways:
        sheet.arrow(program, own, tone="data", head="stop")
        sheet.arrow(own, other, "no room", tone="data", head="stop", side=side)
        sheet.line(other, reader, dash="dotted", tone="plain")
