from collections.abc import Sequence

from sitebuild.figures import Part, Sheet, connected, grid, span, task, text, thread

TITLE = "The same sockets, three ways to wait"
DESCRIPTION = """
Three panels. By threads: three sockets, each with a thread of its own. By selectors: three sockets, and one thread that
waits for all of them in select. By asyncio: three sockets, each with a task of its own, and below the tasks one thread
with the event loop, which waits in select.
"""


def draw(sheet: Sheet) -> None:
    loops = [thread(text("one thread: `select()`", small=True)) for _ in range(2)]
    sockets = [[connected() for _ in range(3)] for _ in range(3)]
    threads = [thread(text("thread", small=True)) for _ in range(3)]
    tasks = [task(text("task", small=True)) for _ in range(3)]
    panels: tuple[tuple[str, list[Sequence[Part]]], ...] = (
        ("**by threads**", [sockets[0], threads]),
        ("**by selectors**", [sockets[1], [None], [span(loops[0], 3)]]),
        ("**by asyncio**", [sockets[2], tasks, [span(loops[1], 3)]]),
    )
    drawn = [grid([[span(name, 3)], *rows], gap="near", row_gap="some") for name, rows in panels]
    sheet.put(sheet.flow(*drawn, gap="far", align="start" if sheet.wide else "middle"))
    for one, waits in zip(sockets[0], threads, strict=True):
        sheet.line(one, waits)
    for one, waits in zip(sockets[2], tasks, strict=True):
        sheet.line(one, waits)
        sheet.line(waits, loops[1])
    for one in sockets[1]:
        sheet.line(one, loops[0])
