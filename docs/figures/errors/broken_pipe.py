from dataclasses import replace

from sitebuild.figures import Sheet, column, connected, ended, ladder, pause, recorded, text
from socktrace.recording import Recording

TITLE = "The first send works, and the next one breaks"
DESCRIPTION = """
You on the left, the other side on the right. The other side closes, and its FIN comes to you. You send hello?, and the
send works: it returns 6 bytes. The other side's kernel answers with RST. Your next send ends in BrokenPipeError, and
nothing of it goes out.
"""
RECORDING = "errors/broken_pipe.py"


def draw(sheet: Sheet, recording: Recording) -> None:
    fin, word, reset = recorded(recording)[3:]
    works, breaks = ("`send`\nworks", "`send`\nbreaks") if sheet.narrow else ("`send` works", "`send`: Broken pipe")
    messages = [
        replace(fin, right=text("`close`", small=True)),
        replace(word, words=text("`hello?`", small=True), left=text(works, small=True)),
        reset,
        pause("", left=breaks),
    ]
    sheet.put(
        ladder(
            column("**you**", connected()),
            column("**the other**" if sheet.narrow else "**the other side**", ended()),
            messages,
            apart=sheet.across * (0.36 if sheet.narrow else 0.48),
        )
    )
