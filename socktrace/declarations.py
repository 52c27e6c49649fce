"""What a program says of its run, in comments of its own source. Pure.

`# socktrace: expect EVENT` says what it means to show, `# socktrace: run with WORDS` how it is recorded.
"""

from __future__ import annotations

import io
import re
import tokenize

from socktrace.recording import Declaration

_COMMENT = re.compile(r"#\s*socktrace:\s*expect\s+(?P<events>[a-z-]+(?:\s*,\s*[a-z-]+)*)")

_ARGUMENTS = re.compile(r"#\s*socktrace:\s*run with\s+(?P<arguments>.*\S)")


def declared(source: str) -> tuple[Declaration, ...]:
    """Return what a program declares, in order.

    Only comments count: the same words in a string declare nothing.

    Args:
        source: The program's text. A program that Python cannot tokenize declares nothing.
    """
    found = []
    for line, text in comments(source):
        match = _COMMENT.match(text)
        if match:
            found += [Declaration(event, line) for event in re.split(r"\s*,\s*", match["events"])]
    return tuple(found)


def declared_arguments(source: str) -> tuple[str, ...]:
    """Return the arguments that a program says it is recorded with, parted at blanks; none, if it does not say.

    Args:
        source: The program's text.
    """
    found = [match["arguments"].split() for _, text in comments(source) if (match := _ARGUMENTS.match(text))]
    return tuple(argument for line in found for argument in line)


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
