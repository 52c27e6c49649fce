"""What a program says it means to show: `# socktrace: expect EVENT` comments in its own source. Pure."""

from __future__ import annotations

import io
import re
import tokenize

from socktrace.recording import Declaration

_COMMENT = re.compile(r"#\s*socktrace:\s*expect\s+(?P<events>[a-z-]+(?:\s*,\s*[a-z-]+)*)")


def declared(source: str) -> tuple[Declaration, ...]:
    """Return what a program declares, in order.

    Only comments count: the same words in a string declare nothing.

    Args:
        source: The program's text. A program that Python cannot tokenize declares nothing.
    """
    found = []
    try:
        for token in tokenize.generate_tokens(io.StringIO(source).readline):
            match = _COMMENT.match(token.string) if token.type == tokenize.COMMENT else None
            if match:
                events = re.split(r"\s*,\s*", match["events"])
                found += [Declaration(event, token.start[0]) for event in events]
    except (tokenize.TokenError, SyntaxError):
        return ()
    return tuple(found)
