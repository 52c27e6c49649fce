"""How wide words come out at most. Pure.

Each reader sees the site in the font of the own system. The widths are those of DejaVu Sans, the widest of the fonts
that `system-ui` stands for, so what fits here fits everywhere.
"""

from __future__ import annotations

MONO = 0.602
"""The width of every letter of a monospaced font, in em."""

_SANS = {
    0.29: "'ijlIJ", 0.32: " ,.’·\xa0", 0.35: "/:;\\|f-", 0.39: "()[]t", 0.41: "!r", 0.5: '"*_`–', 0.53: "sz“”?",
    0.56: "cL", 0.59: "Fkvxy•", 0.63: "PTYaoäöeéESbdghnpquü", 0.64: "$0123456789{}µ", 0.7: "KAVBRXZC", 0.76: "UHNΩ",
    0.79: "DG&OQ", 0.82: "w", 0.84: "#+<=>^~×→←↔↵≤≥✗✓−↓↑", 0.86: "M", 0.99: "%mW@…—",
}  # fmt: skip
_BOLD = {
    0.35: "'ijl \xa0", 0.38: "/IJ\\|,.’·", 0.46: ":;-f!()[]", 0.5: "tr_`–", 0.52: '"*', 0.6: "?zcs", 0.64: "L•",
    0.69: "vxy“”akäEFTeéoö", 0.73: "$0123456789hnu{}üSYbdgpqCPZ", 0.77: "µBAKRVX", 0.85: "UGD#+<=>HN^~×→←↔↵≤≥✗✓−↓↑OQΩ",
    0.92: "&w", 1.04: "%@M…—m", 1.1: "W",
}  # fmt: skip
_WIDTHS = {
    bold: {letter: width for width, letters in table.items() for letter in letters}
    for bold, table in ((False, _SANS), (True, _BOLD))
}


def width(words: str, size: float, *, bold: bool = False, mono: bool = False) -> float:
    """Return how wide words come out at most, in px.

    Args:
        words: One line.
        size: The size of the font, in px.
        bold: Whether it is bold.
        mono: Whether it is monospaced.
    """
    if mono:
        return len(words) * MONO * size
    table = _WIDTHS[bold]
    return sum(table.get(letter, 1.0) for letter in words) * size
