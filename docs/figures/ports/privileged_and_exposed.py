from sitebuild.figures import Sheet, box, column, equal, grid, listening, packet, text

TITLE = "Three gates before a socket"
DESCRIPTION = """
A packet for port 8001 passes three gates. First NAT: does a row or a rule send it to this host? If not, it ends at the
router. Second the firewall: does a rule accept it? If it is dropped, the caller hears nothing and reads timed out; if
it is rejected, the caller gets an error at once. Third the bound address: does a socket listen on this port, on the
address that the packet names? If not, the caller reads connection refused. Behind the third gate is the listening
socket.
"""

GATES = {
    "NAT": ("is there a way in\nto this host?", "no row, no rule:\nit ends there"),
    "firewall": ("does a rule\naccept it?", "drop: timed out\nreject: an error"),
    "bound address": ("does a socket\nlisten there?", "no: “Connection\nrefused”"),
}


def draw(sheet: Sheet) -> None:
    comes, ring = packet("to port\n8001"), listening()
    gates = equal(*(box(column(f"**{name}**", text(ask, small=True), gap="tight")) for name, (ask, _) in GATES.items()))
    ends = [text(end, small=True) for _, end in GATES.values()]
    if sheet.wide:
        sheet.put(grid([[comes, *gates, ring], [None, *ends, None]], gap="far", row_gap="far", down="middle"))
    else:
        rows = zip(gates, ends, strict=True)
        sheet.put(grid([[comes], *rows, [ring]], gap="far", row_gap="far", align=("middle", "start")))
        sheet.note(text("the listening socket", small=True), ring)
    sheet.chain([comes, *gates, ring], tone="data")
    for gate, end in zip(gates, ends, strict=True):
        sheet.arrow(gate, end, tone="end")
