"""Where snippets, sessions and their recordings lie."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from sitebuild import faulty
from socktrace.recording import Recording, from_json
from socktrace.session import model
from socktrace.session.model import Transcript

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
        return tuple(sorted(name for name in found if not PurePosixPath(name).name.startswith("_")))

    def sessions(self) -> tuple[str, ...]:
        """Return every session, as `ports/two_port_spaces.toml`."""
        return tuple(sorted(path.relative_to(self.snippets).as_posix() for path in self.snippets.glob("*/**/*.toml")))

    def source(self, name: str) -> Path:
        """Return the file of a snippet or session."""
        return self.snippets / name

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
            name: Such as `sockets/echo.py`, `snippets/sockets/echo.py` or `sockets/echo`.

        Raises:
            LookupError: There is none; the message suggests one.
        """
        wanted = name.replace("\\", "/").removeprefix("./").removeprefix("snippets/")
        for one in (wanted, f"{wanted}.py", f"{wanted}.toml"):
            if (
                one.endswith((".py", ".toml"))
                and not PurePosixPath(one).name.startswith("_")
                and self.source(one).is_file()
            ):
                return one
        known = (*self._programs(), *self.sessions())
        wanted = wanted if wanted.endswith((".py", ".toml")) else wanted + ".py"
        close = difflib.get_close_matches(wanted, known, n=1)
        hint = f"did you mean {close[0]}?" if close else f"there is no file snippets/{wanted}"
        kind = "session" if wanted.endswith(".toml") else "snippet"
        raise LookupError(f"unknown {kind} {name}; {hint}")
