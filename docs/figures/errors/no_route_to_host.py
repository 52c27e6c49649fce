from sitebuild.figures import Sheet, column, grid, ladder, level, message, pause, text

TITLE = "Two ways to No route to host, and how long they take"
DESCRIPTION = """
Two exchanges side by side. In the first your SYN comes to a firewall, which answers at once with an ICMP message that
says no. In the second Linux has to find out first which machine has the address: it asks three times who has it, nobody
answers, and after about three seconds it gives up.
"""


def draw(sheet: Sheet) -> None:
    refused = [
        message("SYN", reach="wall"),
        message("no", "left", tone="end", begin="wall"),
        pause("at once", reach="wall"),
    ]
    absent = [*(message("who has it?", reach=0.6, tone="end") for _ in range(3)), pause("about 3 s", reach=0.6)]
    apart = sheet.across * (0.6 if sheet.narrow else 0.36)
    pair = level(
        ladder(text("you", small=True), text("the server", small=True), refused, apart=apart, wall=0.6),
        ladder(text("you", small=True), text("nobody", small=True), absent, apart=apart),
    )
    names = ("**a firewall says no**", "**nobody has the address**")
    named = [column(name, one) for name, one in zip(names, pair, strict=True)]
    sheet.put(grid([[one] for one in named] if sheet.narrow else [named], gap="far", row_gap="far"))
