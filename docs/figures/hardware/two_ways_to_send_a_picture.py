from sitebuild.figures import Sheet, bar, chart, heading, track

TITLE = "A picture on the wires of HDMI and of DisplayPort"
DESCRIPTION = """
Above, HDMI as it began: one pair of wires carries the red of each dot, one the green, one the blue, dot by dot,
and a fourth pair carries one beat for each dot. Below, DisplayPort: four pairs alike, and on each of them picture,
filling, picture, filling and sound follow one another.
"""
COLOURS = ("red", "green", "blue")
DOTS = range(3)
LANE = (("picture", 0, 3.1), ("fill", 3.2, 4.7), ("picture", 4.8, 7.9), ("fill", 8, 9.5), ("sound", 9.6, 12))


def draw(sheet: Sheet) -> None:
    colours = [track(*(bar(4 * dot, 4 * dot + 4, f"{colour} {dot + 1}") for dot in DOTS)) for colour in COLOURS]
    beat = track(*(bar(4 * dot, 4 * dot + 2, "beat", tone="control") for dot in DOTS))
    lanes = [
        track(*(bar(begin, end, words, tone="data", dashed=words == "fill") for words, begin, end in LANE))
        for _ in range(4)
    ]
    sheet.put(
        chart(
            0,
            12,
            heading("**HDMI, as it began**\na pair for each colour, one for the beat"),
            *colours,
            beat,
            heading("**DisplayPort**\nfour pairs alike, all full of packets"),
            *lanes,
            across=sheet.across,
        )
    )
