from sitebuild.figures import Card, Sheet, address, box, column, machine, row, text

TITLE = "A host with two addresses, and another machine"
DESCRIPTION = """
One host has two network interfaces: lo with the address 127.0.0.1, and eth0 with the address 192.0.2.7. A program on it
can reach both. A program on another machine reaches eth0 only, by a cable.
"""


def draw(sheet: Sheet) -> None:
    lo, eth0 = interface("lo", "127.0.0.1"), interface("eth0", "192.0.2.7")
    here, there = text("a program"), machine("", "**another machine**\na program")
    host = machine("**this host**", row(here, column(lo, eth0), gap="far" if sheet.narrow else "wide"))
    sheet.put(sheet.flow(host, there, gap="wide", align="end"))
    sheet.line(here, lo)
    sheet.line(here, eth0)
    sheet.line(eth0, there)


def interface(name: str, ip: str) -> Card:
    return box(column(f"**{name}**", address(ip), gap="none"), rounded=True)
