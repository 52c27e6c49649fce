"""What the blocks of a page draw on: snippets, sessions, recordings and data files of one checkout."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TypeVar

from sitebuild.data.answers import Answer, read_answers
from sitebuild.data.bibliography import Source, read_sources
from sitebuild.data.claims import Claim, read_claims
from sitebuild.data.connectors import Connector, read_connectors
from sitebuild.data.entries import EntriesError, Lines
from sitebuild.data.errors import SocketError, read_errors
from sitebuild.data.glossary import Term, read_glossary
from sitebuild.data.marks import Mark, read_marks
from sitebuild.data.ports import Assignment, read_ports
from sitebuild.data.roads import Road, read_roads
from sitebuild.kit import places
from sitebuild.kit.places import Place, Run
from sitebuild.programs import faulty, what_ifs
from sitebuild.programs.store import MEND, Store
from sitebuild.programs.what_ifs import Line
from sitebuild.reading.files import parsed, states
from sitebuild.reading.options import PageError, guess
from socktrace import ladder
from socktrace.ladder import Figure
from socktrace.recording import Recording, digest, from_json
from socktrace.session import model
from socktrace.session.model import Session, Transcript, read_session

GLOSSARY_PAGE = "reference/glossary.md"
_FILES = {
    "sources.toml": "sources",
    "glossary.toml": "terms",
    **{f"{name}.toml": name for name in ("claims", "ports", "errors", "answers", "roads", "connectors", "marks")},
}
"""The property that has what stands in a data file."""
_Entries = TypeVar("_Entries")
_Kept = TypeVar("_Kept", "Recorded", Transcript)


class DataError(PageError):
    """A data file that cannot be read, which whoever draws on it need not say again.

    Args:
        flaws: What is wrong with it, each as `docs/data/ports.toml:12: what is wrong and how to mend it`.
    """

    def __init__(self, flaws: tuple[str, ...]) -> None:
        self.flaws = flaws
        super().__init__("\n".join(flaws))


@dataclass(frozen=True, eq=False)
class Recorded:
    """A recording as it lies in its file. Two are equal if they are the same object, which is quickly told.

    Args:
        recording: The recording.
    """

    recording: Recording

    @property
    def source(self) -> str:
        """The digests of the programs that were recorded."""
        return " ".join(one.digest for one in self.recording.programs)

    @cached_property
    def figure(self) -> Figure:
        """The ladder of the run, drawn once for all its uses."""
        return ladder.draw(self.recording)


@dataclass(frozen=True, slots=True)
class Evidence:
    """A snippet and what it did.

    Args:
        name: The snippet, as `sockets/echo.py`.
        text: The program.
        recorded: What it did when it was last recorded.
        beside: The text of each program that ran beside it, in the order of `Recording.beside`.
    """

    name: str
    text: str
    recorded: Recorded
    beside: tuple[str, ...] = ()

    @property
    def recording(self) -> Recording:
        """What it did."""
        return self.recorded.recording

    @property
    def run(self) -> ladder.Run:
        """Its run, told step by step."""
        return _told(self.recorded, (self.text, *self.beside))


@lru_cache(maxsize=512)
def _told(recorded: Recorded, texts: tuple[str, ...]) -> ladder.Run:
    files = (program.file for program in recorded.recording.programs)
    return ladder.tell(recorded.recording, recorded.figure, dict(zip(files, texts, strict=True)))


@dataclass(frozen=True, slots=True)
class Edited:
    """A what-if and what the edited program did.

    Args:
        lines: Every line of the program and of its edit, in order.
        evidence: The edited program with its recording.
    """

    lines: tuple[Line, ...]
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Witnessed:
    """A session and what came of it.

    Args:
        session: The session.
        transcript: What its commands printed when it was last recorded.
    """

    session: Session
    transcript: Transcript


@dataclass(frozen=True, slots=True)
class Proof:
    """A run that a claim rests on.

    Args:
        says: What it shows, in one sentence.
        place: Where it can be seen.
    """

    says: str
    place: Place


def _connectors_by_id(text: str) -> dict[str, Connector]:
    return {connector.id: connector for connector in read_connectors(text)}


def _recorded(text: str) -> Recorded:
    return Recorded(from_json(text))


@lru_cache(maxsize=8)  # every page has a library of its own, and asks for the same places
def _places(root: Path, runs: Callable[[str, Store], Iterator[Run]], *_states: object) -> dict[str, Place]:
    store = Store(root)
    return places.find(root / "docs", lambda text: runs(text, store))


class Library:
    """Finds what it is asked for, and reads each file once.

    Args:
        root: The checkout's top folder.
        runs: What returns the runs that the text of a page shows, in order.
    """

    def __init__(self, root: Path, runs: Callable[[str, Store], Iterator[Run]]) -> None:
        self.root = root
        self.store = Store(root)
        self._runs = runs
        self._unread: dict[str, DataError] = {}

    @property
    def docs(self) -> Path:
        """The folder of the pages."""
        return self.root / "docs"

    @property
    def data(self) -> Path:
        """The folder of the data files."""
        return self.docs / "data"

    @cached_property
    def sources(self) -> dict[str, Source]:
        """The bibliography.

        Raises:
            DataError: The file is missing or wrong.
        """
        return self._data("sources.toml", read_sources)

    @cached_property
    def terms(self) -> dict[str, Term]:
        """The glossary, by the terms in lower case.

        Raises:
            DataError: The file is missing or wrong.
        """
        return self._data("glossary.toml", read_glossary)

    @cached_property
    def _called(self) -> dict[str, Term]:
        return {name.casefold(): term for term in self.terms.values() for name in term.names}

    @cached_property
    def claims(self) -> tuple[Claim, ...]:
        """The claims, in the order of the article.

        Raises:
            DataError: The file is missing or wrong.
        """
        return self._data("claims.toml", read_claims)

    @cached_property
    def ports(self) -> tuple[Assignment, ...]:
        """The table of ports, by number.

        Raises:
            DataError: The file is missing or wrong.
        """
        return self._data("ports.toml", read_ports)

    @cached_property
    def errors(self) -> dict[str, SocketError]:
        """The table of errors, by their names.

        Raises:
            DataError: The file is missing or wrong.
        """
        return self._data("errors.toml", read_errors)

    @cached_property
    def answers(self) -> dict[str, Answer]:
        """What is asked that is no message of a connection, by their names.

        Raises:
            DataError: The file is missing or wrong.
        """
        return self._data("answers.toml", read_answers)

    @cached_property
    def roads(self) -> tuple[Road, ...]:
        """The roads through the site, in the order of the doors; none where there is no file of them.

        Raises:
            DataError: The file is wrong.
        """
        return self._data("roads.toml", read_roads) if (self.data / "roads.toml").is_file() else ()

    @cached_property
    def connectors(self) -> dict[str, Connector]:
        """The catalogue of connectors, by their ids, in the order of their families.

        Raises:
            DataError: The file is missing or wrong.
        """
        return self._data("connectors.toml", _connectors_by_id)

    @cached_property
    def marks(self) -> tuple[Mark, ...]:
        """The marks beside ports and on cables, in the order of their file.

        Raises:
            DataError: The file is missing or wrong.
        """
        return self._data("marks.toml", read_marks)

    @cached_property
    def places(self) -> dict[str, Place]:
        """Where on the site each run can be seen, by its name."""
        return _places(self.root, self._runs, states(self.docs, ".md"), states(self.store.snippets))

    def place(self, file: str, entry: str = "", text: str = "") -> str | None:
        """Return where something stands in a data file, such as `docs/data/claims.toml:12`; `None` if it does not.

        Args:
            file: The data file, such as `claims.toml`.
            entry: The name of the entry to begin at.
            text: What to look for; without it, the beginning of the entry.
        """
        lines = parsed(self.data / file, Lines)
        begin = lines.of(entry)
        at = next((number for number, line in enumerate(lines.texts[begin - 1 :], begin) if text in line), None)
        return None if at is None else f"docs/data/{file}:{at}"

    def unknown(
        self, file: str, kind: str, names: Iterable[tuple[str, str]], look: Callable[[str], object]
    ) -> list[str]:
        """Return which names in a data file lead to nothing, each as `docs/data/claims.toml:12: claim C05: what`.

        Args:
            file: The data file, such as `claims.toml`.
            kind: What its entries are.
            names: Each name that an entry refers to, after the entry's own.
            look: What finds the thing of a name, or raises `PageError`.
        """
        found = []
        for entry, name in names:
            try:
                look(name)
            except DataError:
                break
            except PageError as error:
                found.append(f"{self.place(file, entry)}: {kind} {entry}: {error}")
        return found

    def want(self, file: str) -> None:
        """Read a data file, unless that is done.

        Args:
            file: Such as `claims.toml`.

        Raises:
            DataError: It is missing or wrong.
        """
        getattr(self, _FILES[file])

    def unread(self) -> tuple[str, ...]:
        """Return what is wrong with data files that cannot be read, and which were wanted and are missing."""
        for file in _FILES:
            if (self.data / file).is_file():
                with suppress(DataError):  # kept, and told below
                    self.want(file)
        return tuple(flaw for file in sorted(self._unread) for flaw in self._unread[file].flaws)

    def _data(self, file: str, read: Callable[[str], _Entries]) -> _Entries:
        if file in self._unread:
            raise self._unread[file]
        try:
            return parsed(self.data / file, read)
        except FileNotFoundError as error:
            wrong = DataError((f"docs/data/{file} is missing",))
            raise self._unread.setdefault(file, wrong) from error
        except EntriesError as error:
            wrong = DataError(tuple(f"docs/data/{file}:{line}: {words}" for line, words in error.found))
            raise self._unread.setdefault(file, wrong) from error
        except (OSError, ValueError) as error:
            wrong = DataError((f"docs/data/{file}:1: {error}",))
            raise self._unread.setdefault(file, wrong) from error

    def source(self, id: str) -> Source:
        """Return an entry of the bibliography.

        Raises:
            PageError: There is none of that name.
        """
        if id not in self.sources:
            raise PageError(f"unknown source {id}{guess(id, self.sources) or '; add it to docs/data/sources.toml'}")
        return self.sources[id]

    def term(self, name: str) -> Term:
        """Return an entry of the glossary.

        Raises:
            PageError: There is none of that name.
        """
        if not name:
            raise PageError("a term has no name; write [[words|term]], such as [[listeners|listening socket]]")
        if name.casefold() not in self._called:
            known = [one for term in self.terms.values() for one in term.names]
            raise PageError(f"unknown term {name}{guess(name, known) or '; add it to docs/data/glossary.toml'}")
        return self._called[name.casefold()]

    def connector(self, id: str) -> Connector:
        """Return an entry of the catalogue of connectors.

        Raises:
            PageError: There is none of that name.
        """
        if id not in self.connectors:
            raise PageError(
                f"unknown connector {id}{guess(id, self.connectors) or '; add it to docs/data/connectors.toml'}"
            )
        return self.connectors[id]

    def error(self, id: str) -> SocketError:
        """Return an entry of the table of errors.

        Raises:
            PageError: There is none of that name.
        """
        if id not in self.errors:
            raise PageError(f"unknown error {id}{guess(id, self.errors) or '; add it to docs/data/errors.toml'}")
        return self.errors[id]

    def page(self, path: str) -> Path:
        """Return the file of a page.

        Raises:
            PageError: There is none.
        """
        if not (self.docs / path).is_file():
            raise PageError(f"there is no page docs/{path}")
        return self.docs / path

    def proof(self, name: str) -> Proof:
        """Return what a snippet or a session shows, and where.

        Args:
            name: The snippet, as `sockets/echo.py`, or the session, as `ports/forwarding.toml`.

        Raises:
            PageError: There is none of that name, it is not recorded as it is, or it stands on no page.
        """
        name = self._resolve(name)
        if name.endswith(".toml"):
            says = self.witnessed(name).transcript.claim
        else:
            self.evidence(name)
            says = self.store.claim(name) or name
        if name not in self.places:
            if (self.data / "errors.toml").is_file():
                self.errors  # noqa: B018  what its entries show is unknown while it cannot be read
            raise PageError(f"no page shows {name}; show it, or name another proof")
        return Proof(says, self.places[name])

    def evidence(self, name: str) -> Evidence:
        """Return a snippet with its recording.

        Raises:
            PageError: There is no such snippet, or its recording is missing, damaged or stale.
        """
        name = self._resolve(name)
        if faulty.is_faulty(name):
            raise PageError(f"{name} is wrong on purpose; show it with a hunt fence")
        return self._program(name)

    def wrong(self, name: str) -> Evidence:
        """Return a program that is wrong on purpose, with its recording.

        Raises:
            PageError: There is no such program, or its recording is missing, damaged or stale.
        """
        name = self._resolve(name)
        if not faulty.is_faulty(name):
            raise PageError(f"{name} is not in snippets/{faulty.FOLDER}; a hunt begins with a program that is wrong")
        return self._program(name)

    def _program(self, name: str) -> Evidence:
        if name.endswith(".toml"):
            raise PageError(f"{name} is a session; show it with a session fence")
        if what_ifs.is_what_if(name):
            raise PageError(f"{name} is a what-if; show it with a what-if fence")
        text, *beside = (parsed(self.store.source(file), str) for file in self.store.files(name))
        return Evidence(name, text, self._recorded(name, "program", (text, *beside), _recorded), tuple(beside))

    def edited(self, name: str) -> Edited:
        """Return a what-if with its recording.

        Args:
            name: The program and the edit, as `sockets/echo.py:never-done`.

        Raises:
            PageError: There is no such what-if, it does not apply, or its recording is missing, damaged or stale.
        """
        name, lines = self.applied(name)
        edited = what_ifs.text_of(lines)
        own, files = name.partition(what_ifs.PARTS)[0], self.store.files(name)
        texts = tuple(edited if file == own else parsed(self.store.source(file), str) for file in files)
        recorded = self._recorded(name, "program or its edit", texts, _recorded)
        return Edited(lines, Evidence(name, texts[0], recorded, texts[1:]))

    def applied(self, name: str) -> tuple[str, tuple[Line, ...]]:
        """Return the whole name of a what-if, and every line of the program and of its edit, recorded or not.

        Raises:
            PageError: There is no such what-if, or it does not apply.
        """
        name = self._resolve(name)
        if not what_ifs.is_what_if(name):
            raise PageError(f"{name} is no what-if; name one as {name}{what_ifs.PARTS}NAME")
        try:
            return name, what_ifs.edited(self.store.what_if(name), parsed(self.store.source(name), str))
        except ValueError as error:
            wrong = self.store.syntax_error(name) or f"{error}; mend it, then run: {MEND} {name}"
            raise PageError(wrong) from error

    def witnessed(self, name: str) -> Witnessed:
        """Return a session with its transcript.

        Raises:
            PageError: There is no such session, it is wrong, or its recording is missing, damaged or stale.
        """
        name = self._resolve(name)
        if not name.endswith(".toml"):
            raise PageError(f"{name} is a program; show it with a snippet fence")
        try:
            text = self.store.session(name)
            session = read_session(name, text)
        except ValueError as error:
            raise PageError(str(error)) from error
        return Witnessed(session, self._recorded(name, "session", (text,), model.from_json))

    def _recorded(self, name: str, kind: str, texts: tuple[str, ...], read: Callable[[str], _Kept]) -> _Kept:
        """Return what was recorded of a program or a session, if that is of its present text."""
        try:
            return self._current(name, kind, texts, read)
        except PageError as error:  # what is no program cannot be recorded either
            raise PageError(self.store.syntax_error(name) or str(error)) from error

    def _current(self, name: str, kind: str, texts: tuple[str, ...], read: Callable[[str], _Kept]) -> _Kept:
        mend = f"run: {MEND} {name}"
        try:
            recorded = parsed(self.store.path(name), read)
        except FileNotFoundError as error:
            raise PageError(f"{name} has no recording; {mend}") from error
        except ValueError as error:
            raise PageError(f"the recording of {name} cannot be read ({error}); {mend}") from error
        if recorded.source != " ".join(map(digest, texts)):
            raise PageError(f"the recording of {name} is stale, the {kind} has changed since; {mend}")
        return recorded

    def _resolve(self, name: str) -> str:
        try:
            return self.store.resolve(name)
        except LookupError as error:
            raise PageError(str(error.args[0])) from error
        except ValueError as error:
            raise PageError(str(error)) from error
