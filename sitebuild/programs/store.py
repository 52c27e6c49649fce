"""Where snippets, sessions and their recordings lie.

A snippet is one file, or two: `server.py` with `client.py` in the same folder run together, and go by the name of the
first. What such a pair shows, the docstring of its folder's `__init__.py` says.
"""

from __future__ import annotations

import ast
import difflib
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TypeVar

from sitebuild.programs import faulty, what_ifs
from sitebuild.programs.what_ifs import WhatIf
from sitebuild.reading.files import parsed
from socktrace.recording import Recording, from_json
from socktrace.session import model
from socktrace.session.model import Transcript

_Read = TypeVar("_Read")

SERVER, CLIENT = "server.py", "client.py"
"""The two files of a pair."""

_FILES = re.compile(r"^files = \[([^\]]*)\]", re.MULTILINE)
_NAME = re.compile(r'"([^"]+)"')
"""How a session names the programs that it runs."""

MEND = "uv run python -m sitebuild record"


@dataclass(frozen=True, slots=True)
class Store:
    """The snippets, sessions and recordings of one checkout.

    Args:
        root: The checkout's top folder.
    """

    root: Path

    @property
    def snippets(self) -> Path:
        """The folder of the programs."""
        return self.root / "snippets"

    @property
    def recordings(self) -> Path:
        """The folder of what they did."""
        return self.root / "docs" / "recordings"

    def names(self) -> tuple[str, ...]:
        """Return every snippet, as `sockets/echo.py`; not those that are wrong on purpose."""
        return tuple(name for name in self._programs() if not faulty.is_faulty(name))

    def faulty(self) -> tuple[str, ...]:
        """Return every program that is wrong on purpose, as `broken/fetch_a_page.py`."""
        return tuple(name for name in self._programs() if faulty.is_faulty(name))

    def _programs(self) -> tuple[str, ...]:
        found = (path.relative_to(self.snippets).as_posix() for path in self.snippets.rglob("*.py"))
        return tuple(sorted(name for name in found if self._first(name) == name))

    def _first(self, name: str) -> str:
        """Return the program that a file belongs to, `""` if it is none."""
        path = PurePosixPath(name)
        if path.name == CLIENT and self.source(str(path.with_name(SERVER))).is_file():
            return str(path.with_name(SERVER))
        return "" if path.name.startswith("_") else name

    def sessions(self) -> tuple[str, ...]:
        """Return every session, as `ports/two_port_spaces.toml`."""
        found = (path.relative_to(self.snippets).as_posix() for path in self.snippets.glob("*/**/*.toml"))
        return tuple(sorted(name for name in found if not name.endswith(what_ifs.SUFFIX)))

    def what_ifs(self) -> tuple[str, ...]:
        """Return every what-if, as `sockets/echo.py:never-done`.

        Raises:
            ValueError: A file of what-ifs is wrong.
        """
        files = (path.relative_to(self.snippets).as_posix() for path in self.snippets.rglob(f"*{what_ifs.SUFFIX}"))
        programs = sorted(f"{file.removesuffix(what_ifs.SUFFIX)}.py" for file in files)
        return tuple(one.name for program in programs for one in self._what_ifs(program).values())

    def what_if(self, name: str) -> WhatIf:
        """Return a what-if.

        Args:
            name: Its whole name, as `resolve` gives it.

        Raises:
            ValueError: The file of what-ifs is wrong.
        """
        program, _, own = name.partition(what_ifs.PARTS)
        return self._what_ifs(program)[own]

    def _what_ifs(self, program: str) -> dict[str, WhatIf]:
        name = program.removesuffix(".py") + what_ifs.SUFFIX
        file = self.source(name)
        if not file.is_file():
            return {}
        if not self.source(program).is_file() or faulty.is_faulty(program):
            raise ValueError(f"snippets/{name}:1: there is no snippet {program}; rename the file or remove it")
        return what_ifs.read(program, parsed(file, str))

    def source(self, name: str) -> Path:
        """Return the file of a snippet or session: of a pair the server, of a what-if the file that it edits."""
        return self.snippets / name.partition(what_ifs.PARTS)[0]

    def files(self, name: str) -> tuple[str, ...]:
        """Return the files of a snippet or what-if, in the order in which they are run: one, or the two of a pair."""
        first = PurePosixPath(self._first(name.partition(what_ifs.PARTS)[0]))
        if first.name == SERVER and self.source(str(first.with_name(CLIENT))).is_file():
            return str(first), str(first.with_name(CLIENT))
        return (str(first),)

    def texts(self, name: str) -> tuple[str, ...]:
        """Return the text of each file of a snippet."""
        return tuple(self.source(file).read_text(encoding="utf-8") for file in self.files(name))

    def session(self, name: str) -> str:
        """Return the text of a session; those of the programs that it names stand at its end, in a table.

        Args:
            name: The session, as `ports/two_port_spaces.toml`.

        Raises:
            ValueError: It names a program that is not there.
        """
        text = parsed(self.source(name), str)
        named = _FILES.search(text)
        if not named:
            return text
        rows = []
        for file in _NAME.findall(named[1]):
            if not self.source(file).is_file():
                raise ValueError(f"snippets/{name}: files: there is no snippet {file}")
            rows.append(f"\"{file}\" = '''\n{parsed(self.source(file), str)}'''\n")
        return "\n".join([text, "[texts]", *rows])

    def claim(self, name: str) -> str:
        """Return what a snippet shows, in one sentence; `""` if it does not say."""
        pair = len(self.files(name)) > 1
        says = self.source(name).with_name("__init__.py") if pair else self.source(name)
        if not says.is_file() or _no_python(says.read_text(encoding="utf-8")):
            return ""
        text = ast.get_docstring(ast.parse(says.read_bytes()))
        return (text or "").partition("\n")[0]

    def syntax_error(self, name: str) -> str:
        """Return where a program is no Python, as `snippets/x.py:15: SyntaxError: expected ':'`; `""` if it is."""
        for file in self.files(name):
            if file.endswith(".py") and (wrong := parsed(self.source(file), _no_python)):
                return f"snippets/{file}:{wrong}"
        return ""

    def path(self, name: str) -> Path:
        """Return the file of a snippet's, session's or what-if's recording."""
        program, _, own = name.partition(what_ifs.PARTS)
        return (self.recordings / program).with_suffix(f".{own}.json" if own else ".json")

    def load(self, name: str) -> Recording | None:
        """Return a snippet's recording as it lies there, `None` if there is none.

        Raises:
            ValueError: The file is not a recording.
        """
        return self._recorded(name, from_json)

    def transcript(self, name: str) -> Transcript | None:
        """Return a session's transcript as it lies there, `None` if there is none.

        Raises:
            ValueError: The file is not a transcript.
        """
        return self._recorded(name, model.from_json)

    def _recorded(self, name: str, read: Callable[[str], _Read]) -> _Read | None:
        try:
            text = self.path(name).read_text(encoding="utf-8")
        except FileNotFoundError:
            return None
        return read(text)

    def clashes(self) -> tuple[str, ...]:
        """Return what is wrong with the names: a snippet and a session that would share a recording."""
        snippets = {self.path(name): name for name in self._programs()}
        return tuple(
            f"snippets/{name}:1: {snippets[self.path(name)]} has the same name, and so the same recording; rename one"
            for name in self.sessions()
            if self.path(name) in snippets
        )

    def orphans(self) -> tuple[Path, ...]:
        """Return the recordings whose snippet, session or what-if is gone."""
        expected = {self.path(name) for name in (*self._programs(), *self.sessions(), *self.what_ifs())}
        return tuple(sorted(path for path in self.recordings.rglob("*.json") if path not in expected))

    def resolve(self, name: str) -> str:
        """Return the snippet, session or what-if that a user means.

        Args:
            name: Such as `sockets/echo.py`, `snippets/sockets/echo.py`, `sockets/echo` or `sockets/echo:never-done`; of
                a pair its folder, too.

        Raises:
            LookupError: There is none; the message suggests one.
        """
        program, colon, own = name.partition(what_ifs.PARTS)
        if colon:
            program = self.resolve(program)
            known = {one: found.name for file in self.files(program) for one, found in self._what_ifs(file).items()}
            if own not in known:
                close = difflib.get_close_matches(own, known, n=1)
                hint = f"; did you mean {close[0]}?" if close else ""
                raise LookupError(f"unknown what-if {own} of {program}{hint}")
            return known[own]
        wanted = name.replace("\\", "/").removeprefix("./").removeprefix("snippets/")
        for one in (wanted, f"{wanted}.py", f"{wanted}.toml", f"{wanted}/{SERVER}"):
            if not one.endswith((".py", ".toml")) or one.endswith(what_ifs.SUFFIX) or not self.source(one).is_file():
                continue
            if found := self._first(one):
                return found
        programs = (*self._programs(), *self.sessions())
        wanted = wanted if wanted.endswith((".py", ".toml")) else wanted + ".py"
        close = difflib.get_close_matches(wanted, programs, n=1)
        hint = f"did you mean {close[0]}?" if close else f"there is no file snippets/{wanted}"
        kind = "session" if wanted.endswith(".toml") else "snippet"
        raise LookupError(f"unknown {kind} {name}; {hint}")


def _no_python(text: str) -> str:
    """Return the line and what is wrong, if Python cannot read a text; `""` if it can."""
    try:
        ast.parse(text)
    except SyntaxError as error:
        return f"{error.lineno or 1}: {type(error).__name__}: {error.msg}"
    return ""
