from sitebuild.figures import Sheet, column, datagram, grid, padded, port, row, socket

TITLE = "Two mailboxes behind one address"
DESCRIPTION = """
One host with one address holds two UDP sockets, drawn as diamonds. Two datagrams are addressed to port 9001 and fall
into the first socket; one is addressed to port 9002 and falls into the second. No connection is drawn: each datagram
carries the number of its mailbox.
"""


def draw(sheet: Sheet) -> None:
    first, second, third = datagram(9001), datagram(9001), datagram(9002)
    a, b = socket(), socket()
    mailboxes = [
        padded(row(sign, port(number), None if sheet.narrow else name, gap="some"), "none", padding)
        for sign, number, name, padding in ((a, 9001, "socket A", "far"), (b, 9002, "socket B", "none"))
    ]
    sheet.put(
        grid(
            [["**datagrams**"], [column(first, second, gap="some"), mailboxes[0]], [third, mailboxes[1]]],
            gap="wide" if sheet.narrow else "vast",
            align=("middle", "start"),
        )
    )
    sheet.frame("**one address**", *mailboxes)
    for letter, box in ((first, a), (second, a), (third, b)):
        sheet.arrow(letter, box, tone="data")
