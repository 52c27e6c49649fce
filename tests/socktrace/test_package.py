"""The package stands on its own: its wheel installs and imports anywhere, and no module needs more than it may."""

from __future__ import annotations

import ast
import graphlib
import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

import socktrace
from support.tools import tool

PACKAGE = Path(socktrace.__file__).parent
ROOT = PACKAGE.parent
PLUGIN = ("socktrace.pytest_plugin", "socktrace.pytest_plugin.judge", "socktrace.pytest_plugin.reports")
ELSEWHERE = {name: {"pytest"} for name in PLUGIN} | {"socktrace.calls.startup.sitecustomize": {"sitecustomize"}}
"""What a module may need beside the standard library and this package; the last looks for another of its name."""


# -- the wheel ---------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel as it would be published; `uv build` needs nothing from the network for that."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [tool("uv"), "build", "--wheel", "--offline", "--quiet", "--out-dir", str(folder), str(ROOT)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Install the wheel into an empty folder, without what it does not say it needs."""
    folder = tmp_path_factory.mktemp("installed")
    command = [tool("uv"), "pip", "install", "--offline", "--quiet", "--target", str(folder), str(wheel)]
    done = subprocess.run(
        command, capture_output=True, text=True, check=False, env={**os.environ, "UV_PYTHON": sys.executable}
    )
    assert done.returncode == 0, done.stderr
    return folder


def test_the_wheel_holds_the_tracer_and_nothing_else(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    modules = {path.relative_to(ROOT).as_posix() for path in PACKAGE.rglob("*.py")}
    kept = {name for name in names if not name.endswith("/") and not name.startswith("socktrace-")}
    data = {
        f"socktrace/{name}"
        for name in ("py.typed", "ladder/run.css", "ladder/run.js", "ladder/packet.js", "ladder/sheet.js")
    }
    assert kept == modules | data


IMPORT_ALL = """
import importlib, pkgutil, sys
sys.path.insert(0, sys.argv[1])
sys.modules["pytest"] = None  # as if it were not installed
import socktrace
assert socktrace.__file__.startswith(sys.argv[1]), socktrace.__file__
found = ["socktrace", *(one.name for one in pkgutil.walk_packages(socktrace.__path__, "socktrace."))]
for name in found:
    try:
        importlib.import_module(name)
    except ImportError as error:
        print(f"{name}: {error}")
print(len(found))
"""


def test_every_module_of_the_wheel_imports_in_an_empty_environment(installed: Path) -> None:
    command = [sys.executable, "-I", "-S", "-c", IMPORT_ALL, str(installed)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 0, done.stderr
    *failed, last = done.stdout.splitlines()
    assert [line.partition(":")[0] for line in failed] == ["socktrace.pytest_plugin"], done.stdout
    assert int(last) == len({*PACKAGE.rglob("*.py")} - {*PACKAGE.glob("pytest_plugin/[a-z]*.py")})


START = "import sys; sys.path.insert(0, sys.argv.pop(1)); from socktrace.__main__ import command; command()"


def test_the_wheel_runs_a_program_and_keeps_its_own_compiled_code(installed: Path, tmp_path: Path) -> None:
    """Even where the environment says of the program that Python is to keep none (-B)."""
    (tmp_path / "program.py").write_text("import beside, socket\nsocket.socket().close()\n", encoding="utf-8")
    (tmp_path / "beside.py").touch()
    command = [sys.executable, "-I", "-S", "-B", "-c", START, str(installed), "run", "-B", str(tmp_path / "program.py")]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 0, done.stderr
    assert done.stderr.endswith("\nclean\n")
    kept = {path.name.partition(".")[0] for path in installed.glob("socktrace/**/__pycache__/*.pyc")}
    assert {"cli", "hook", "witness"} <= kept
    assert sorted(path.name for path in tmp_path.iterdir()) == ["beside.py", "program.py"]


def test_its_version_has_one_source(wheel: Path, installed: Path) -> None:
    (asked,) = re.findall(r'^version = "(.*)"$', (ROOT / "pyproject.toml").read_text(encoding="utf-8"), re.MULTILINE)
    assert wheel.name == f"socktrace-{asked}-py3-none-any.whl"
    command = [sys.executable, "-I", "-S", "-c", START, str(installed), "--version"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert (done.returncode, done.stdout, done.stderr) == (0, f"socktrace {asked}\n", "")


def test_what_is_not_installed_says_that_it_has_no_version(installed: Path, tmp_path: Path) -> None:
    shutil.copytree(installed / "socktrace", tmp_path / "socktrace")
    command = [sys.executable, "-I", "-S", "-c", START, str(tmp_path), "--version"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "socktrace: it is not installed, so nothing says which version it is\n"


def test_what_is_said_of_the_wheel_is_the_readme_of_the_package(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        (name,) = (name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
        metadata = archive.read(name).decode()
    assert metadata.endswith((PACKAGE / "README.md").read_text(encoding="utf-8"))


# -- the graph of imports ----------------------------------------------------------------------------------------------


def sources() -> dict[str, str]:
    found = {}
    for path in PACKAGE.rglob("*.py"):
        parts = path.relative_to(ROOT).with_suffix("").parts
        name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        found[name] = path.read_text(encoding="utf-8")
    return found


def imports(name: str, source: str, known: set[str]) -> set[str]:
    """Return the modules that a module imports, wherever in it that stands; a package's parts by their own names."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name}:{node.lineno}: import it by its whole name"
            whole = {f"{node.module}.{alias.name}" for alias in node.names}
            found |= {one if one in known else str(node.module) for one in whole}
    return found - {name}


def graph(modules: dict[str, str]) -> dict[str, set[str]]:
    known = set(modules)
    return {name: imports(name, source, known) for name, source in modules.items()}


def strangers(arrows: dict[str, set[str]]) -> dict[str, set[str]]:
    """Return which modules need what they may not: neither this package's nor the standard library's."""
    found = {}
    for name, targets in arrows.items():
        tops = {target.partition(".")[0] for target in targets} - {"socktrace"} - sys.stdlib_module_names
        if tops - ELSEWHERE.get(name, set()):
            found[name] = tops
    return found


def circle(arrows: dict[str, set[str]]) -> list[str]:
    """Return modules that import each other in a circle, if there are any."""
    inner = {name: {target for target in targets if target in arrows} for name, targets in arrows.items()}
    try:
        graphlib.TopologicalSorter(inner).prepare()
    except graphlib.CycleError as error:
        return list(error.args[1])
    return []


def test_no_module_needs_more_than_the_standard_library() -> None:
    assert strangers(graph(sources())) == {}


def test_no_modules_import_each_other_in_a_circle() -> None:
    assert circle(graph(sources())) == []


def rooms(arrows: dict[str, set[str]]) -> dict[str, set[str]]:
    """Return which rooms of the package need which others: a room is a folder, or a module that lies in none."""
    found: dict[str, set[str]] = {}
    for name, targets in arrows.items():
        room = ".".join(name.split(".")[:2])
        found.setdefault(room, set()).update(".".join(target.split(".")[:2]) for target in targets)
    return {room: targets - {room} for room, targets in found.items()}


def test_no_rooms_need_each_other_in_a_circle() -> None:
    assert circle(rooms(graph(sources()))) == []


def test_an_arrow_out_of_the_package_is_found() -> None:
    modules = {"socktrace.a": "def f():\n    from sitebuild.store import Store\n", "socktrace.b": "import json, pytest"}
    assert strangers(graph(modules)) == {"socktrace.a": {"sitebuild"}, "socktrace.b": {"pytest"}}


def test_a_circle_is_found() -> None:
    modules = {"socktrace": "", "socktrace.a": "from socktrace import b", "socktrace.b": "from socktrace.a import f"}
    assert set(circle(graph(modules))) == {"socktrace.a", "socktrace.b"}


def test_a_circle_of_rooms_is_found() -> None:
    modules = {
        "socktrace.a": "",
        "socktrace.a.one": "from socktrace.b import two",
        "socktrace.a.four": "",
        "socktrace.b": "",
        "socktrace.b.two": "",
        "socktrace.b.three": "from socktrace.a.four import f",
    }
    assert circle(graph(modules)) == []
    assert set(circle(rooms(graph(modules)))) == {"socktrace.a", "socktrace.b"}
