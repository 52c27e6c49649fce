from dataclasses import replace

from sitebuild.figures import Sheet, column, connected, ended, ladder, pause, recorded, text
from socktrace.recording import Recording

TITLE = "A question, and no answer but goodbye"
DESCRIPTION = """
You on the left, the server on the right. Your question, GET /, goes to the server. The server closes: its FIN comes to
you, and no byte before it. Your library waited for an answer, reads the end of the stream, and raises
RemoteDisconnected.
"""
RECORDING = "errors/closed_without_an_answer.py"


def draw(sheet: Sheet, recording: Recording) -> None:
    question, fin = recorded(recording)[3:5]
    messages = [
        replace(question, words=text("`GET /`", small=True), right=text("reads it", small=True)),
        replace(fin, right=text("`close`", small=True)),
        pause("", left="reads `b''`" if sheet.narrow else "reads `b''`, the end"),
    ]
    sheet.put(
        ladder(
            column("**you**", connected()),
            column("**the server**", ended()),
            messages,
            apart=sheet.across * (0.36 if sheet.narrow else 0.48),
        )
    )
