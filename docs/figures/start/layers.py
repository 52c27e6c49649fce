from sitebuild.figures import (
    Part,
    Sheet,
    Thing,
    box,
    connected,
    equal,
    grid,
    hardware_port,
    packet,
    port,
    row,
    span,
    text,
    wave,
)

TITLE = "The seven layers of OSI beside the four of TCP/IP, and what is sent at each"
DESCRIPTION = """
Five rows, from the program down to the cable. OSI's layers 7 application, 6 presentation and 5 session are one layer in
TCP/IP, the application layer: the bytes hello. Below it, on a line of its own, a disc, the socket: here the program
hands over to the kernel. Layer 4, transport, has one name in both: a segment of TCP, a header with two port numbers
before hello. Layer 3, network, is the Internet layer of TCP/IP: a packet, with a header of IP with two IP addresses
before the segment. Layer 2, data link, is the link layer: a frame, with a header of Ethernet with two MAC addresses
before the packet. Layer 1, physical, is not one of TCP/IP's own: a signal, through a hardware port, drawn as a hexagon.
"""
OSI = ("**7** application\n**6** presentation\n**5** session", "**4** transport", "**3** network", "**2** data link")
OWN = ("application", "transport", "Internet", "link")
CALLED = ("**data**\nin the program's own rules", "**segment**", "**packet**", "**frame**")
HEADERS = ("TCP", "IP", "Ethernet")


def draw(sheet: Sheet) -> None:
    osi = equal(*(box(text(words, small=True)) for words in (*OSI, "**1** physical")), only="width")
    own = equal(*(box(text(f"**{words}**", small=True), tone="data") for words in OWN), only="width")
    sent = [
        row(*(box(text(name, small=True)) for name in HEADERS[:at][::-1]), packet("hello"), gap="none")
        for at in range(4)
    ]
    names: list[Thing] = [
        text(CALLED[0], small=True),
        row(text(CALLED[1], small=True), port(50312), port(8080), gap="tight"),
        text(f"{CALLED[2]}\ntwo IP addresses", small=True),
        text(f"{CALLED[3]}\ntwo MAC addresses", small=True),
    ]
    disc = connected()
    says = "the **socket**: here your program hands over to the kernel"
    handed = row(disc, text(says, small=True, wrap=0 if sheet.wide else 30))
    signal, hole = wave("0110100110", small=True), row(text("a **signal**", small=True), hardware_port(small=True))
    none = text("none of its own", small=True, tone="muted")
    rows: list[list[Part | None]]
    if sheet.wide:
        rows = [[text("**OSI**"), text("**TCP/IP**"), text("**what is sent**"), text("**its name, its numbers**")]]
        rows += map(list, zip(osi, [*own, none], [*sent, signal], [*names, hole], strict=True))
        rows.insert(2, [None, None, span(handed, 2)])
        sheet.put(grid(rows, gap=("some", "far", "far"), row_gap="near", align=("middle", "middle", "end", "start")))
        return
    rows = [[text("**OSI**"), text("**TCP/IP**")]]
    for left, right, what, name in zip(osi, own, sent, names, strict=False):
        rows += [[left, right], [span(what, 2)], [span(name, 2)], [None]]
    rows[4] = [span(handed, 2)]
    rows += [[osi[-1], none], [span(row(signal, hole), 2)]]
    sheet.put(grid(rows, gap="some", row_gap="near"))


def nested(headers: tuple[str, ...]) -> Thing:
    """Return what a layer sends: hello, with each header before all that comes from above."""
    return row(*(box(text(name, small=True)) for name in reversed(headers)), packet("hello"), gap="none")
