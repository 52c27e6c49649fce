from sitebuild.figures import Sheet, bar, chart, heading, ticks, track

TITLE = "A card with two notches above three sockets"
DESCRIPTION = """
The edge of a card has 75 places. This one has notches at places 12 to 19, called B, and 59 to 66, called M. Below it
are three sockets, each with one wall. The wall of key B and that of key M meet a notch, so the card goes in. The wall
of key E, at places 24 to 31, meets the card, so it does not.
"""

END = 76
"""One after the last place."""

KEYS = {"B": (12, 19), "M": (59, 66), "E": (24, 31)}
NOTCHES = ("B", "M")


def draw(sheet: Sheet) -> None:
    notches = [bar(KEYS[key][0], KEYS[key][1] + 1, key, tone="none") for key in NOTCHES]
    tracks = [heading("**card with notches B and M**"), track(bar(1, END, tone="hardware", solid=True), *notches)]
    for key, (first, last) in KEYS.items():
        fits = key in NOTCHES
        wall = bar(first, last + 1, tone="data" if fits else "end", solid=True)
        says = "goes in" if fits else "does not"
        tracks += [heading(f"socket with key **{key}: {says}**"), track(bar(1, END, tone="hardware"), wall)]
    places = ticks((1, "place 1"), (END, "place 75"))
    sheet.put(chart(1, END, *tracks, places, across=sheet.across))
