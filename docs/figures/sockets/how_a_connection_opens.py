from collections.abc import Iterator
from dataclasses import replace

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
from sitebuild.figures.ladder import Message
from socktrace.recording import Recording

TITLE = "A connection opens, and waits to be accepted"
DESCRIPTION = """
On the left the client goes from CLOSED to SYN-SENT to ESTABLISHED. On the right the server's kernel, with a listening
socket in LISTEN and two queues. The client's SYN makes an entry in the SYN queue, in state SYN-RECEIVED. The kernel
answers SYN and ACK; that makes the client ESTABLISHED, sends its ACK, and connect() returns. The ACK moves the entry
to the accept queue, in state ESTABLISHED. Only then does the program take part: accept() takes the connection from
the accept queue and returns a connected socket.
"""
RECORDING = "sockets/states_of_opening.py"


def draw(sheet: Sheet, recording: Recording) -> None:
    syn, answer, ack = (list(settled(one)) for one in recorded(recording, states=True)[:3])
    if sheet.narrow:
        answer[0] = replace(answer[0], words=text("SYN,\nACK", small=True))
    returns = "`connect()`\nreturns" if sheet.narrow else "`connect()` returns"
    ack[-1] = replace(pause("", left=returns), right=ack[-1].right)
    shake = [pause("", left="`CLOSED`", right="`LISTEN`"), *syn, *answer, *ack]
    wire = ladder("**client**", "**server**", shake, apart="wide" if sheet.narrow else "vast")
    ring = row(listening(), text("**listening socket**\nhas two queues", small=True))
    queues = [
        box(
            row(socket(), text("**SYN queue**\nfrom the SYN to the ACK", small=True)),
            tone="socket",
            dashed=True,
            align="start",
        ),
        box(
            row(connected(), text("**accept queue**\nfrom the ACK to `accept()`", small=True)),
            tone="socket",
            align="start",
        ),
        box(
            row(connected(), text("**your program**\nhas a connected socket", small=True)),
            tone="control",
            align="start",
        ),
    ]
    waits, done, mine = equal(*queues, only="width")
    kernel = column(column(ring, waits, done, gap="far"), mine, gap="wide")
    sheet.put(sheet.flow(wire, kernel, gap="wide", align="middle" if sheet.narrow else "start"))
    sheet.frame("**the server's kernel**", ring, waits, done)
    sheet.arrow(waits, done, "the ACK", leave="bottom", arrive="top", by="start")
    sheet.arrow(done, mine, "`accept()`", tone="socket", leave="bottom", arrive="top", by="start", at=0.6)


def settled(one: Message) -> Iterator[Message]:
    """Yield a packet, and below it the state that it leads to where it arrives."""
    if one.to == "right":
        yield replace(one, right=None)
        yield replace(pause(""), right=one.right)
    else:
        yield replace(one, left=None)
        yield replace(pause(""), left=one.left)
