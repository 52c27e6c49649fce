from sitebuild.figures import Sheet, dot, grid, text

TITLE = "The options along the life of a socket"
DESCRIPTION = """
Five stations on a line. At bind: SO_REUSEADDR, SO_REUSEPORT, IPV6_V6ONLY. When a connection opens: SO_RCVBUF,
SO_SNDBUF, TCP_FASTOPEN. When sending: TCP_NODELAY, SO_BROADCAST. In silence: SO_KEEPALIVE, TCP_USER_TIMEOUT. At close:
SO_LINGER.
"""
LIFE = {
    "bind": ("SO_REUSEADDR", "SO_REUSEPORT", "IPV6_V6ONLY"),
    "open": ("SO_RCVBUF", "SO_SNDBUF", "TCP_FASTOPEN"),
    "send": ("TCP_NODELAY", "SO_BROADCAST"),
    "silence": ("SO_KEEPALIVE", "TCP_USER_TIMEOUT"),
    "close": ("SO_LINGER",),
}


def draw(sheet: Sheet) -> None:
    moments = [text(f"**{moment}**") for moment in LIFE]
    dots = [dot() for _ in LIFE]
    options = [text("\n".join(f"`{name}`" for name in names), small=True) for names in LIFE.values()]
    if sheet.narrow:
        rows = zip(dots, moments, options, strict=True)
        sheet.put(grid(rows, align=("middle", "start"), down="start", row_gap="some"))
    else:
        sheet.put(grid([moments, dots, options], down="start", row_gap="near"))
    sheet.chain(dots, tone="plain")
