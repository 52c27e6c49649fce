from sitebuild.figures import Part, Sheet, Tone, address, box, equal, grid, port, row, text

TITLE = "The four parts of an IPv6 socket address"
DESCRIPTION = """
An IPv6 socket address as Python writes it: address fe80::2, port 8080, flow information 0, scope 3. An IPv4 socket
address beside it has only an address and a port. Below, a host with two network interfaces: eth0, number 2, leads to a
neighbour with the address fe80::2, and eth1, number 3, leads to another neighbour with the same address fe80::2. Scope
3 chooses the second.
"""
INTERFACES = {"eth0": 2, "eth1": 3}
TONES: tuple[Tone, Tone] = ("control", "data")


def draw(sheet: Sheet) -> None:
    names = ("address", "port", "flow" if sheet.narrow else "flow information", "scope")
    ipv4: list[Part] = ["**IPv4**", address("192.0.2.7"), port(8080)]
    ipv6: list[Part] = ["**IPv6**", address("fe80::2"), port(8080), "`0`", box("`3`", tone="data", thick=True)]
    named = [None, *(text(name, small=True) for name in names)]
    sheet.put(grid([ipv4, ipv6, named], gap="near" if sheet.narrow else "far", row_gap="near"))
    own = [row(f"`{name}`", text(f"number {number}", small=True)) for name, number in INTERFACES.items()]
    words = ("", "") if sheet.narrow else ("a neighbour", "another one")
    others = equal(*(box(row(address("fe80::2"), *[word] if word else []), tone="control") for word in words))
    sheet.put(grid(zip(own, others, strict=True), gap="wide" if sheet.narrow else "huge"), gap="wide")
    host = sheet.frame("**this host**", *own)
    for other, label, tone in zip(others, ("", "3" if sheet.narrow else "scope 3"), TONES, strict=True):
        sheet.line(host, other, label, tone=tone)
