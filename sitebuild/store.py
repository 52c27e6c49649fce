"""Where snippets, sessions and their recordings lie.

A snippet is one file, or two: `server.py` with `client.py` in the same folder run together, and go by the name of the
first. What such a pair shows, the docstring of its folder's `__init__.py` says.
"""

from __future__ import annotations

import ast
import difflib
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from sitebuild import faulty
from socktrace.recording import Recording, from_json
from socktrace.session import model
from socktrace.session.model import Transcript

SERVER, CLIENT = "server.py", "client.py"
"""The two files of a pair."""

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
        """Return every program that is wrong on purpose, as `broken/reads_once.py`."""
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
        return tuple(sorted(path.relative_to(self.snippets).as_posix() for path in self.snippets.glob("*/**/*.toml")))

    def source(self, name: str) -> Path:
        """Return the file of a snippet or session; of a pair, that of the server."""
        return self.snippets / name

    def files(self, name: str) -> tuple[str, ...]:
        """Return the files of a snippet, in the order in which they are run: one, or the two of a pair."""
        path = PurePosixPath(name)
        if path.name == SERVER and self.source(str(path.with_name(CLIENT))).is_file():
            return name, str(path.with_name(CLIENT))
        return (name,)

    def texts(self, name: str) -> tuple[str, ...]:
        """Return the text of each file of a snippet."""
        return tuple(self.source(file).read_text(encoding="utf-8") for file in self.files(name))

    def claim(self, name: str) -> str:
        """Return what a snippet shows, in one sentence; `""` if it does not say."""
        pair = len(self.files(name)) > 1
        says = self.source(name).with_name("__init__.py") if pair else self.source(name)
        text = ast.get_docstring(ast.parse(says.read_bytes())) if says.is_file() else None
        return (text or "").partition("\n")[0]

    def path(self, name: str) -> Path:
        """Return the file of a snippet's or session's recording."""
        return (self.recordings / name).with_suffix(".json")

    def load(self, name: str) -> Recording | None:
        """Return a snippet's recording as it lies there, `None` if there is none.

        Raises:
            ValueError: The file is not a recording.
        """
        try:
            text = self.path(name).read_text(encoding="utf-8")
        except FileNotFoundError:
            return None
        return from_json(text)

    def transcript(self, name: str) -> Transcript | None:
        """Return a session's transcript as it lies there, `None` if there is none.

        Raises:
            ValueError: The file is not a transcript.
        """
        try:
            text = self.path(name).read_text(encoding="utf-8")
        except FileNotFoundError:
            return None
        return model.from_json(text)

    def clashes(self) -> tuple[str, ...]:
        """Return what is wrong with the names: a snippet and a session that would share a recording."""
        snippets = {self.path(name): name for name in self._programs()}
        return tuple(
            f"snippets/{name}:1: {snippets[self.path(name)]} has the same name, and so the same recording; rename one"
            for name in self.sessions()
            if self.path(name) in snippets
        )

    def orphans(self) -> tuple[Path, ...]:
        """Return the recordings whose snippet or session is gone."""
        expected = {self.path(name) for name in (*self._programs(), *self.sessions())}
        return tuple(sorted(path for path in self.recordings.rglob("*.json") if path not in expected))

    def resolve(self, name: str) -> str:
        """Return the snippet or session that a user means.

        Args:
            name: Such as `sockets/echo.py`, `snippets/sockets/echo.py` or `sockets/echo`; of a pair its folder, too.

        Raises:
            LookupError: There is none; the message suggests one.
        """
        wanted = name.replace("\\", "/").removeprefix("./").removeprefix("snippets/")
        for one in (wanted, f"{wanted}.py", f"{wanted}.toml", f"{wanted}/{SERVER}"):
            if one.endswith((".py", ".toml")) and self.source(one).is_file() and (found := self._first(one)):
                return found
        known = (*self._programs(), *self.sessions())
        wanted = wanted if wanted.endswith((".py", ".toml")) else wanted + ".py"
        close = difflib.get_close_matches(wanted, known, n=1)
        hint = f"did you mean {close[0]}?" if close else f"there is no file snippets/{wanted}"
        kind = "session" if wanted.endswith(".toml") else "snippet"
        raise LookupError(f"unknown {kind} {name}; {hint}")
