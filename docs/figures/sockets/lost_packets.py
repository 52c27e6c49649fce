from sitebuild.figures import Message, Sheet, column, grid, ladder, level, message, pause, room, text

TITLE = "A lost packet, twice"
DESCRIPTION = """
Two exchanges side by side, of a client and a server with a road between them that loses packets. In the first one
packet is all there is: it is lost, and after 0.2 seconds sent again, lost again, after 0.2 seconds once more, lost, and
after 0.4 seconds once more; this one arrives and is acknowledged. In the second five packets leave one after another,
and the second is lost. For each of the three that come after it the server says that it is still waiting for the
second. The client sends that one again, without waiting.
"""


def draw(sheet: Sheet) -> None:
    lone = [lost("hello"), pause("0.2 s"), lost("hello"), pause("0.2 s"), lost("hello"), pause("0.4 s")]
    lone += [message("hello", tone="data"), message("got it", "left")]
    more = [message("1", tone="data"), lost("2"), *(message(name, tone="data") for name in "345")]
    more += [message("where is 2?", "left") for _ in range(3)] + [message("2", tone="data")]
    pairs = {"nothing comes after it": lone, "others come after it": more}
    ladders = level(
        *(
            ladder(
                text("client", small=True),
                text("server", small=True),
                messages,
                apart=room("where is 2?") * (1 if sheet.narrow else 1.6),
            )
            for messages in pairs.values()
        )
    )
    named = [column(f"**{name}**", one) for name, one in zip(pairs, ladders, strict=True)]
    sheet.put(grid([[one] for one in named] if sheet.narrow else [named], gap="far", row_gap="far"))


def lost(name: str) -> Message:
    return message(name, reach=0.6, tone="end")
