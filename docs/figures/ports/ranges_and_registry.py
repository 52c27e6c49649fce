from sitebuild.figures import Sheet, bar, chart, flag, heading, ticks, track

TITLE = "All port numbers on one line, to scale"
DESCRIPTION = """
A line from 0 to 65535. IANA divides it into System, 0 to 1023, which is a sliver at the left and is magnified above,
with 22 ssh, 53 domain, 80 http and 443 https marked in it; User, 1024 to 49151, three quarters of the line; and
Dynamic, 49152 to 65535, a quarter. Below, the ranges from which systems choose the ports of clients by default: Linux
32768 to 60999, which begins in User and ends before the end of Dynamic; macOS and Windows 49152 to 65535, the same as
Dynamic.
"""


def draw(sheet: Sheet) -> None:
    system, sliver = bar(0, 1023, tone="port", lit=True), bar(0, 1023, tone="port", lit=True)
    known = [flag(22, "`22 ssh`"), flag(53, "`53 domain`"), flag(80, "`80 http`"), flag(443, "`443 https`")]
    says = "**System: 0 to 1023, magnified**" if sheet.narrow else "**System: 0 to 1023, drawn 64 times as wide**"
    sheet.put(chart(0, 1023, heading(says), track(*known), track(system), across=sheet.across))
    systems = {"Linux": (32768, 60999), "macOS": (49152, 65535), "Windows": (49152, 65535)}
    sheet.put(
        chart(
            0,
            65535,
            heading("**all, to scale**" if sheet.narrow else "**all 65536 numbers, to scale**", align="end"),
            track(
                sliver,
                bar(1024, 49151, "**User**", tone="port"),
                bar(49152, 65535, "**Dynamic**", tone="port", lit=True),
            ),
            ticks(0, *([] if sheet.narrow else [1024]), 49152, 65535),
            heading(
                "**Where a client's port comes from**"
                if sheet.narrow
                else "**Where a client's port comes from, by default**"
            ),
            *(
                track(
                    bar(*ends, lit=True), label=name if sheet.narrow else f"{name}: {ends[0]} to {ends[1]}", ruled=True
                )
                for name, ends in systems.items()
            ),
            across=sheet.across,
        ),
        gap="far",
    )
    sheet.zoom(system, sliver)
