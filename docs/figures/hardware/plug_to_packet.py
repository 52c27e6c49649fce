from sitebuild.figures import Sheet, address, box, connected, grid, hardware_port, network_card, port, row, text

TITLE = "From the plug to the socket"
DESCRIPTION = """
A chain of six. Things: port 3 of a switch, a cable, the jack of a computer, and its network card. Kept by the kernel:
the interface eth0, which has a number and a MAC address, the IP address 192.0.2.7 given to it, and a socket with the
port number 8080.
"""

SAYS = (
    ("switch port", "3, a place", "on the switch"),
    ("jack", "a place", "on the computer"),
    ("network card", "turns signals", "into frames"),
    ("interface", "number 2,", "MAC address"),
    ("IP address", "given to the", "interface"),
    ("socket", "with port", "number 8080"),
)


def draw(sheet: Sheet) -> None:
    switch, jack, card = hardware_port("3"), hardware_port(), network_card()
    eth0, ip, end = box("`eth0`", rounded=True), address("192.0.2.7"), connected()
    signs = [switch, jack, card, eth0, ip, row(end, port(8080))]
    if sheet.wide:
        words = [text("\n".join((f"**{name}**", *lines)), small=True) for name, *lines in SAYS]
        sheet.put(grid([signs, words], gap=("near", "near", "far", "near", "some")))
    else:
        words = [text(f"**{name}**\n{' '.join(lines)}", small=True) for name, *lines in SAYS]
        rows = list(zip(signs, words, strict=True))
        sheet.put(grid([*rows[:3], [None], *rows[3:]], gap="near", row_gap="far", align=("middle", "start")))
    sheet.frame("**things**", *signs[:3], *words[:3], pad="near")
    sheet.frame("**kept by the kernel**", *signs[3:], *words[3:], dashed=True, pad="near")
    sheet.line(switch, jack, "cable", tone="data")
    for one, other in ((jack, card), (card, eth0), (eth0, ip), (ip, end)):
        sheet.line(one, other)
