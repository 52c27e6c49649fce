from sitebuild.figures import (
    Sheet,
    Thing,
    Tone,
    address,
    box,
    column,
    connected,
    dot,
    grid,
    hardware_port,
    layers,
    link,
    listening,
    outlet,
    packet,
    port,
    row,
    span,
    text,
    wave,
)

TITLE = "One message, from the plug to the program"
DESCRIPTION = """
A cable's plug in a wall socket; the plug at its other end sits in a hardware port, drawn as a hexagon on the case of a
computer. Inside, the operating system's kernel takes the message from the network interface eth0, which has the IP
address 192.0.2.7. The way forks by protocol: TCP is taken, UDP, which has a port 8080 of its own, is not. The port
number 8080, drawn as a tag, has two sockets: a ring, the listening socket, and a disc, the socket of this connection.
The way leads to the disc. A program holds it by descriptor 5, and its line conn.recv(1024) returns the bytes hello.
Below, the packet at each station, with what decides there lit: in front of it, at the interface, the frame's address;
then to 192.0.2.7; TCP; to port 8080; at the socket all of them again, with from 192.0.2.9 and port 50312. The program
gets hello.
"""
WIDE = 1000

FRAME: tuple[str, Tone] = ("to MAC …53:07", "hardware")
PACKET: list[tuple[str, Tone]] = [
    ("to 192.0.2.7", "plain"),
    ("TCP", "plain"),
    ("to port 8080", "port"),
    ("from 192.0.2.9", "plain"),
    ("port 50312", "port"),
    ("`hello`", "data"),
]
ASKED = (("which machine?", 0, 1), ("TCP or UDP?", 1, 1), ("which port?", 2, 1), ("whose call?", 0, 5))
"""What each station of the kernel asks, how many of the packet's numbers are spent by then, and how many it reads."""
PAGE = "start/one-hello.md"
STATIONS = {
    "plug and\ncable": f"{PAGE}#hardware-port",
    "hardware\nport": f"{PAGE}#hardware-port",
    "network\ninterface": f"{PAGE}#network-interface",
    "IP address": f"{PAGE}#ip-address",
    "protocol": f"{PAGE}#protocol",
    "port number": f"{PAGE}#port-number",
    "socket": f"{PAGE}#socket",
    "descriptor": f"{PAGE}#descriptor",
}
WALL = f"{PAGE}#hardware-port"
LISTENING = f"{PAGE}#socket"


def draw(sheet: Sheet) -> None:
    if sheet.wide:
        from_left(sheet)
    else:
        from_above(sheet)


def from_left(sheet: Sheet) -> None:
    names = [link(name, page, number=at) for at, (name, page) in enumerate(STATIONS.items(), 1)]
    wall, jack, card, ip = outlet(), hardware_port(large=True), box("`eth0`", thick=True), address("192.0.2.7")
    fork, number, disc, ring = dot("data"), port(8080, strong=True), connected(), listening()
    other, another, udp = port(22), port(443), port(8080)
    descriptor, call, got = (
        box("`5`", rounded=True, thick=True),
        text("`conn.recv(1024)`", small=True),
        packet("`b'hello'`", lit=True),
    )
    link_wall, link_ring = link("wall socket", WALL), link("listening\nsocket", LISTENING)
    signal, whole = wave("0100110101", small=True), layers(FRAME, *PACKET, lit=1)
    asked = {text(words, small=True): layers(*PACKET, spent=spent, lit=lit) for words, spent, lit in ASKED}
    said, word = text("what it says", small=True), layers(PACKET[-1], lit=1)
    first = text("which card?", small=True)
    own = text("UDP has an 8080 of its own", small=True)
    sheet.put(
        grid(
            [
                names,
                [wall, jack, card, ip, fork, column(other, number, another), disc, descriptor],
                [None, None, None, None, None, None, ring, call],
                [link_wall, None, None, None, None, udp, link_ring, got],
                [None, None, None, None, span(own, 3)],
                [
                    span(column(signal, text("on the cable,\na signal", small=True)), 2),
                    column(first, whole, gap="tight"),
                    *(column(question, left, gap="tight") for question, left in asked.items()),
                    column(said, word, gap="tight"),
                ],
            ],
            gap=("wide", "far", "none", "none", "none", "none", "far"),
            row_gap=("none", "none", "near", "none", "some"),
            down=("start", "middle", "middle", "middle", "middle", "end"),
        )
    )
    kernel = sheet.frame("the operating system's kernel", *names[2:7], own, link_ring, pad="near")
    program = sheet.frame("a program", names[7], call, got, pad="near", like=kernel)
    computer = sheet.frame("a computer", kernel, program, thick=True, pad="near", align="start", on=jack)
    sheet.cord(wall, jack)
    sheet.chain([jack, card, ip], tone="data")
    sheet.line(ip, fork, tone="data")
    sheet.arrow(fork, number, "**TCP**", tone="data")
    sheet.line(fork, udp, "UDP", dash="dashed", leave="bottom", arrive="left", bent=True)
    sheet.line(number, ring, dash="dashed")
    sheet.chain([number, disc, descriptor], tone="data")
    sheet.chain([descriptor, call, got], tone="data")
    sheet.arrow(signal, whole, tone="data")
    for question in (first, *asked, said):
        sheet.line(computer, question, dash="dotted", tone="muted")


def from_above(sheet: Sheet) -> None:
    names = [
        link(name.replace("\n", " "), page, number=at, beside=True, small=True)
        for at, (name, page) in enumerate(STATIONS.items(), 1)
    ]
    wall, jack, card, ip = (
        outlet(above=True),
        hardware_port(large=True),
        box("`eth0`", thick=True),
        address("192.0.2.7", small=True),
    )
    fork, number, disc, ring = dot("data"), port(8080, strong=True), connected(), listening()
    descriptor, call, got = (
        box("`5`", rounded=True, thick=True),
        text("`conn.recv(1024)`", small=True),
        packet("`b'hello'`", lit=True),
    )
    link_wall, link_ring = link("wall socket", WALL), link("listening socket", LISTENING, small=True)

    def station(at: int, words: str, read: list[tuple[str, Tone]], small: Thing) -> Thing:
        says = column(text(words, small=True), layers(*read, lit=len(read)), gap="tight", align="start")
        return column(names[at], row(says, small), gap="tight", align="start")

    asked = [
        station(at, words, PACKET[spent : spent + lit], layers(*PACKET, spent=spent, lit=lit, bare=True))
        for at, (words, spent, lit) in enumerate(ASKED, 3)
    ]

    signal = column(names[0], row(wave("0100110101", small=True), text("a signal", small=True)), align="start")
    makes = station(2, "which card?", [FRAME], layers(FRAME, *PACKET, lit=1, bare=True))
    ends = row(disc, ring, gap="tight")
    sheet.put(
        grid(
            [
                [wall, link_wall],
                [None, signal],
                [jack, names[1]],
                [card, makes],
                [ip, asked[0]],
                [fork, asked[1]],
                [number, asked[2]],
                [ends, asked[3]],
                [None, link_ring],
                [descriptor, names[7]],
            ],
            gap="near",
            row_gap=("none", "none", "wide", "some", "some", "some", "some", "none", "far"),
            align=("middle", "start"),
        ),
        row(call, got, gap="far"),
        align="start",
    )
    kernel = sheet.frame("kernel", card, ip, makes, ends, link_ring, pad="tight", align="end")
    program = sheet.frame("program", descriptor, names[7], call, got, pad="tight", align="end", like=kernel)
    sheet.frame("", kernel, program, thick=True, pad="tight", on=jack)
    sheet.cord(wall, jack)
    sheet.chain([jack, card, ip], tone="data")
    sheet.line(ip, fork, tone="data")
    sheet.arrow(fork, number, "**TCP**", tone="data", side="second")
    sheet.chain([number, disc, descriptor], tone="data")
    sheet.line(number, ring, dash="dashed")
    sheet.arrow(call, got, tone="data")
