from sitebuild.figures import Card, Sheet, address, box, column, machine, row, text

TITLE = "A laptop with two addresses, and a phone"
DESCRIPTION = """
A laptop has two network interfaces: lo with the address 127.0.0.1, and eth0 with the address 192.0.2.7. A program on it
can reach both. A browser on a phone reaches eth0 only, through the network.
"""


def draw(sheet: Sheet) -> None:
    lo, eth0 = interface("lo", "127.0.0.1"), interface("eth0", "192.0.2.7")
    here, there = text("a program"), machine("", "**your phone**\na browser")
    host = machine("**your laptop**", row(here, column(lo, eth0), gap="far" if sheet.narrow else "wide"))
    sheet.put(sheet.flow(host, there, gap="wide", align="end"))
    sheet.line(here, lo)
    sheet.line(here, eth0)
    sheet.line(eth0, there)


def interface(name: str, ip: str) -> Card:
    return box(column(f"**{name}**", address(ip), gap="none"), rounded=True)
