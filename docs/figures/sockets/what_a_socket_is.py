from sitebuild.figures import Sheet, address, column, descriptor, grid, port, row, socket, text

TITLE = "From the descriptor to the address"
DESCRIPTION = """
A program holds three descriptors, 5, 6 and 7, in its descriptor table. In the kernel, 5 and 6 lead to one socket,
drawn as a diamond, with inode number 48213; 6 is a copy of 5. 7 leads to another socket, a diamond too, with inode
number 48220. The first socket is bound to the address 192.0.2.7 with port 8080, drawn as a tag. The second is a
Unix-domain socket, and is bound to the path /run/door; it has no port.
"""


def draw(sheet: Sheet) -> None:
    small = {"small": True}
    first, copy, third = map(descriptor, (5, 6, 7))
    one, other = socket(), socket()
    inodes = [text(f"inode `{number}`", **small) for number in (48213, 48220)]
