from sitebuild.figures import Sheet, bar, chart, heading, ticks, track

TITLE = "HDMI cables by name, and what each carries"
DESCRIPTION = """
Four bars to one scale, in thousand million bits a second. A High Speed cable carries 10.2, enough for 4K at 30 pictures
a second. Premium High Speed carries 18, for 4K at 60. Ultra High Speed carries 48, for 4K at 120. Ultra96 carries 96,
for 4K at 240.
"""


def draw(sheet: Sheet) -> None:
    sheet.put(
        chart(
            0,
            96,
            heading("**High Speed**: 4K at 30 Hz"),
            track(bar(0, 10.2)),
            heading("**Premium High Speed**: 4K at 60 Hz"),
            track(bar(0, 18)),
            heading("**Ultra High Speed**: 4K at 120 Hz"),
            track(bar(0, 48, tone="data")),
            heading("**Ultra96**: 4K at 240 Hz"),
            track(bar(0, 96)),
            ticks(0, 10, 18, 48, (96, "96 Gbit/s")),
            across=sheet.across,
        )
    )
