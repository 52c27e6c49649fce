"""Each command that the README, the chapter and the help of the tool show runs, and prints what they say."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import textwrap
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import pytest

from socktrace import cli

ROOT = Path(__file__).parents[2]
PAGES = ("socktrace/README.md", "docs/start/my-program.md")

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="network namespaces need Linux")

FILES = {
    "app.py": "import socket\nfor one in socket.socketpair():\n    one.close()\n",
    "my_package/app.py": "import socket, sys\nsocket.socket().close()\nprint(sys.argv[1:])\n",
    "test_app.py": "def test_nothing() -> None:\n    pass\n",
    "upload.py": "import socket\nsocket.socket().close()\n",
    "server.py": """\
        import socket, sys
        with socket.create_server(("127.0.0.1", int(sys.argv[1]))) as listener:
            print("listening", flush=True)
            with listener.accept()[0] as connection:
                connection.sendall(b"hello")
        """,
    "client.py": """\
        import socket, sys
        with socket.create_connection(("127.0.0.1", int(sys.argv[1]))) as client:
            while part := client.recv(100):
                print(part.decode())
        """,
}
"""What stands for the reader's own programs."""

TOOLS = {
    "socktrace": 'exec "$PYTHON" -m socktrace "$@"',
    "python": 'exec "$PYTHON" "$@"',
    "sudo": "exec true",
}
"""What stands for the programs that a reader has on the PATH; what needs root is not run."""


@dataclass(frozen=True)
class Shown:
    """A command that is shown, and what it is said to print; `...` stands for any lines."""

    command: str
    prints: str = ""


def shown(text: str) -> Iterator[tuple[Shown, ...]]:
    """Yield what belongs together of each fence of a page: a command, and the one that joins its run."""
    for fence in re.findall(r"^```console\n(.*?)^```$", text, re.MULTILINE | re.DOTALL):
        yield from together(re.findall(r"^\$ (?:uvx --from DIR )?(.*)\n((?:(?!\$ ).*\n)*)", fence, re.MULTILINE))


def together(commands: Iterable[tuple[str, str]]) -> Iterator[tuple[Shown, ...]]:
    """Part commands, each with what it prints, into those that run at the same time."""
    found: list[tuple[Shown, ...]] = []
    for command, prints in commands:
        before = found.pop() if command.startswith("socktrace join") else ()
        found.append((*before, Shown(command, prints)))
    yield from found


def in_the_help() -> list[tuple[Shown, ...]]:
    parser, _ = cli._parser()
    said = parser.format_help()
    return list(together((one, "") for one in re.findall(r"^  (socktrace \w+ .*?)(?:  .*)?$", said, re.MULTILINE)))


PLACES = {name: list(shown((ROOT / name).read_text(encoding="utf-8"))) for name in PAGES}
HELP = in_the_help() if sys.platform == "linux" else []
EACH = list(dict.fromkeys(chain(*PLACES.values(), HELP)))


def programs(text: str) -> Iterator[tuple[str, str]]:
    """Yield the name and text of each program that a page tells the reader to save."""
    for name, program in re.findall(r"[Ss]ave it as `(.*?)`:\n\n((?:    .*\n|\n)+)", text):
        yield name, textwrap.dedent(program)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in FILES.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(textwrap.dedent(text), encoding="utf-8")
    (tmp_path / "bin").mkdir()
    for name, line in TOOLS.items():
        (tmp_path / "bin" / name).write_text(f"#!/bin/sh\n{line}\n", encoding="utf-8")
        (tmp_path / "bin" / name).chmod(0o755)
    (tmp_path / "bin/pytest").write_text(
        f"#!{sys.executable}\nimport sys, pytest\nsys.exit(pytest.main())\n", encoding="utf-8"
    )
    (tmp_path / "bin/pytest").chmod(0o755)
    return tmp_path


def begin(command: str, folder: Path) -> subprocess.Popen[str]:
    command = re.sub(r"socktrace (run|together)", r"socktrace \1 --timeout 60", command)  # on a busy machine too
    path = f"{folder / 'bin'}{os.pathsep}{os.environ['PATH']}"
    return subprocess.Popen(
        ["sh", "-c", command],
        cwd=folder,
        env={**os.environ, "PATH": path, "PYTHON": sys.executable, "COLUMNS": "80"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def pattern(prints: str) -> str:
    """Return what matches a text, whatever the kernel and the clock chose."""
    varies = re.compile(r"(?<=127\\\.0\\\.0\\\.1:)\d+|\d+(?=\\ ms)")
    lines = (
        r"(?:.*\n)*?" if line == "..." else varies.sub(r"\\d+", re.escape(line)) + r"\n" for line in prints.splitlines()
    )
    return "".join(lines)


def prove(commands: tuple[Shown, ...], folder: Path) -> None:
    """Run a command, and another one beside it if it is one that joins."""
    for page in PAGES:
        for name, program in programs((ROOT / page).read_text(encoding="utf-8")):
            (folder / name).write_text(program, encoding="utf-8")
    first, *beside = commands
    process = begin(first.command, folder)
    for one in beside:
        assert process.stdout
        assert process.stdout.readline() == "listening\n", first.command
        here = one.command.replace("join", f"join --pid {process.pid}")  # whatever else runs on this machine
        judge(one, begin(here, folder), folder)
    judge(first, process, folder)


def judge(one: Shown, process: subprocess.Popen[str], folder: Path) -> None:
    out, _ = process.communicate(timeout=60)
    out = out.replace(f"{folder}/", "")
    watches = re.search(r"socktrace (run|together)", one.command)
    assert process.returncode in ({0, 1} if one.prints else {0}), f"{one.command}: exit {process.returncode}\n{out}"
    assert not watches or re.search(r"^socktrace: .* after \d+ ms", out, re.MULTILINE), f"{one.command}\n{out}"
    assert not one.prints or re.fullmatch(pattern(one.prints), out), f"{one.command} prints now\n{out}"


@pytest.mark.parametrize("commands", EACH, ids=lambda commands: commands[0].command)
def test_it_runs_and_prints_what_is_shown(commands: tuple[Shown, ...], folder: Path) -> None:
    prove(commands, folder)


def test_all_are_found() -> None:
    assert all(len(found) >= 3 for found in (*PLACES.values(), HELP))
    assert len(EACH) >= 8


def test_what_is_not_so_is_noticed(folder: Path) -> None:
    for text in (
        "```console\n$ socktrace run no_such_program.py\n```\n",
        "```console\n$ socktrace run app.py\nfault: app.py:1: it is wrong\n```\n",
        "```console\n$ socktrace wun app.py\n```\n",
    ):
        with pytest.raises(AssertionError, match=r"exit|prints now"):
            prove(next(shown(text)), folder)
