from typing import Literal

from sitebuild.figures import Part, Sheet, Thing, box, equal, grid, room, span, text

TITLE = "The eleven states of TCP and what leads from one to the next"
DESCRIPTION = """
From CLOSED, which stands for no connection, two ways lead down to ESTABLISHED. The server's: listen() leads to LISTEN,
and a SYN that comes is answered by SYN-ACK and leads to SYN-RECEIVED, from where the ACK for it leads on. The client's:
connect() sends a SYN and leads to SYN-SENT, from where a SYN-ACK, answered by ACK, leads on. If two SYNs cross,
SYN-SENT leads to SYN-RECEIVED. From ESTABLISHED two ways lead on. Whoever closes first sends a FIN: FIN-WAIT-1, then by
its ACK FIN-WAIT-2, and by the other end's FIN TIME-WAIT. If the other end's FIN comes before the ACK, CLOSING lies
between; if both come in one packet, TIME-WAIT follows at once. After a while TIME-WAIT becomes CLOSED. Whoever gets a
FIN first is in CLOSE-WAIT; close() sends its own FIN and leads to LAST-ACK, and the ACK for that to CLOSED.
"""
NAMES = (
    "CLOSED", "LISTEN", "SYN-SENT", "SYN-RECEIVED", "ESTABLISHED",
    "FIN-WAIT-1", "FIN-WAIT-2", "CLOSING", "TIME-WAIT", "CLOSE-WAIT", "LAST-ACK",
)  # fmt: skip


def draw(sheet: Sheet) -> None:
    hyphen = "-" if sheet.wide else "-`\n`"
    cards = [box(text(f"`{name.replace('-', hyphen, 1)}`", small=True)) for name in (*NAMES, "CLOSED")]
    if sheet.wide:
        cards = equal(*cards, only="width")
    closed, listen, sent, received, established, wait_1, wait_2, closing, time_wait, close_wait, last_ack, over = cards
    rows: list[list[Part | None]] = [
        [span(closed, 3)],
        [listen, None, None],
        [received, None, sent],
        [span(established, 3)],
        [wait_1, None, close_wait],
        [wait_2, closing, last_ack],
        [time_wait, None, over],
    ]
    gap = "some" if sheet.narrow else room("SYN in, SYN-ACK")
    sheet.put(grid(rows, gap=gap, row_gap="wide" if sheet.narrow else "vast"))
    steps: tuple[tuple[Thing, Thing, str, Literal["first", "second"]], ...] = (
        (closed, listen, "`listen()`", "first"),
        (closed, sent, "`connect()`, SYN out", "first"),
        (listen, received, "SYN in, SYN-ACK out", "first"),
        (sent, received, "SYN in, SYN-ACK out", "first"),
        (received, established, "ACK in", "second"),
        (sent, established, "SYN-ACK in,\nACK out", "second"),
        (established, wait_1, "`close()`,\nFIN out", "first"),
        (established, close_wait, "FIN in,\nACK out", "first"),
        (wait_1, wait_2, "ACK in", "second"),
        (wait_1, closing, "FIN in, ACK out", "first"),
        (wait_2, time_wait, "FIN in,\nACK out", "second"),
        (closing, time_wait, "ACK in", "first"),
        (close_wait, last_ack, "`close()`,\nFIN out", "first"),
        (last_ack, over, "ACK in", "first"),
        (time_wait, over, "a while later", "first"),
    )
    for begin, end, happens, side in steps:
        label = text(happens, small=True) if sheet.wide else ""
        sheet.arrow(begin, end, label, tone="end" if "FIN" in happens else "control", side=side)
