"""Who needs whom: the tracer nothing but the standard library, and no module or room another that needs it too."""

from __future__ import annotations

import ast
import graphlib
import re
import sys
from functools import cache
from pathlib import Path

import pytest

import sitebuild

ROOT = Path(__file__).parents[1]
PLUGIN = ("socktrace.pytest_plugin", "socktrace.pytest_plugin.judge", "socktrace.pytest_plugin.reports")
ELSEWHERE = {name: {"pytest"} for name in PLUGIN} | {"socktrace.calls.startup.sitecustomize": {"sitecustomize"}}
"""What a module of the tracer may need besides; the last looks for another of its name."""


def sources(package: str) -> dict[str, str]:
    found = {}
    for path in (ROOT / package).rglob("*.py"):
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


@cache
def arrows_in(package: str) -> dict[str, set[str]]:
    return graph(sources(package))


def rooms(arrows: dict[str, set[str]]) -> dict[str, set[str]]:
    """Return which rooms of a package need which others: a room is a folder, or a module that lies in none."""
    found: dict[str, set[str]] = {}
    for name, targets in arrows.items():
        room = ".".join(name.split(".")[:2])
        found.setdefault(room, set()).update(".".join(target.split(".")[:2]) for target in targets)
    return {room: targets - {room} for room, targets in found.items()}


def circle(arrows: dict[str, set[str]]) -> list[str]:
    """Return those that need each other in a circle, if there are any."""
    inner = {name: {target for target in targets if target in arrows} for name, targets in arrows.items()}
    try:
        graphlib.TopologicalSorter(inner).prepare()
    except graphlib.CycleError as error:
        return list(error.args[1])
    return []


def upward(order: list[str], arrows: dict[str, set[str]]) -> list[str]:
    """Return each arrow to what comes later in an order."""
    return [f"{one} needs {later}" for at, one in enumerate(order) for later in order[at + 1 :] if later in arrows[one]]


@pytest.mark.parametrize("package", ["socktrace", "sitebuild"])
def test_none_need_each_other_in_a_circle(package: str) -> None:
    arrows = arrows_in(package)
    assert circle(arrows) == [], "modules"
    assert circle(rooms(arrows)) == [], "rooms"


def test_sitebuild_says_its_rooms_in_the_order_in_which_they_build_on_each_other() -> None:
    found = rooms(arrows_in("sitebuild"))
    order = [f"sitebuild.{name}" for name in re.findall(r"^- `(\w+)`:", str(sitebuild.__doc__), re.MULTILINE)]
    assert sorted(order) == sorted(found.keys() - {"sitebuild"}), "name each in sitebuild/__init__.py"
    assert upward(order, found) == []


def strangers(arrows: dict[str, set[str]]) -> dict[str, set[str]]:
    """Return which modules need what they may not: neither the tracer's nor the standard library's."""
    found = {}
    for name, targets in arrows.items():
        tops = {target.partition(".")[0] for target in targets} - {"socktrace"} - sys.stdlib_module_names
        if tops - ELSEWHERE.get(name, set()):
            found[name] = tops
    return found


def test_no_module_of_the_tracer_needs_more_than_the_standard_library() -> None:
    assert strangers(arrows_in("socktrace")) == {}


def test_an_arrow_out_of_the_tracer_is_found() -> None:
    modules = {"socktrace.a": "def f():\n    from sitebuild.kit import block\n", "socktrace.b": "import json, pytest"}
    assert strangers(graph(modules)) == {"socktrace.a": {"sitebuild"}, "socktrace.b": {"pytest"}}


def test_a_circle_is_found() -> None:
    modules = {"p": "", "p.a": "from p import b", "p.b": "from p.a import f"}
    assert set(circle(graph(modules))) == {"p.a", "p.b"}


def test_a_circle_of_rooms_and_an_arrow_upward_are_found() -> None:
    modules = {
        "p.a": "",
        "p.a.one": "from p.b import two",
        "p.a.four": "",
        "p.b": "",
        "p.b.two": "",
        "p.b.three": "from p.a.four import f",
    }
    assert circle(graph(modules)) == []
    assert set(circle(rooms(graph(modules)))) == {"p.a", "p.b"}
    assert upward(["p.a", "p.b"], rooms(graph(modules))) == ["p.a needs p.b"]
