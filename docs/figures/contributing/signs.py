from sitebuild import figures
from sitebuild.figures import Sheet, grid, text

TITLE = "The signs of the figures"
DESCRIPTION = """
Each sign with the call that draws it and what it stands for. A listening socket is a ring, a connected one a disc, one
that is neither a diamond, one that is over a dashed circle. A descriptor is a ticket with round ends. A port is a tag,
an IP address is underlined, a packet is a box, a datagram an envelope, a hardware port a hexagon. A thread is a dashed
box, a task of asyncio one with round ends, a machine a thick frame and a program a thin one below its name. A cross
stands for what is refused, a hook for what works, a red bar for a firewall.
"""

SIGNS = (
    (figures.listening(), "listening()", "a listening socket"),
    (figures.connected("A"), 'connected("A")', "a connected socket"),
    (figures.socket(), "socket()", "a socket that is neither"),
    (figures.ended(), "ended()", "closed, or in TIME-WAIT"),
    (figures.descriptor(5), "descriptor(5)", "a program's descriptor"),
    (figures.port(8080, strong=True), "port(8080, strong=True)", "a port, this one matters"),
    (figures.address("192.0.2.7"), 'address("192.0.2.7")', "an IP address, or a path"),
    (figures.packet("hello"), 'packet("hello")', "a packet"),
    (figures.datagram(9001), "datagram(9001)", "a datagram"),
    (figures.octets("one"), 'octets("one")', "bytes"),
    (figures.piece("one"), 'piece("one")', "bytes that one call moves"),
    (figures.stream("one"), 'stream("one")', "bytes in a stream"),
    (figures.buffer(4), "buffer(4)", "a buffer, filled in part"),
    (figures.wave("0110", small=True), 'wave("0110")', "a signal"),
    (figures.layers(("TCP", "plain"), ("hello", "data"), lit=1), "layers(...)", "a packet by its fields"),
    (figures.hardware_port("3"), 'hardware_port("3")', "a hardware port"),
    (figures.switch(), "switch()", "a network switch"),
    (figures.contact(1), "contact(1)", "a contact of a plug"),
    (figures.with_pins("right"), 'with_pins("right")', "a plug, its pins right"),
    (figures.with_holes("right"), 'with_holes("right")', "what it goes into"),
    (figures.network_card(), "network_card()", "a network card"),
    (figures.io_port("0x03f8"), 'io_port("0x03f8")', "an I/O port"),
    (figures.cpu_socket(), "cpu_socket()", "a processor's socket"),
    (figures.wall_socket(), "wall_socket()", "a wall socket"),
    (figures.machine("host", "..."), 'machine("host", ...)', "a machine"),
    (figures.program("program", "..."), 'program("program", ...)', "a program, or kernel(...)"),
    (figures.thread("recv()"), 'thread("recv()")', "a thread or process"),
    (figures.task("recv()"), 'task("recv()")', "a task of asyncio"),
    (figures.box("a step"), 'box("a step")', "a step, a state, a call"),
    (figures.firewall(1), "firewall()", "a firewall"),
    (figures.cross(), "cross()", "refused"),
    (figures.tick(), "tick()", "it works"),
)


def draw(sheet: Sheet) -> None:
    cells = [[sign, text(f"`{call}`\n{what}", small=True)] for sign, call, what in SIGNS]
    pairs = (
        cells if sheet.narrow else [left + right for left, right in zip(cells[::2], [*cells[1::2], []], strict=False)]
    )
    sheet.put(grid(pairs, gap=("near", "far"), row_gap="near", align=("middle", "start", "middle", "start")))
