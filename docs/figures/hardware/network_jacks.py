from sitebuild.figures import Sheet, column, contact, grid, span, text

TITLE = "A straight cable and a crossed one"
DESCRIPTION = """
Two cables of eight wires. In the straight one each contact leads to the contact with its own number: 1 and 2, on which
a computer sends, lead to 1 and 2, on which a switch listens. In the crossed one 1 leads to 3, 2 to 6, 3 to 1 and 6 to
2, so that each of two computers hears what the other sends. Contacts 4, 5, 7 and 8 lead straight across in both.
"""


STRAIGHT = {number: number for number in range(1, 9)}
CROSSED = STRAIGHT | {1: 3, 2: 6, 3: 1, 6: 2}
SENDS = {1: "sends", 2: "sends", 3: "listens", 6: "listens"}
LISTENS = {1: "listens", 2: "listens", 3: "sends", 6: "sends"}


def draw(sheet: Sheet) -> None:
    cables = []
    for name, wires, other, does in (
        ("straight", STRAIGHT, "switch", LISTENS),
        ("crossed", CROSSED, "computer", SENDS),
    ):
        left, right = ({number: contact(number) for number in wires} for _ in range(2))
        rows = [[SENDS.get(number), left[number], right[number], does.get(number)] for number in wires]
        small = [[text(cell, small=True) if isinstance(cell, str) else cell for cell in cells] for cells in rows]
        heads = [span(text("computer", small=True), 2), span(text(other, small=True), 2)]
        plugs = grid(
            [heads, *small],
            gap=("near", "vast", "near"),
            row_gap="tight",
            align=("end", "middle", "start", "start"),
        )
        cables.append((column(text(f"**{name}**"), plugs), left, right, wires))
    sheet.put(sheet.flow(*(cable for cable, _, _, _ in cables), gap="far"))
    for _, left, right, wires in cables:
        for number, to in wires.items():
            sheet.line(
                left[number],
                right[to],
                tone="data" if number in SENDS else "control",
                dash="dashed" if SENDS.get(number) == "listens" else "solid",
                leave="right",
                arrive="left",
            )
