from sitebuild.figures import Sheet, arrival, bar, chart, heading, stop, ticks, track

TITLE = "A timeout for each call, and a deadline for the whole"
DESCRIPTION = """
One byte arrives after 0.8 seconds and another after 1.6. With a timeout of 1.2 seconds for each recv, the first recv
waits 0.8 seconds, the second waits 0.8 seconds, and both bytes are read after 1.6 seconds. With a deadline of 1.2
seconds for the whole, the first recv waits 0.8 seconds, the second has 0.4 seconds left and ends in TimeoutError at
1.2 seconds.
"""


def draw(sheet: Sheet) -> None:
    sheet.put(
        chart(
            0,
            2,
            heading("what arrives"),
            track(arrival(0.8, "**o**"), arrival(1.6, "**k**")),
            heading("**timeout: 1.2 s for each recv**"),
            track(bar(0, 0.8, "recv → o"), bar(0.8, 1.2, dashed=True)),
            track(bar(0.8, 1.6, "recv → k"), bar(1.6, 2, dashed=True)),
            heading("**deadline: 1.2 s for the whole**"),
            track(bar(0, 0.8, "recv → o"), bar(0.8, 1.2, "recv"), stop(1.2, "**TimeoutError**")),
            ticks(0, 0.4, 0.8, 1.2, 1.6, 2, unit="s"),
            across=sheet.across,
        )
    )
