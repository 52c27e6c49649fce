"""The block of one error: what happened, what to do, and a run in which it happens. It is Markdown through and through."""

from __future__ import annotations

import json
import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping

from sitebuild.blocks import figure
from sitebuild.data.errors import Cause, SocketError, Told, read_errors
from sitebuild.kit.block import Block, Due, Spot, no_page_shows
from sitebuild.kit.library import Library
from sitebuild.kit.places import Run, slug
from sitebuild.markup.unsought import UNSOUGHT
from sitebuild.programs.store import Store
from sitebuild.reading.files import parsed
from sitebuild.reading.options import PageError

FILE = "errors.toml"
_OURS = "errors/index.md#where-from"
_LINK = re.compile(r"\]\(([a-z][a-z0-9/-]*\.md(?:#[\w-]+)?)\)")
_MARKS = re.compile(r"([\\`*_\[\]#|])")

_GUIDE = """\
## An error

````markdown
```error
EADDRINUSE
```
````

says what an error is, what to do about it, and shows a run in which it happens. The entries are kept in `docs/data/errors.toml`:

```toml
[EADDRINUSE]
page = "errors/address-already-in-use.md"
title = "OSError: [Errno 98] Address already in use"
short = "Address already in use"
is = "One sentence: what happened."
first = "What to do first."
errno = { Linux = 98, macOS = 48, Windows = 10048 }
names = ["EADDRINUSE"]
words = ["address already in use", "only one usage of each socket address"]
program = "errors/address_in_use.py"
more = ["[Who has my port?](ports/who-has-my-port.md)"]
says = [{ by = "macOS", says = "OSError: [Errno 48] Address already in use", source = "macos-errno" }]
causes = [{ is = "The likeliest cause.", see = "How you see that it's this one.", cure = "What to do." }]
port = "8080"

[EADDRINUSE.tell]
Linux = { run = "sudo ss -ltnp 'sport = :8080'", say = "What to look for." }
macOS = { run = "sudo lsof -nP -iTCP:8080 -sTCP:LISTEN", say = "What to look for." }
```

- `short` is the part of the message that everybody knows.
- An entry with a page of its own has `short` for the page's heading: who comes from another language than Python has that part too. One of several on a page has an anchor, `errors/rarer.md#emsgsize`, and the block makes its heading.
- `words` is what a pasted message has for it, in small letters; `*` is anything, `#` a digit, `{name}` a name without a dot, and of what `&` joins all must occur. `unless` is what a message has that is of something else. `wraps = true` marks what only says that there is another error inside, and `narrows` names the errors of which this one is a special case. Every text in `says` must find its own entry.
- Each of `tell` may have `prints`, a sample; `port` and `host` stand in its commands for the reader's own, as in a `command` fence. `tell_of` names another error whose commands help with this one.
- `stop` is like `tell`: one whole line for each system, which finds the program that has the port and ends it.
- `figure` draws how it comes about, with a `caption`; where no command helps, a page would begin with nothing but text.
- `look` says what to look at in the run.
- `cures` is what cures it in one program: `by` names that, `words` is what its messages have, as above. The answer to such a message has it.
- `says` is the message in other systems and programs. What has no `source`, we ran.
- `program` is a snippet or a session that prints the `title`, or what `prints` says. Where there can be none, `unproven` says why.
- `covers` names the exceptions of Python that the entry answers; a test asks for all that sockets raise.
- Links in texts are written from `docs/`: `[words](ports/which-address.md)`.
"""


def link_from(page: str, text: str) -> str:
    """Return a text whose links are written from the folder of the pages, as it reads on one of them.

    Args:
        page: The page, relative to that folder.
        text: Markdown.
    """
    folder = posixpath.dirname(page) or "."
    return _LINK.sub(lambda match: f"]({posixpath.relpath(match[1], folder)})", text)


def plain(text: str) -> str:
    """Return a text as Markdown that shows it as it is."""
    return _MARKS.sub(r"\\\1", text).replace("<", "&lt;")


def numbers(error: SocketError) -> str:
    """Return its names, and its number on each system, in Markdown; empty if it has none."""
    found = [", ".join(f"`{name}`" for name in error.names)] if error.names else []
    found += [f"{' or '.join(map(str, every))} on {system}" for system, every in error.errno.items()]
    return " \u00b7 ".join(found)


def render(error: SocketError, page: str, *, shown: bool = False) -> str:
    """Return all that is known of an error, as Markdown with blocks of other kinds in it.

    Args:
        error: The error.
        page: The page that it is to stand on.
        shown: Whether its program stands further up on the page.
    """
    said = numbers(error) if error.errno else ""  # what only one library calls it helps in the table of all
    if not error.anchor:  # the heading above is the part that every system and language has
        said = " \u00b7 ".join(filter(None, [_code(error.title), said]))
    parts = [
        f"## {plain(error.title)} {{ #{error.anchor} }}" if error.anchor else "",
        error.happened,
        f"**Do this first:** {error.first}",
        f"{said}\n{{ .sk-note }}" if said else "",
        f"```figure\n{error.figure}\n{error.caption}\n```" if error.figure else "",
        _commands(error, error.tell),
        *_stop(error),
        _heading(error, "causes", f"Why do I get “{error.short}”?"),
        "\n".join(_cause(number, one) for number, one in enumerate(error.causes, 1)),
        _cures(error),
        *_proof(error, shown=shown),
        *_wordings(error),
    ]
    if error.more:
        parts.append(_unsought("Read on: " + " \u00b7 ".join(error.more)))
    return link_from(page, "\n\n".join(part for part in parts if part))


def _heading(error: SocketError, name: str, words: str, *, sought: bool = True) -> str:
    """Return a heading on a page that is about this error alone; among others, it has one already."""
    unsought = "" if sought else f' {UNSOUGHT}=""'
    return "" if error.anchor else f"## {plain(words)} {{ #{name}{unsought} }}"


def _cause(number: int, cause: Cause) -> str:
    return f"{number}. **{cause.what}** {cause.see}<br>\n    {cause.cure}"


def _cures(error: SocketError) -> str:
    if not error.cures:
        return ""
    rows = [f"| {one.by} | {one.cure} |" for one in error.cures]
    table = "\n".join(["| Program | Change |", "|---|---|", *rows])
    return f'## What do I change in my program? {{ #programs {UNSOUGHT}="" }}\n\n{_unsought(table)}'


def _commands(error: SocketError, told: Iterable[Told]) -> str:
    if not told:
        return ""
    lines = [f"{name}: {json.dumps(mark)}" for name, mark in (("port", error.port), ("host", error.host)) if mark]
    for one in told:
        lines += [f"{one.system}:", f"  run: {json.dumps(one.run)}", f"  say: {json.dumps(one.say)}"]
        lines += [f"  prints: {json.dumps(one.prints)}"] if one.prints else []
    return _unsought("\n".join(["```command", *lines, "```"]))


def _stop(error: SocketError) -> Iterator[str]:
    if error.stop:
        yield _heading(error, "stop", "How do I kill it, in one line?")
        yield "This finds whatever has the port, and ends it. It doesn't ask whether that's yours."
        yield _commands(error, error.stop)


def is_shown_before(error: SocketError, errors: Mapping[str, SocketError]) -> bool:
    """Say whether the program of an error stands further up on its page, at another error."""
    here = [one.id for one in errors.values() if (one.page, one.program) == (error.page, error.program)]
    return bool(error.program) and here[0] != error.id


def _proof(error: SocketError, *, shown: bool) -> Iterator[str]:
    if shown:
        yield f"It happens in [the run above](#{slug(error.program)})."
        return
    yield _heading(
        error,
        "run",
        f"Can I provoke “{error.short}”?" if error.program else "Why is there no run of it here?",
        sought=bool(error.look),
    )
    if error.look:
        yield error.look
    if error.program.endswith(".toml"):
        yield f"```session\n{error.program}\n```"
    elif error.program:
        show = "[code, output]" if error.anchor else "[code, output, ladder]"
        yield f"```snippet\nfile: {error.program}\nshow: {show}\n```"
    else:
        yield _unsought(f"**Why there's no run here:** {error.unproven}" if error.anchor else error.unproven)


def _wordings(error: SocketError) -> Iterator[str]:
    if error.says:
        yield _heading(error, "words", "How do other systems and programs word it?", sought=False)
        rows = ["| Who | says |", "|---|---|"]
        for one in error.says:
            source = f" [@{one.source}]" if one.source else ""
            rows.append(f"| {one.by} | {_code(one.says)}{source} |")
        rows += ["", f"Where no source is given, [we ran it ourselves]({_OURS}).", "{ .sk-note }"]
        yield _unsought("\n".join(rows))


def _unsought(text: str) -> str:
    """Return Markdown that no search is to know: it finds an error by its message, and the chapters by what they say."""
    return f'<section markdown="1" {UNSOUGHT}="">\n\n{text}\n\n</section>'


def _code(text: str) -> str:
    return f"`{text}`" if "|" not in text else plain(text)


class ErrorBlock(Block[SocketError]):
    """One error, and what to do about it."""

    name = "error"
    guide = _GUIDE

    def read(self, body: str, library: Library) -> SocketError:
        name = body.strip()
        if not name:
            raise PageError("an error fence holds the name of an error, such as EADDRINUSE")
        error = library.error(name)
        if error.figure:
            figure.read(f"{error.figure}\n{error.caption}", library)
        if error.program:
            (library.witnessed if error.program.endswith(".toml") else library.evidence)(error.program)
        return error

    def markdown(self, asked: SocketError, spot: Spot) -> str:
        return render(asked, spot.page, shown=is_shown_before(asked, spot.library.errors))

    def runs(self, body: str, store: Store) -> Iterator[Run]:
        file = store.root / "docs" / "data" / FILE
        entries = parsed(file, read_errors) if file.is_file() else {}
        entry = entries.get(body.strip())
        if entry and entry.program and not is_shown_before(entry, entries):
            yield Run(entry.program, whole=False)  # a chapter that shows it is its place

    def shows(self, asked: SocketError, library: Library) -> Iterable[str]:
        figures = [f"figure {asked.figure}"] if asked.figure else []
        return (f"error {asked.id}", *figures, *([asked.program] if asked.program else []))

    def tells(self, asked: SocketError) -> Iterable[str]:
        return (asked.program,) if asked.program else ()

    def due(self, library: Library, shown: set[str]) -> Iterator[Due]:
        if FILE in shown:
            for name in library.errors:
                place = library.place(FILE, name)
                yield Due(f"error {name}", no_page_shows(place, f"the error {name}", self.name))


BLOCK = ErrorBlock()
