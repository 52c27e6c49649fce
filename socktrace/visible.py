"""Makes any text safe to show: characters that hide, or that move what stands beside them, are written out. Pure."""

from __future__ import annotations

import unicodedata


def visible(text: str, keep: str = "") -> str:
    """Return `text` with every character that would not show itself written out.

    Control characters become their pictures (Unicode block 2400), other invisible ones, such as U+202E, which turns
    the rest of the line around, become their number in angle brackets.

    Args:
        text: Any text, hostile or not.
        keep: Characters that stay as they are, such as the newline.
    """
    rest = text
    for character in keep:
        rest = rest.replace(character, "")
    if rest.isprintable():
        return text
    return "".join(character if character in keep else _shown(character) for character in text)


def _shown(character: str) -> str:
    code = ord(character)
    if code < 0x20:
        return chr(0x2400 + code)
    if code == 0x7F:
        return "\u2421"
    if character == " " or unicodedata.category(character)[0] not in "CZ":
        return character
    return f"\u27e8U+{code:04X}\u27e9"
