"""Reads the command line of a program as Python reads its own, and says which interpreter runs it and which file it is.

What comes out is started as it is: the interpreter itself does what `-m`, `-c`, a folder, a zip file or `-` mean.
"""

from __future__ import annotations

import contextlib
import os
import re
import shlex
import shutil
import sys
import zipimport
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.machinery import PathFinder
from pathlib import Path

from socktrace.calls.children import is_closed, is_python, opened
from socktrace.calls.places import is_library

_NEEDED = (3, 11)
_ASK = """\
import json, sys
print(json.dumps([sys.executable, sys.path, list(sys.version_info[:2]), sys.implementation.name]))
"""


class NotPythonError(OSError):
    """What is to be run is no Python program."""


@dataclass(frozen=True, slots=True)
class Command:
    """How a program is started.

    Args:
        words: What stands after the interpreter and its options: `("-m", "http.server", "0")`, or a file and its
            arguments.
        program: The program's file, as far as it is known: a module's own, `__main__.py` of a folder or zip file;
            `None` for `-c` and for what comes from standard input.
        interpreter: What runs it, with its options; empty if this process does, in a fork that has imported already
            what a program needs.
        installed: Whether it is a tool that was installed, such as `pytest` or `-m unittest`. What it runs is whose
            sockets they are, so files are named as seen from the folder that it is run in.
        instead: As in `inherited`.
    """

    words: tuple[str, ...]
    program: Path | None
    interpreter: tuple[str, ...] = ()
    installed: bool = False
    instead: tuple[str, ...] | None = None

    @property
    def arguments(self) -> tuple[str, ...]:
        """What the program is given."""
        return self.words[2 if self.words[0] in ("-c", "-m") else 1 :]

    @property
    def name(self) -> str:
        """What it is called where there is little room."""
        if self.words[0] == "-m":
            return self.words[1]
        return self.words[0] if self.program is None else Path(self.words[0]).name

    @property
    def title(self) -> str:
        """What it was called by who started it."""
        if self.words[0] == "-m" and (self.installed or self.program is None):
            return f"-m {self.words[1]}"
        return self.name if self.installed else str(self.program or self.words[0])

    @property
    def code(self) -> str:
        """What tracebacks say of the file that its code is in."""
        if self.program is None or self.installed:
            return "<stdin>" if self.words[0] == "-" else "<string>"
        return os.path.realpath(self.program)

    def text(self) -> str:
        """Return the program's source; `""` if it can be read only once, or not at all.

        Raises:
            OSError: The file cannot be read.
        """
        if self.words[0] == "-c":
            return self.words[1]
        if self.program is None:
            return ""
        if archive := _zip(self.program.parent):
            return decoded(archive.get_data(str(self.program)))
        return decoded(self.program.read_bytes())


@dataclass(frozen=True, slots=True)
class Ran:
    """A program that is to be recorded.

    Args:
        command: How it is started.
        name: The name it goes by in the recording; the one that it was started by if it is empty.
    """

    command: Command
    name: str = ""

    @property
    def title(self) -> str:
        """The name it goes by."""
        return self.name or self.command.title


def decoded(source: bytes) -> str:
    """Return a program's text as Python reads it: in UTF-8, or as its first lines say (PEP 263).

    Args:
        source: Its bytes; what cannot be read stands there as U+FFFD.
    """
    try:
        return source.decode("utf-8-sig")
    except UnicodeDecodeError:
        from importlib.util import decode_source  # few need it, and it takes long to load what it needs

        with contextlib.suppress(SyntaxError, UnicodeDecodeError):
            return decode_source(source)
        return source.decode(errors="replace")


def warm(program: Path, arguments: tuple[str, ...] = ()) -> Command:
    """Return how a program's file is run by a fork of this process."""
    return Command((str(program), *arguments), program)


@dataclass(frozen=True, slots=True)
class _Interpreter:
    """A Python that can run a program.

    Args:
        line: Its file and the options it is always given.
        path: Where it looks for modules.
    """

    line: tuple[str, ...]
    path: tuple[str, ...]


def read(words: Sequence[str]) -> Command:
    """Read a command line: Python's own, with or without `python` before it, or that of a script on the PATH.

    Args:
        words: The words of the line.

    Raises:
        OSError: There is no such program, or it is none that a witness could watch.
    """
    if not words:
        raise OSError("a command is empty")
    rest = list(words)
    interpreter = _own()
    if is_python(rest[0]) and (found := shutil.which(rest[0])):
        interpreter = _other(found, rest.pop(0))
    options = _options(rest)
    if not rest:
        raise OSError(_nothing_to_run(options))
    first, installed = rest[0], False
    safe = any(re.match("-[A-Za-z]*[IP]", option) for option in options)
    if first.startswith(("-c", "-m")):
        rest[:1] = [first[:2], first[2:]] if first[2:] else [first]
        if len(rest) < 2:
            raise OSError(f"there is nothing after {first}")
        folders = interpreter.path if safe else (os.getcwd(), *interpreter.path)
        program = _module(rest[1], folders) if first.startswith("-m") else None
        installed = program is not None and is_library(os.path.realpath(program))
    elif first == "-":
        program = None
    elif os.path.exists(first):
        program = _file(Path(first))
        if python := _beside(first):
            interpreter, installed = _other(python, first), True
    elif os.path.basename(first) == first and (script := shutil.which(first)):
        rest[0], program, installed = script, Path(script), True
        python, *given = _shebang(script)
        interpreter, options = _other(python, first), _options(given) + options
    else:
        raise FileNotFoundError(2, f"there is no such file{_like(first)}", first)
    if closed := next((option for option in options if is_closed(option, "S")), None):
        raise OSError(f"{closed} leaves out `site`, by which Python lets the witness in: leave it away")
    instead = None
    if any(map(is_closed, options)):
        given, options = [*interpreter.line[1:], *options], opened(options)
        instead = (str(len(interpreter.line) - 1 + len(options)), *given)
    return Command(tuple(rest), program, (*interpreter.line, *options), installed, instead)


def _nothing_to_run(options: list[str]) -> str:
    """Say that a command line has options and no program, and which of them may be meant as one."""
    if file := next((option for option in options if os.path.isfile(option)), None):
        return f"{file} is read as an option of Python; to run the file of that name, write ./{file}"
    return "there is no program after the options of Python"


def _like(name: str) -> str:
    """Name the file that whoever named one that is not there may have meant; `""` if none is like it."""
    import difflib  # only who has mistyped a name waits until this is loaded

    folder, base = os.path.split(name)
    try:
        others = [one.name for one in os.scandir(folder or os.curdir) if one.is_file()]
    except OSError:
        return f": there is no folder {folder}" if folder else ""
    near = difflib.get_close_matches(base, others, n=1, cutoff=0.7)
    return f"; did you mean {os.path.join(folder, near[0])}?" if near else ""


def _options(rest: list[str]) -> list[str]:
    """Take the options of Python from the beginning of a line, and return them."""
    taken = []
    while rest and rest[0].startswith("-") and rest[0] != "-" and not rest[0].startswith(("-c", "-m")):
        option = rest.pop(0)
        if option == "--":
            break
        if not option.startswith("--") and (last := re.match("-[^WXcm]*([WXcm])(.*)", option)):
            if last[1] in "cm":  # as in -Im: what stands after it says what to run
                if head := option[: last.start(1)].rstrip("-"):
                    taken.append(head)
                rest.insert(0, f"-{last[1]}{last[2]}")
                break
            taken.append(option)
            if not last[2] and rest:
                taken.append(rest.pop(0))
            continue
        taken.append(option)
        if option == "--check-hash-based-pycs" and rest:
            taken.append(rest.pop(0))
    return taken


def _own() -> _Interpreter:
    """Return the Python that runs this, with the options it was given; what the environment says, is inherited.

    Those that would keep the witness out are meant for `socktrace`, as in `python -I -m socktrace`.
    """
    options = [option for option in _options(sys.orig_argv[1:]) if not is_closed(option)]
    return _Interpreter((sys.executable, *options), tuple(sys.path))


def _other(python: str, wanted: str) -> _Interpreter:
    """Return a Python that was asked for by name.

    Raises:
        OSError: It is none, or one that a witness cannot watch.
    """
    import json  # only who names a Python waits until these are loaded
    import subprocess

    try:
        place = os.path.abspath(python)  # seen from here: it is asked where no module of the program lies
        done = subprocess.run([place, "-c", _ASK], capture_output=True, check=True, cwd=os.sep)
        executable, path, version, implementation = json.loads(done.stdout)
    except (OSError, subprocess.CalledProcessError, ValueError) as error:
        raise OSError(f"{wanted}: {python} does not answer as Python does, so it cannot be watched") from error
    if tuple(version) < _NEEDED or implementation != "cpython":
        what = f"{implementation} {'.'.join(map(str, version))}"
        raise OSError(f"{wanted}: it runs with {python}, which is {what}; only CPython from 3.11 on can be watched")
    return _Interpreter((executable,), tuple(path))


def _shebang(script: str) -> list[str]:
    """Return the Python that a script's first line names, and the options that it gives it.

    Raises:
        OSError: It names none.
    """
    with open(script, "rb") as file:
        first, second = (file.readline(4096).decode(errors="replace") for _ in range(2))
    words = first[2:].split() if first.startswith("#!") else []
    if words and os.path.basename(words[0]) == "sh" and second.startswith("'''exec'"):
        words = shlex.split(second[len("'''exec'") :])  # what installers write where the path is long, or has spaces
    elif words and os.path.basename(words[0]) == "env":
        words = [word for word in words[1:] if word != "-S"]
        words[:1] = [shutil.which(word) or word for word in words[:1]]
    if not words or not is_python(words[0]):
        what = f"its first line is {first.strip()[:60]}" if words else "it is no script"
        raise NotPythonError(f"{script}: this is not a Python program ({what}), so it cannot be watched")
    return words


def _beside(script: str) -> str | None:
    """Return the Python that lies beside a script which names it: that of the environment it was installed into."""
    try:
        python = _shebang(script)[0]
    except OSError:
        return None
    here = os.path.dirname(os.path.abspath(script))
    return python if os.path.dirname(python) == here and os.path.exists(python) else None


def _file(given: Path) -> Path:
    """Return which file of it Python runs.

    Raises:
        OSError: It runs none.
    """
    archive = _zip(given)
    if not given.is_dir() and archive is None:
        return given
    program = given / "__main__.py"
    if archive.find_spec("__main__") is None if archive else not program.is_file():
        kind = "zip file" if archive else "folder"
        raise FileNotFoundError(
            2, f"there is no __main__.py in this {kind}: name a file, or a module with -m", str(given)
        )
    return program


def _zip(file: Path) -> zipimport.zipimporter | None:
    """Return what reads a zip file, `None` if it is none that Python would run."""
    try:
        return zipimport.zipimporter(str(file)) if file.is_file() else None
    except zipimport.ZipImportError:
        return None


def _module(name: str, path: Sequence[str]) -> Path | None:
    """Return the file of a module, found without running a line of it; `None` leaves the finding to Python."""
    where: Sequence[str] | None = path
    for part in range(name.count(".") + 1):
        found = PathFinder.find_spec(".".join(name.split(".")[: part + 1]), where)
        if found is None:
            return None
        where = found.submodule_search_locations
    if where is not None:
        found = PathFinder.find_spec(f"{name}.__main__", where)
    return Path(found.origin) if found and found.origin else None
