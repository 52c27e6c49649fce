from sitebuild.figures import Message, Sheet, column, grid, ladder, level, message, pause, room, text

TITLE = "Four answers to one SYN"
DESCRIPTION = """
Four exchanges side by side; each begins with a SYN from the caller. Open: SYN-ACK comes back, the caller sends ACK, and
it is connected. Closed: RST comes back, and the caller reads Connection refused. Filtered: a firewall swallows the
SYN, and the one that is sent again; nothing comes back, and the caller reads timed out. Filtered and said so: the
firewall answers with an ICMP message, and the caller reads No route to host.
"""


def draw(sheet: Sheet) -> None:
    answers = {
        "open": ([message("SYN"), message("SYN-ACK", "left"), message("ACK")], 0, "connected"),
        "closed": ([message("SYN"), message("RST", "left", tone="end")], 0, "Connection refused"),
        "filtered": ([stopped(), stopped(), pause(reach="wall")], WALL, "timed out"),
        "filtered, said so": (
            [stopped(), message("ICMP", "left", tone="end", begin="wall")],
            WALL,
            "No route to host",
        ),
    }
    ladders = level(
        *(
            ladder(
                text("caller", small=True),
                text("server", small=True),
                messages,
                wall=wall,
                foot=foot,
                apart=room("SYN-ACK"),
            )
            for messages, wall, foot in answers.values()
        )
    )
    named = [column(f"**{name}**", one) for name, one in zip(answers, ladders, strict=True)]
    pairs = [named[:2], named[2:]] if sheet.narrow else [named]
    sheet.put(grid(pairs, gap="near" if sheet.narrow else "far", row_gap="far"))


WALL = 0.65


def stopped() -> Message:
    return message("SYN", reach="wall")
