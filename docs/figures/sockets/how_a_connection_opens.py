from sitebuild.figures import (
    Sheet,
    box,
    column,
    connected,
    equal,
    ladder,
    listening,
    pause,
    recorded,
    row,
    socket,
    text,
)
from socktrace.recording import Recording

TITLE = "A connection opens, and waits to be accepted"
DESCRIPTION = """
On the left the client goes from CLOSED to SYN-SENT to ESTABLISHED. On the right the server's kernel, with a listening
socket in LISTEN and two queues. The client's SYN makes an entry in the SYN queue, in state SYN-RECEIVED. The kernel
answers SYN and ACK. The client's ACK moves the entry to the accept queue, in state ESTABLISHED. Only then does the
program take part: accept() takes the connection from the accept queue and returns a connected socket.
"""
RECORDING = "sockets/states_of_opening.py"


def draw(sheet: Sheet, recording: Recording) -> None:
    shake = [pause("", left="`CLOSED`", right="`LISTEN`"), *recorded(recording, states=True)[:3]]
    wire = ladder("**client**", "**server**", shake, apart="wide" if sheet.narrow else "vast")
    ring = row(listening(), text("**listening socket**", small=True))
    queues = [
        box(
            row(socket(), text("**SYN queue**\nuntil the ACK has come;\nlimit: the backlog", small=True)),
            tone="socket",
            dashed=True,
            align="start",
        ),
        box(row(connected(), text("**accept queue**\nlimit: the backlog", small=True)), tone="socket", align="start"),
        box(row(connected(), text("**connected socket**\nof the program", small=True)), tone="control", align="start"),
    ]
    waits, done, mine = equal(*queues, only="width")
    kernel = column(column(ring, waits, done, gap="far"), mine, gap="wide")
    sheet.put(sheet.flow(wire, kernel, gap="wide", align="middle" if sheet.narrow else "start"))
    sheet.frame("**the server's kernel**", ring, waits, done)
    sheet.arrow(waits, done, "the ACK", leave="bottom", arrive="top", by="start")
    sheet.arrow(done, mine, "`accept()`", tone="socket", leave="bottom", arrive="top", by="start", at=0.6)
