"""Lets the witness into each Python that a watched program starts, and names every other program that it starts.

The program's environment is its own: only what is started as a Python gets the way in (`inherited`), and takes it out
again as it starts. What is none, is told not to be read (`-I`, `-E`), or goes ways that are not seen here, is named.
"""

from __future__ import annotations

import os
import sys

from socktrace.calls.alike import alike

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from typing import Any

VARIABLE = "SOCKTRACE"
"""The variable of the environment that says where the witness writes."""
HIDDEN = "SOCKTRACE_"
"""What stands before the name of a variable that a Python is not to read before the program can."""
OPTIONS = "SOCKTRACE_OPTIONS"
"""The variable that says which options a Python was given, if it got others in their place."""
_FOLDER = os.path.join(os.path.dirname(os.path.abspath(__file__)), "startup")
_LIBRARY = os.path.dirname(os.__file__) + os.sep
_PACKAGE = os.path.dirname(os.path.dirname(os.path.abspath(__file__))) + os.sep
_STAT = os.stat
"""As it is before a program replaces it."""
_SHELLS = ("sh", "bash", "dash", "zsh", "ksh")
_UNREADABLE = "EIS"
"""The options with which Python reads no environment, or nothing that could be put in its way (Python docs, Command
line)."""
_SIGNS = ";&|()`$\n"
"""What can make one line of a shell start several programs."""
_OF_LIBRARIES = "from multiprocessing."
"""How a text begins that no program wrote."""
_STARTERS = ("env", "exec", "nice", "nohup", "setsid", "stdbuf", "time", "timeout")


def inherited(
    environ: Mapping[str, str], log: str, program: str, token: str = "", instead: Sequence[str] | None = None
) -> dict[str, str]:
    """Return an environment that lets the witness into a Python.

    One that was to read none of its environment (`-E`, `-I`) reads only how to let the witness in: all else that is
    meant for Python goes by another name until then (`startup`).

    Args:
        environ: The environment without it.
        log: Where the witness writes.
        program: The file of the program that is run, or what its code goes by, such as `<string>`.
        token: What the new process is to say, so that it is known which one it is.
        instead: The options of a Python that was to read none of its environment, behind the number of those that it
            gets in their place; `None` for any other.
    """
    if instead is not None:
        environ = {HIDDEN + name if name.startswith("PYTHON") else name: value for name, value in environ.items()}
        environ[OPTIONS] = "\n".join(instead)
    before = environ.get("PYTHONPATH")
    path = _FOLDER + os.pathsep + before if before else _FOLDER
    empty = "=" if before == "" else ""  # which is none to Python, but would be the current folder behind ours
    return {**environ, "PYTHONPATH": path, VARIABLE: f"{empty}{token}\n{log}\n{program}"}


def is_python(name: str) -> bool:
    """Say whether a program's name is that of a Python: `python`, `python3`, `/usr/bin/python3.11`, `python.exe`."""
    last = os.path.basename(name).removesuffix(".exe")
    return last == "python" or (last.startswith("python") and last[6:].replace(".", "").isdigit())


def is_closed(option: str, letters: str = _UNREADABLE) -> bool:
    """Say whether an option of Python's keeps it from reading its environment, or the folder that is put in its way.

    Args:
        option: The option, which may be several in one word, as in `-sE`.
        letters: Which ones are looked for.
    """
    head = option.partition("W")[0].partition("X")[0]
    return head.startswith("-") and not head.startswith("--") and not set(head).isdisjoint(letters)


def opened(options: Sequence[str]) -> list[str]:
    """Return what Python is given in the place of options, so that it reads how to let the witness in, and no more.

    `-I` is `-E`, `-P` and `-s` in one (Python docs, Command line).

    Args:
        options: Its options.
    """
    found = []
    for option in options:
        head = option.partition("W")[0].partition("X")[0] if is_closed(option, "EI") else ""
        letters = "".join({"I": "Ps", "E": ""}.get(letter, letter) for letter in head) + option[len(head) :]
        found += [letters] if letters != "-" else []
    return found


def text_of(words: Sequence[str]) -> str:
    """Return the text that a Python was given with `-c`, `""` if it was given none, or by a library that starts itself.

    Args:
        words: Its whole command line.
    """
    options = iter(words[1:])
    for option in options:
        head = option.partition("W")[0].partition("X")[0]
        if not head.startswith("-") or head.startswith(("--", "-m")) or option == "-":
            return ""
        if "c" in head:
            text = option.partition("c")[2] or next(options, "")
            return "" if text.startswith(_OF_LIBRARIES) else text
        if option in ("-W", "-X"):
            next(options, "")
    return ""


def _exists(file: str | bytes) -> bool:
    try:
        _STAT(file)
    except (OSError, ValueError):
        return False
    return True


def first_line(script: str) -> str:
    """Return the first line of a script, `""` if the file is none or cannot be read."""
    try:
        with open(script, "rb") as file:
            line = file.readline(4096)
    except OSError:
        return ""
    return line.decode(errors="replace") if line.startswith(b"#!") else ""


class Children:
    """Watches what this process starts.

    Args:
        write: Takes a row for each program that is started.
        log: Where the witness of a child writes.
        program: As in `inherited`; `""` as long as it is not known.
    """

    def __init__(self, write: Callable[[dict[str, Any]], None], log: str, program: str = "") -> None:
        self._write = write
        self._log = log
        self._program = program
        self._started = 0

    def belong_to(self, program: str) -> None:
        """Say which program it is that starts something from now on; see `inherited`."""
        self._program = program

    def install(self) -> None:
        """Start watching. It cannot be undone. What `subprocess` starts is seen from `watch_subprocess` on.

        What stands in the place of a function of `os` takes its own frame out of the traceback of what that raises: an
        error that a bare `raise` raises again gets no further entry of the frame that does so.
        """
        for name in ("posix_spawn", "posix_spawnp", "execve"):
            if hasattr(os, name):
                setattr(os, name, self._with_environment(getattr(os, name)))
        os.execv = self._without_environment(os.execv, list)
        os.system = self._without_environment(os.system, lambda line: ["sh", "-c", line])
        if os.name == "nt":
            sys.addaudithook(self._audit)

    def watch_subprocess(self) -> None:
        """Watch `subprocess`, and `multiprocessing`, as far as they have been loaded."""
        for module, name in (
            (sys.modules.get("_posixsubprocess"), "fork_exec"),
            (sys.modules.get("subprocess"), "_fork_exec"),
        ):
            if original := getattr(module, name, None):
                setattr(module, name, self._fork_exec(original))

    def _fork_exec(self, original: Callable[..., Any]) -> Callable[..., Any]:
        def fork_exec(words: Any, files: Any, close: Any, keep: Any, folder: Any, variables: Any, *rest: Any) -> Any:
            there = (file for file in files if _exists(os.path.join(os.fsencode(folder or b""), file)))
            token = self._start(words, next(there, b""))
            if token and variables is not None:
                variables = self._listed(variables, token)
            with self._exposed(token if variables is None else ""):
                return original(words, files, close, keep, folder, variables, *rest)

        return fork_exec

    def _with_environment(self, original: Callable[..., Any]) -> Any:
        @alike(original)
        def start(path: Any, argv: Any, env: Any, **options: Any) -> Any:
            token = self._start(argv, path)
            try:
                return original(path, argv, self._mapped(env, token) if token else env, **options)
            except BaseException as error:
                error.__traceback__ = None
                raise

        return start

    def _without_environment(self, original: Callable[..., Any], words: Callable[[Any], list[Any]]) -> Any:
        """Watch a function that hands on the environment of the C library: what is in it, this process does not see."""

        @alike(original)
        def start(*args: Any, **kwargs: Any) -> Any:
            given = (*args, *kwargs.values())
            token = self._start(words(given[-1]), given[0] if len(given) > 1 else "/bin/sh") if given else ""
            try:
                with self._exposed(token):
                    return original(*args, **kwargs)
            except BaseException as error:
                error.__traceback__ = None
                raise

        return start

    def _audit(self, event: str, args: tuple[Any, ...]) -> None:
        if event == "_winapi.CreateProcess":
            self._write({"event": "stranger", "name": str(args[1] or args[0]), "pid": os.getpid()})

    def _start(self, words: Any, file: Any) -> str:
        """Take note of a program that is being started; return its token, `""` if it cannot be watched.

        Args:
            words: Its command line, as far as it is one: the system will say if it is none.
            file: What is executed.
        """
        try:
            line, file = [os.fsdecode(word) for word in words], os.fsdecode(file)
        except TypeError:
            return ""
        if not _exists(file):
            return ""  # nothing is started; whoever looks along the PATH tries many such
        try:
            watched, alone = _judged(line, file)
        except Exception:  # the program has replaced what this needs
            watched, alone = False, True
        row: dict[str, Any] = {"event": "stranger", "name": " ".join(line), "pid": os.getpid(), **self._place()}
        if not watched:
            self._write(row)
            return ""
        self._started += 1
        token = f"{os.getpid()}.{self._started}"
        self._write({**row, "token": token} if alone else row)
        return token

    def _place(self) -> dict[str, Any]:
        """Return the program's own line that starts something, as in `Place`; nothing if none does.

        What tells lines from each other better (`places`) is not loaded into every program that starts another.
        """
        try:
            raise LookupError
        except LookupError as here:  # the public way to a frame
            frame = here.__traceback__ and here.__traceback__.tb_frame
        while frame := frame and frame.f_back:
            file = frame.f_code.co_filename
            if not (file.startswith((_LIBRARY, _PACKAGE, "<frozen ")) or "site-packages" in file):
                try:
                    real = file if file.startswith("<") else os.path.realpath(file)
                    path = "" if real == self._program else os.path.relpath(real, os.path.dirname(self._program))
                except Exception:  # the program has replaced what this needs
                    return {}
                return {"path": path, "line": frame.f_lineno}
        return {}

    def _mapped(self, env: Any, token: str) -> Any:
        """Return an environment as `posix_spawn` takes it, `None` for that of this process from Python 3.13 on."""
        given = os.environ if env is None else env
        plain = {os.fsdecode(name): os.fsdecode(value) for name, value in given.items()}
        return inherited(plain, self._log, self._program, token)

    def _listed(self, variables: Any, token: str) -> list[bytes]:
        """Return an environment as `fork_exec` takes it."""
        plain = dict(os.fsdecode(one).split("=", 1) for one in variables)
        added = inherited(plain, self._log, self._program, token)
        return [os.fsencode(f"{name}={value}") for name, value in added.items()]

    def _exposed(self, token: str) -> _Exposed:
        return _Exposed(inherited(os.environ, self._log, self._program, token) if token else None)


class _Exposed:
    """While it is entered, the environment of the C library says what another one says of the way to the witness.

    Args:
        environ: The other one; nothing is changed without one.
    """

    def __init__(self, environ: Mapping[str, str] | None) -> None:
        self._environ = environ

    def __enter__(self) -> None:
        if self._environ is not None:
            self._set(self._environ)

    def __exit__(self, *_: object) -> None:
        if self._environ is not None:
            self._set(os.environ)

    @staticmethod
    def _set(environ: Mapping[str, str]) -> None:
        for name in ("PYTHONPATH", VARIABLE):
            if name in environ:
                os.putenv(name, environ[name])
            else:
                os.unsetenv(name)


def _judged(words: Sequence[str], file: str) -> tuple[bool, bool]:
    """Say whether a command line starts a Python that can be watched, and whether it starts nothing else.

    Args:
        words: The command line.
        file: What is executed.
    """
    alone = True
    if words and os.path.basename(words[0]) in _SHELLS:
        if "-c" not in words[:-1]:
            return False, False
        line = words[words.index("-c") + 1].replace("'", " ").replace('"', " ")
        line = line.replace(">&", ">").replace("<&", "<")  # a stream is put elsewhere, such as in 2>&1
        alone = not any(sign in line for sign in _SIGNS)
        for sign in _SIGNS:
            line = line.replace(sign, " ; ")
        words = line.split()
        folders = os.get_exec_path() if words else []
        file = next((path for folder in folders if os.access(path := os.path.join(folder, words[0]), os.X_OK)), "")
    if words and os.path.realpath(file) == os.path.realpath(sys.executable):
        return not _is_told(words[1:]), alone
    if any(is_python(word) for word in first_line(file).split()):
        return True, alone
    position = _python_in(words)
    return (position is not None and not _is_told(words[position + 1 :])), alone


def _python_in(words: Sequence[str]) -> int | None:
    """Return where a Python is started in a command line, perhaps by a program that does little else: `nice python`."""
    begins = True
    for number, word in enumerate(words):
        if word == ";":
            begins = True
        elif begins and is_python(word):
            return number
        elif begins:
            begins = word in _STARTERS or "=" in word or word.startswith("-") or word.isdigit()
    return None


def _is_told(options: Sequence[str]) -> bool:
    """Say whether a Python is told to read nothing of what its environment says."""
    for option in options:
        if not option.startswith("-") or option == "-" or option.startswith(("-c", "-m", "--")):
            return False
        if is_closed(option):
            return True
    return False
