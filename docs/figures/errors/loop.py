from sitebuild.figures import Sheet, cross, program, task, text

TITLE = "Outside the loop there is nobody to run your code"
DESCRIPTION = """
In the middle asyncio.run with its loop, and in it three tasks. Before it a call of yours meets a cross: no running
event loop. After it another one: Event loop is closed.
"""


def draw(sheet: Sheet) -> None:
    early, late = cross(), cross()
    before = text("too early:\nno running event loop")
    after = text("too late:\nEvent loop is closed")
    tasks = [task(text(f"`{name}`")) for name in ("main()", "serve()", "ping()")]
    loop = program("the loop of `asyncio.run()`", *tasks)
    sheet.put(sheet.flow(before, early, loop, late, after, gap="some"))
