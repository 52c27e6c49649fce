from collections.abc import Sequence

from sitebuild.figures import Part, Sheet, Thing, address, column, descriptor, grid, port, row, socket, span, text

TITLE = "From the descriptor to the address"
DESCRIPTION = """
A program holds three descriptors, 5, 6 and 7, in its descriptor table. In the kernel, 5 and 6 lead to one socket,
drawn as a diamond, with inode number 48213; 6 is a copy of 5. 7 leads to another socket, a diamond too, with inode
number 48220. The first socket is bound to the address 192.0.2.7 with port 8080, drawn as a tag. The second is a
Unix-domain socket, and is bound to the path /run/door; it has no port.
"""


def draw(sheet: Sheet) -> None:
    held = [descriptor(number) for number in (5, 6, 7)]
    copy = text("a copy\nof 5", small=True)
    sockets = [socket(), socket()]
    inodes = [text(f"inode `{number}`", small=True) for number in (48213, 48220)]
    ip, tag, path, nothing = address("192.0.2.7"), port(8080), address("/run/door"), text("no port", small=True)
    names = (ip, tag), (path, nothing)
    rows: list[Sequence[Part]]
    if sheet.narrow:
        own: Thing = column(*held[:2], copy, held[2])
        rows = [
            [one, column(inode, text("bound to", small=True), *name, align="start")]
            for one, inode, name in zip(sockets, inodes, names, strict=True)
        ]
    else:
        own = grid([[None, held[0]], [copy, held[1]], [None, held[2]]], gap="near", row_gap="near")
        heads = span(text("the sockets", small=True), 2), span(text("bound to the address", small=True), 2)
        rows = [[*heads], *([one, inode, *name] for one, inode, name in zip(sockets, inodes, names, strict=True))]
    kernel = grid(rows, gap=("near", "far", "near"), row_gap="far", align=("middle", "start"))
    sheet.put(row(own, kernel, gap="wide" if sheet.narrow else "vast"))
    sheet.frame("**a program**", own, pad="near" if sheet.narrow else "some")
    sheet.frame("**the kernel**", kernel, pad="near" if sheet.narrow else "some")
    for one, leads in zip(held, (sockets[0], *sockets), strict=True):
        sheet.arrow(one, leads)
