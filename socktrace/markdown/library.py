"""What the blocks of a page draw on: snippets, sessions, recordings, bibliography and glossary of one checkout."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from socktrace.bibliography import Source, read_sources
from socktrace.glossary import Term, read_glossary
from socktrace.markdown.options import PageError, guess
from socktrace.recorder import digest
from socktrace.recording import Recording
from socktrace.session.model import Session, Transcript, read_session
from socktrace.store import MEND, Store

GLOSSARY_PAGE = "reference/glossary.md"


@dataclass(frozen=True, slots=True)
class Evidence:
    """A snippet and what it did.

    Args:
        name: The snippet, as `sockets/echo.py`.
        text: The program.
        recording: What it did when it was last recorded.
    """

    name: str
    text: str
    recording: Recording


@dataclass(frozen=True, slots=True)
class Witnessed:
    """A session and what came of it.

    Args:
        session: The session.
        transcript: What its commands printed when it was last recorded.
    """

    session: Session
    transcript: Transcript


class Library:
    """Reads what it is asked for, once; make a new one to see what has changed.

    Args:
        root: The checkout's top folder.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self.store = Store(root)
        self._evidence: dict[str, Evidence] = {}

    @property
    def docs(self) -> Path:
        """The folder of the pages."""
        return self.root / "docs"

    @cached_property
    def sources(self) -> dict[str, Source]:
        """The bibliography.

        Raises:
            PageError: The file is missing or wrong.
        """
        try:
            return read_sources((self.docs / "sources.toml").read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise PageError(f"docs/sources.toml: {error}") from error

    @cached_property
    def terms(self) -> dict[str, Term]:
        """The glossary, by the terms in lower case.

        Raises:
            PageError: The file is missing or wrong.
        """
        try:
            return read_glossary((self.docs / "glossary.toml").read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise PageError(f"docs/glossary.toml: {error}") from error

    def source(self, id: str) -> Source:
        """Return an entry of the bibliography.

        Raises:
            PageError: There is none of that name.
        """
        if id not in self.sources:
            raise PageError(f"unknown source {id}{guess(id, self.sources) or '; add it to docs/sources.toml'}")
        return self.sources[id]

    def term(self, name: str) -> Term:
        """Return an entry of the glossary.

        Raises:
            PageError: There is none of that name.
        """
        if name.casefold() not in self.terms:
            known = [term.name for term in self.terms.values()]
            raise PageError(f"unknown term {name}{guess(name, known) or '; add it to docs/glossary.toml'}")
        return self.terms[name.casefold()]

    def evidence(self, name: str) -> Evidence:
        """Return a snippet with its recording.

        Raises:
            PageError: There is no such snippet, or its recording is missing, damaged or stale.
        """
        name = self._resolve(name)
        if name.endswith(".toml"):
            raise PageError(f"{name} is a session; show it with a session fence")
        if name not in self._evidence:
            self._evidence[name] = self._load(name)
        return self._evidence[name]

    def witnessed(self, name: str) -> Witnessed:
        """Return a session with its transcript.

        Raises:
            PageError: There is no such session, it is wrong, or its recording is missing, damaged or stale.
        """
        name = self._resolve(name)
        if not name.endswith(".toml"):
            raise PageError(f"{name} is a program; show it with a snippet fence")
        text = self.store.source(name).read_text(encoding="utf-8")
        mend = f"run: {MEND} {name}"
        try:
            session = read_session(name, text)
        except ValueError as error:
            raise PageError(str(error)) from error
        try:
            transcript = self.store.transcript(name)
        except ValueError as error:
            raise PageError(f"the recording of {name} cannot be read ({error}); {mend}") from error
        if transcript is None:
            raise PageError(f"{name} has no recording; {mend}")
        if transcript.source != digest(text):
            raise PageError(f"the recording of {name} is stale, the session has changed since; {mend}")
        return Witnessed(session, transcript)

    def _resolve(self, name: str) -> str:
        try:
            return self.store.resolve(name)
        except LookupError as error:
            raise PageError(str(error.args[0])) from error

    def _load(self, name: str) -> Evidence:
        text = self.store.source(name).read_text(encoding="utf-8")
        mend = f"run: {MEND} {name}"
        try:
            recording = self.store.load(name)
        except ValueError as error:
            raise PageError(f"the recording of {name} cannot be read ({error}); {mend}") from error
        if recording is None:
            raise PageError(f"{name} has no recording; {mend}")
        if recording.source != digest(text):
            raise PageError(f"the recording of {name} is stale, the program has changed since; {mend}")
        return Evidence(name, text, recording)
