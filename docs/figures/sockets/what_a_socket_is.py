from collections.abc import Sequence

from sitebuild.figures import Part, Sheet, address, column, descriptor, grid, port, row, socket, span, text

TITLE = "From the descriptor to the address"
DESCRIPTION = """
A program holds two descriptors, 5 and 6, in its descriptor table. In the kernel, 5 leads to a socket, drawn as a
diamond, with inode number 48213. 6 leads to another socket, a diamond too, with inode number 48220. The first socket is
bound to the address 192.0.2.7 with port 8080, drawn as a tag. The second is a Unix-domain socket, and is bound to the
path /run/door; it has no port.
"""


def draw(sheet: Sheet) -> None:
    held = [descriptor(number) for number in (5, 6)]
    sockets = [socket(), socket()]
    inodes = [text(f"inode `{number}`", small=True) for number in (48213, 48220)]
    ip, tag, path, nothing = address("192.0.2.7"), port(8080), address("/run/door"), text("no port", small=True)
    names = (ip, tag), (path, nothing)
    own = column(*held, gap="far")
    rows: list[Sequence[Part]]
    if sheet.narrow:
        rows = [
            [one, column(inode, text("bound to", small=True), *name, align="start")]
            for one, inode, name in zip(sockets, inodes, names, strict=True)
        ]
    else:
        heads = span(text("the sockets", small=True), 2), span(text("bound to the address", small=True), 2)
        rows = [[*heads], *([one, inode, *name] for one, inode, name in zip(sockets, inodes, names, strict=True))]
    kernel = grid(rows, gap=("near", "far", "near"), row_gap="far", align=("middle", "start"))
    sheet.put(row(own, kernel, gap="wide" if sheet.narrow else "vast"))
    sheet.frame("**a program**", own, pad="near" if sheet.narrow else "some")
    sheet.frame("**the kernel**", kernel, pad="near" if sheet.narrow else "some")
    for one, leads in zip(held, sockets, strict=True):
        sheet.arrow(one, leads)
