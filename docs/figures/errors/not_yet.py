from dataclasses import replace

from sitebuild.figures import Sheet, column, connected, ladder, pause, recorded, text
from socktrace.recording import Recording

TITLE = "Not yet, then ready"
DESCRIPTION = """
You on the left, the other side on the right, connected. You call recv without waiting: nothing has come, and it raises
BlockingIOError. You wait with select. The other side sends three bytes, now; select returns, and recv returns the
bytes.
"""
RECORDING = "errors/not_yet.py"


def draw(sheet: Sheet, recording: Recording) -> None:
    word = recorded(recording)[3]
    early = "`recv`:\nnot yet" if sheet.narrow else "`recv`: temporarily unavailable"
    messages = [
        pause("", left=early),
        pause("", left="`select` waits"),
        replace(word, right=text("`sendall`", small=True)),
        pause("", left="`recv` → `now`"),
    ]
    sheet.put(
        ladder(
            column("**you**", connected()),
            column("**the other**", connected()),
            messages,
            apart=sheet.across * (0.36 if sheet.narrow else 0.48),
        )
    )
