from sitebuild.figures import Sheet, address, column, connected, descriptor, port, room, row, text

TITLE = "Two programs, two sockets, one conversation"
DESCRIPTION = """
Two programs, each with a kernel of its own below it. Your program holds a descriptor with the number 4, which leads to
a connected socket, a disc, in the kernel below. That socket has the address 192.0.2.7 with port 50312. The other
program holds a descriptor too, also with the number 4, which leads to a socket in its own kernel, with the address
192.0.2.80 and port 8080. A line joins the two sockets, and hello travels along it to the other one. The label at your
descriptor says the ticket, and the one in the kernel below it says the socket.
"""


def draw(sheet: Sheet) -> None:
    tickets = [descriptor(4), descriptor(4)]
    sockets = [connected(), connected()]
    names = [
        column(address(ip), port(number), gap="near") for ip, number in (("192.0.2.7", 50312), ("192.0.2.80", 8080))
    ]
    where = "the socket,\nin the kernel" if sheet.narrow else "kernel"
    kernels = [
        column(one, name, text(where, small=sheet.narrow), gap="near") for one, name in zip(sockets, names, strict=True)
    ]
    called = [column(text("the ticket", small=True), one, gap="near") if sheet.narrow else one for one in tickets]
    ends = [column(ticket, kernel, gap="wide") for ticket, kernel in zip(called, kernels, strict=True)]
    sheet.put(row(*ends, gap=room("hello " if sheet.narrow else "hello, hello, hello")))
    frames = [
        (sheet.frame(f"**{who}**", ticket), sheet.frame("", kernel))
        for who, ticket, kernel in zip(("your program", "another program"), called, kernels, strict=True)
    ]
    for ticket, one in zip(tickets, sockets, strict=True):
        sheet.arrow(ticket, one)
    sheet.arrow(sockets[0], sockets[1], "hello", tone="data")
    if sheet.wide:
        for frame, words in zip(frames[0], ("the ticket", "the socket"), strict=True):
            sheet.note(text(words, small=True), frame, "left")
