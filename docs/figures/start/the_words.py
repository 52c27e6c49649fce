from sitebuild.figures import (
    Card,
    Sheet,
    Thing,
    address,
    box,
    column,
    connected,
    cpu_socket,
    equal,
    grid,
    hardware_port,
    io_port,
    listening,
    port,
    row,
    socket,
    switch,
    text,
    wall_socket,
)

TITLE = "What the words port and socket stand for"
DESCRIPTION = """
A table of two rows, port and socket, and four columns. A port that is a number or a name: the transport port of TCP and
UDP, drawn as a tag with 8080, and the I/O port of a processor, 0x03f8. A port that is a place on a thing: the hardware
port, a hexagon, the hole for a plug, and the switch port, which joins a network. A port in software: a ported program,
for another system. A port that is kept by the system: the Mach port of macOS, which takes messages,
and the I/O completion port of Windows, which takes results. A socket that is a
number or a name: the socket address, the address 192.0.2.7 with port 8080. A socket that is kept by the system: what a
program talks through, drawn as a ring, a disc or a diamond, and the Unix-domain socket, which has the path /run/x and
no port. A socket that is a place on a thing: the CPU socket, which takes a processor, and the wall socket, which takes
a plug. A socket in software: WebSocket, which is a protocol.
"""
Cell = list[tuple[Thing, str, str]]
KINDS = ("a number or a name", "kept by the system", "a place on a thing", "software")


def draw(sheet: Sheet) -> None:
    ported = box("  "), box("  ", dashed=True)
    words: dict[str, list[Cell]] = {
        "port": [
            [
                (port(8080, strong=True), "transport port", "in TCP and UDP"),
                (io_port("0x03f8"), "I/O port", "of a processor"),
            ],
            [(text("macOS"), "Mach port", "takes messages"), (text("Windows"), "completion port", "takes results")],
            [(hardware_port(), "hardware port", "a hole for a plug"), (switch(), "switch port", "joins a network")],
            [(row(*ported, gap="far"), "ported program", "for another system")],
        ],
        "socket": [
            [(pair(sheet), "socket address", "address and port")],
            [
                (row(listening(), connected(), socket(), gap="tight"), "socket", "programs talk by it"),
                (row(socket(), text("`/run/x`"), gap="tight"), "Unix-domain socket", "has no port"),
            ],
            [(cpu_socket(), "CPU socket", "takes a processor"), (wall_socket(), "wall socket", "takes a plug")],
            [(text("`ws://`"), "WebSocket", "a protocol")],
        ],
    }
    if sheet.narrow:
        listed = [[listing(kind, cell) for kind, cell in zip(KINDS, cells, strict=True)] for cells in words.values()]
        wide = iter(equal(*(one for some in listed for one in some), only="width"))
        for word, some in zip(words, listed, strict=True):
            sheet.put(f"**{word}**")
            sheet.put(*(next(wide) for _ in some), gap="near")
    else:
        columns = (equal(*map(card, cells), only="width") for cells in zip(*words.values(), strict=True))
        cards = equal(*(one for cells in columns for one in cells), only="height")
        rows = [[text(f"**{word}**"), *cards[at::2]] for at, word in enumerate(words)]
        sheet.put(grid([[None, *(text(kind, small=True) for kind in KINDS)], *rows], gap="near", row_gap="near"))
    sheet.arrow(*ported, tone="plain")


def pair(sheet: Sheet) -> Thing:
    return (column if sheet.narrow else row)(address("192.0.2.7"), port(8080, strong=True), gap="tight")


def listing(kind: str, cell: Cell) -> Card:
    signs = ([sign, text(f"**{name}**\n{what}", small=True)] for sign, name, what in cell)
    return box(column(kind, grid(signs, align=("middle", "start")), align="start"), align="start", tone="soft")


def card(cell: Cell) -> Card:
    signs = (column(sign, text(f"**{name}**\n{what}", small=True), gap="tight") for sign, name, what in cell)
    return box(column(*signs, gap="some"), tone="soft")
