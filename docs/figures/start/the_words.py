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
A table of two rows, port and socket, and four columns. A port that is a place on a thing: the hardware port, a hexagon,
the hole for a plug, and the switch port, which joins a network. A port that is a number or a name: the transport port
of TCP and UDP, drawn as a tag with 8080. A port in software: a ported program, for another system. A socket that is a
place on a thing: the CPU socket, which takes a processor, and the wall socket, which takes a plug. A socket that is a
number or a name: the socket address, the address 192.0.2.7 with port 8080. A socket that is kept by the system: what a
program talks through, drawn as a ring, a disc or a diamond, and the Unix-domain socket, which has the path /run/x and
no port. A socket in software: WebSocket, which is a protocol.
"""
Cell = list[tuple[Thing, str, str]]
KINDS = ("a place on a thing", "a number or a name", "kept by the system", "software")


def draw(sheet: Sheet) -> None:
    ported = box("  "), box("  ", dashed=True)
    words: dict[str, list[Cell]] = {
        "port": [
            [(hardware_port(), "hardware port", "a hole for a plug"), (switch(), "switch port", "joins a network")],
            [(port(8080, strong=True), "transport port", "in TCP and UDP")],
            [],
            [(row(*ported, gap="far"), "ported program", "for another system")],
        ],
        "socket": [
            [(cpu_socket(), "CPU socket", "takes a processor"), (wall_socket(), "wall socket", "takes a plug")],
            [(pair(sheet), "socket address", "address and port")],
            [
                (row(listening(), connected(), socket(), gap="tight"), "socket", "programs talk by it"),
                (row(socket(), text("`/run/x`"), gap="tight"), "Unix-domain socket", "has no port"),
            ],
            [(text("`ws://`"), "WebSocket", "a protocol")],
        ],
    }
    if sheet.narrow:
        listed = [
            [listing(kind, cell) for kind, cell in zip(KINDS, cells, strict=True) if cell] for cells in words.values()
        ]
        wide = iter(equal(*(one for some in listed for one in some), only="width"))
        for word, some in zip(words, listed, strict=True):
            sheet.put(f"**{word}**")
            sheet.put(*(next(wide) for _ in some), gap="near")
    else:
        columns = [*zip(*words.values(), strict=True)]
        wide = (one for cells in columns for one in equal(*(card(cell) for cell in cells if cell), only="width"))
        high = iter(equal(*wide, only="height"))
        rows = zip(*([next(high) if cell else None for cell in cells] for cells in columns), strict=True)
        named = [[text(f"**{word}**"), *cards] for word, cards in zip(words, rows, strict=True)]
        sheet.put(grid([[None, *(text(kind, small=True) for kind in KINDS)], *named], gap="near", row_gap="near"))
    sheet.arrow(*ported, tone="plain")


def pair(sheet: Sheet) -> Thing:
    return (column if sheet.narrow else row)(address("192.0.2.7"), port(8080, strong=True), gap="tight")


def listing(kind: str, cell: Cell) -> Card:
    signs = ([sign, text(f"**{name}**\n{what}", small=True)] for sign, name, what in cell)
    return box(column(kind, grid(signs, align=("middle", "start")), align="start"), align="start", tone="soft")


def card(cell: Cell) -> Card:
    signs = (column(sign, text(f"**{name}**\n{what}", small=True), gap="tight") for sign, name, what in cell)
    return box(column(*signs, gap="some"), tone="soft")
