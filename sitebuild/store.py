"""Where snippets, sessions and their recordings lie."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from sitebuild import faulty, what_ifs
from sitebuild.files import parsed
from sitebuild.what_ifs import WhatIf
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
        """Return the file of a snippet or session; of a what-if that of its program."""
        return self.snippets / name.partition(what_ifs.PARTS)[0]

    def path(self, name: str) -> Path:
        """Return the file of a snippet's, session's or what-if's recording."""
        program, _, own = name.partition(what_ifs.PARTS)
        return (self.recordings / program).with_suffix(f".{own}.json" if own else ".json")

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
        """Return the recordings whose snippet, session or what-if is gone."""
        expected = {self.path(name) for name in (*self._programs(), *self.sessions(), *self.what_ifs())}
        return tuple(sorted(path for path in self.recordings.rglob("*.json") if path not in expected))

    def resolve(self, name: str) -> str:
        """Return the snippet, session or what-if that a user means.

        Args:
            name: Such as `sockets/echo.py`, `snippets/sockets/echo.py`, `sockets/echo` or `sockets/echo:never-done`.

        Raises:
            LookupError: There is none; the message suggests one.
        """
        program, colon, own = name.partition(what_ifs.PARTS)
        if colon:
            program = self.resolve(program)
            known = self._what_ifs(program)
            if own not in known:
                close = difflib.get_close_matches(own, known, n=1)
                hint = f"; did you mean {close[0]}?" if close else ""
                raise LookupError(f"unknown what-if {own} of {program}{hint}")
            return f"{program}{what_ifs.PARTS}{own}"
        wanted = name.replace("\\", "/").removeprefix("./").removeprefix("snippets/")
        for one in (wanted, f"{wanted}.py", f"{wanted}.toml"):
            if (
                one.endswith((".py", ".toml"))
                and not one.endswith(what_ifs.SUFFIX)
                and not PurePosixPath(one).name.startswith("_")
                and self.source(one).is_file()
            ):
                return one
        programs = (*self._programs(), *self.sessions())
        wanted = wanted if wanted.endswith((".py", ".toml")) else wanted + ".py"
        close = difflib.get_close_matches(wanted, programs, n=1)
        hint = f"did you mean {close[0]}?" if close else f"there is no file snippets/{wanted}"
        kind = "session" if wanted.endswith(".toml") else "snippet"
        raise LookupError(f"unknown {kind} {name}; {hint}")
