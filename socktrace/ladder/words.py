"""The words of a sentence, some of which are code or what a program said. Pure."""

from __future__ import annotations

import string
from dataclasses import dataclass
from typing import Literal

from socktrace.wording import preview

_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")


@dataclass(frozen=True, slots=True)
class Piece:
    """Words that are set in one way.

    Args:
        text: The words.
        kind: `code`, `said` for what a program sent, or `""`.
    """

    text: str
    kind: Literal["", "code", "said"] = ""


Words = tuple[Piece, ...]


def say(template: str, **values: Words | str) -> Words:
    """Return a sentence, or several.

    Args:
        template: Its text, with code in backticks and the names of values in braces.
        values: What takes their places; what stands there is never read as a template.
    """
    pieces: list[Piece] = []
    code = False
    for text, name, _, _ in string.Formatter().parse(template):
        for place, part in enumerate(text.split("`")):
            code = code != bool(place)
            if part:
                pieces.append(Piece(part, "code" if code else ""))
        if name is not None:
            value = values[name]
            pieces += [Piece(value, "code" if code else "")] if isinstance(value, str) else value
    if pieces and not pieces[0].kind:
        pieces[0] = Piece(pieces[0].text[:1].upper() + pieces[0].text[1:])
    return tuple(_joined(pieces))


def join(*sentences: Words) -> Words:
    """Return sentences as one text, with blanks between them; empty ones are passed over."""
    pieces: list[Piece] = []
    for sentence in sentences:
        if sentence:
            pieces += [Piece(" "), *sentence] if pieces else sentence
    return tuple(_joined(pieces))


def plain(words: Words) -> str:
    """Return a sentence without its setting."""
    return "".join(piece.text for piece in words)


def number(count: int) -> str:
    """Return a number as prose has it: `five`, `1,024`."""
    return _NUMBERS[count] if count < len(_NUMBERS) else f"{count:,}"


def amount(count: int, noun: str) -> str:
    """Return a number of things as prose has it: `five bytes`, `1,024 bytes`."""
    return f"{number(count)} {noun}{'' if count == 1 else 's'}"


def said(data: str, size: int) -> Words:
    """Return what a program sent: its first words, or how much it is if it is no text.

    Args:
        data: Its first bytes, as Python writes bytes.
        size: How many bytes it is.
    """
    text = preview(data)
    return (Piece(text, "said"),) if text else (Piece(amount(size, "byte")),)


def _joined(pieces: list[Piece]) -> list[Piece]:
    """Return pieces with neighbours of one kind made one."""
    found: list[Piece] = []
    for piece in pieces:
        if found and found[-1].kind == piece.kind == "":
            found[-1] = Piece(found[-1].text + piece.text)
        else:
            found.append(piece)
    return found
