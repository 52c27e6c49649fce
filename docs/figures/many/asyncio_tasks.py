from sitebuild.figures import Part, Sheet, box, connected, equal, grid, task, text
from socktrace.recording import Recording

TITLE = "What happens when a waiting task is cancelled"
DESCRIPTION = """
A task says hello and waits at await reader.read. Another task calls cancel. The await raises CancelledError, the
finally block runs and closes the stream, and a FIN goes to the server, which reads the end.
"""
RECORDING = "many/cancelled_task_still_closes.py"


def draw(sheet: Sheet, recording: Recording) -> None:
    said = next(packet.data for packet in recording.packets if packet.size)
    writes, waits, fails, closes = equal(
        box(f"`write({said})`", tone="control"),
        task("`await read()`"),
        box("`CancelledError`", tone="end"),
        box(text("`finally: close()`", small=sheet.narrow), tone="control"),
        only="width",
    )
    server, reads = connected(), text("reads `b''`")
    rows: list[list[Part]] = [
        ["**a client's task**", "**server**"],
        [writes, server],
        [waits],
        [fails],
        [closes, reads],
    ]
    sheet.put(grid(rows, gap="wide" if sheet.narrow else "huge", row_gap="some"))
    sheet.line(writes, waits)
    sheet.line(waits, fails, "**cancel()**")
    sheet.line(fails, closes)
    sheet.line(server, reads)
    sheet.arrow(writes, server, said, tone="data")
    sheet.arrow(closes, reads, "FIN", tone="end")
