"""What a program says of its run, in comments of its own source. Pure.

`# socktrace: expect EVENT` says what it means to show, `# socktrace: run with WORDS` how it is recorded.
"""

from __future__ import annotations

import io
import re
import tokenize
from collections.abc import Iterator

from socktrace.recording import Declaration

_COMMENT = re.compile(r"#\s*socktrace:\s*expect\s+(?P<events>[a-z-]+(?:\s*,\s*[a-z-]+)*)")

_ARGUMENTS = re.compile(r"#\s*socktrace:\s*run with\s+(?P<arguments>.*\S)")


def declared(source: str) -> tuple[Declaration, ...]:
    """Return what a program declares, in order.

    Only comments count: the same words in a string declare nothing.

    Args:
        source: The program's text. A program that Python cannot tokenize declares nothing.
    """
    return tuple(
        Declaration(event, line)
        for line, match in _said(_COMMENT, source)
        for event in re.split(r"\s*,\s*", match["events"])
    )


def declared_arguments(source: str) -> tuple[str, ...]:
    """Return the arguments that a program says it is recorded with, parted at blanks; none, if it does not say.

    Args:
        source: The program's text.
    """
    return tuple(word for _, match in _said(_ARGUMENTS, source) for word in match["arguments"].split())


def _said(what: re.Pattern[str], source: str) -> Iterator[tuple[int, re.Match[str]]]:
    """Yield each comment that says something, and its line; most programs say nothing, and are not tokenized for it."""
    if what.search(source):
        for line, text in comments(source):
            if match := what.match(text):
                yield line, match


def comments(source: str) -> tuple[tuple[int, str], ...]:
    """Return the line and the text of each comment of a program, in order.

    Args:
        source: The program's text. One that Python cannot tokenize has none.
    """
    try:
        tokens = list(tokenize.generate_tokens(io.StringIO(source).readline))
    except (tokenize.TokenError, SyntaxError):
        return ()
    return tuple((token.start[0], token.string) for token in tokens if token.type == tokenize.COMMENT)
