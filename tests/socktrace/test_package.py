"""The package stands on its own: its wheel installs, imports and runs anywhere."""

from __future__ import annotations

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
