"""The project's own files: its code is tidy and typed, its workflows are sound, and it can be published as it is."""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest

from support import only, website
from support.tools import tool

ROOT = website.ROOT
WORKFLOWS = ".github/workflows"
FORM = ".github/ISSUE_TEMPLATE/page.yml"

CHECKS = {
    "ruff check": ["ruff", "check"],
    "ruff format": ["ruff", "format", "--check"],
    "mypy": ["mypy"],
    "uv lock": ["uv", "lock", "--check", "--offline"],
    "zizmor": ["zizmor", "--offline", "--quiet", "--persona=pedantic", ".github"],
    "workflow schema": ["check-jsonschema", "--builtin-schema=vendor.github-workflows", WORKFLOWS],
    "time limits": ["check-jsonschema", "--builtin-schema=custom.github-workflows-require-timeout", WORKFLOWS],
    "dependabot schema": ["check-jsonschema", "--builtin-schema=vendor.dependabot", ".github/dependabot.yml"],
    "form schema": [
        "check-jsonschema",
        "--builtin-schema=vendor.github-issue-forms",
        ".github/ISSUE_TEMPLATE/page.yml",
    ],
    "pre-commit": ["pre-commit", "validate-config", ".pre-commit-config.yaml"],
}


LINTERS = ("ruff check", "ruff format", "mypy")
"""The checks that can look at one file alone."""


def complaint(check: str, root: Path, files: Iterable[str] = ()) -> str:
    """Run a check in a checkout and return what it complains of; nothing if it is content.

    Args:
        check: Its name.
        root: The top folder of the checkout.
        files: For a linter, the files to look at; the whole project by default.
    """
    name, *words = [*CHECKS[check], *files]
    if words and words[-1] == WORKFLOWS:  # check-jsonschema takes files, not folders
        words[-1:] = [str(path) for path in sorted((root / WORKFLOWS).glob("*.yml"))]
    done = subprocess.run([tool(name), *words], cwd=root, capture_output=True, text=True, encoding="utf-8", check=False)
    return f"{name} {' '.join(words)} exits {done.returncode}:\n{done.stdout}{done.stderr}" if done.returncode else ""


@pytest.mark.lint
@pytest.mark.parametrize("linter", LINTERS)
def test_the_code_passes(linter: str, pytestconfig: pytest.Config) -> None:
    wrong = complaint(linter, ROOT, sorted(only.files(pytestconfig)))
    if wrong:
        pytest.fail(wrong, pytrace=False)


@pytest.mark.lint
@pytest.mark.parametrize("check", [check for check in CHECKS if check not in LINTERS])
def test_the_project_passes(check: str) -> None:
    wrong = complaint(check, ROOT)
    assert not wrong, wrong


WORKFLOW = """\
name: bad
on: push
permissions: {}
jobs:
  bad:
    runs-on: ubuntu-24.04
    timeout-minutes: 1
    steps:
      - uses: actions/checkout@v4
"""

FAULTS = {
    "ruff check": ("tests/bad.py", "import os\n", "F401"),
    "ruff format": ("tests/bad.py", "x = {  }\n", "bad.py"),
    "mypy": ("tests/bad.py", "x: int = 'one'\n", "Incompatible types"),
    "uv lock": ("pyproject.toml", '[project]\nname = "x"\nversion = "1"\ndependencies = ["dpkt<1"]\n', "dpkt"),
    "zizmor": (f"{WORKFLOWS}/bad.yml", WORKFLOW, "unpinned-uses"),
    "workflow schema": (f"{WORKFLOWS}/bad.yml", WORKFLOW.replace("runs-on", "run-on"), "run-on"),
    "time limits": (
        f"{WORKFLOWS}/bad.yml",
        WORKFLOW.replace("    timeout-minutes: 1\n", ""),
        "timeout-minutes",
    ),
    "dependabot schema": (".github/dependabot.yml", "version: 3\n", "version"),
    "form schema": (FORM, "name: page\nbody: []\n", "body"),
    "pre-commit": (".pre-commit-config.yaml", "repos: [{repo: local}]\n", "Missing required key: hooks"),
}


@pytest.mark.lint
@pytest.mark.parametrize("check", CHECKS)
def test_a_fault_is_found(check: str, tmp_path: Path) -> None:
    for name in ("pyproject.toml", "uv.lock", "README.md", ".pre-commit-config.yaml"):
        shutil.copy(ROOT / name, tmp_path)
    shutil.copytree(ROOT / ".github", tmp_path / ".github")
    for folder in ("socktrace", "sitebuild", "snippets", "lab", "tests"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "__init__.py").touch()
    (tmp_path / "docs" / "figures").mkdir(parents=True)
    (tmp_path / "docs" / "figures" / "one.py").touch()
    file, text, expected = FAULTS[check]
    (tmp_path / file).write_text(text, encoding="utf-8")
    assert expected in complaint(check, tmp_path)


TRICKY_PAGE = """\
# Page

```python
x = { "a":1 }
print(1 + 1)
#> 2
```

```python
--8<-- "snippets/echo.py:server"
```
"""


def test_ruff_cannot_damage_a_page(tmp_path: Path) -> None:
    """Ruff formats the fences of Markdown files, also of those that are named to it, as pre-commit does."""
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    page = tmp_path / "page.md"
    page.write_text(TRICKY_PAGE, encoding="utf-8")
    for options in ([], ["--isolated"]):
        subprocess.run(
            [sys.executable, "-m", "ruff", "format", *options, str(page)], cwd=tmp_path, check=True, capture_output=True
        )
        damaged = page.read_text(encoding="utf-8") != TRICKY_PAGE
        assert damaged == bool(options), "without the project's settings ruff does it, with them it must not"


def imported(module: str) -> list[str]:
    """Return the test modules that the text of a module imports."""
    names = []
    for node in ast.walk(ast.parse(module)):
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names += [node.module or "", *(alias.name for alias in node.names)]
    return [name for name in names if name.rpartition(".")[2].startswith("test_")]


def test_no_test_module_imports_another() -> None:
    files = (ROOT / "tests").rglob("*.py")
    found = {path.name: names for path in files if (names := imported(path.read_text(encoding="utf-8")))}
    assert not found, "what several tests need belongs in tests/support"


@pytest.mark.parametrize(
    "line", ["import test_x", "from test_x import y", "from docs import test_x", "import docs.test_x"]
)
def test_an_import_of_a_test_module_is_found(line: str) -> None:
    assert imported(f"import pytest\n\ndef f():\n    {line}\n")


def gone(text: str) -> list[str]:
    """Return the files and folders of tests that a text names and that are not there."""
    return [path for path in re.findall(r"\btests/[\w/.]*\w", text) if not (ROOT / path).exists()]


def test_pages_name_tests_that_are_there() -> None:
    pages = [ROOT / "README.md", *(ROOT / "docs").rglob("*.md")]
    found = {page.name: paths for page in pages if (paths := gone(page.read_text(encoding="utf-8")))}
    assert not found
    assert gone("run `uv run pytest tests/test_gone.py tests/docs`.") == ["tests/test_gone.py"]


def unnamed(text: str, files: Iterable[Path]) -> list[str]:
    """Return the test modules that a text does not name, neither themselves nor, as `blocks/`, by their folder."""
    return [path.name for path in files if f"{path.name}`" not in text and f"/{path.parent.name}/`" not in text]


def test_the_readme_of_the_tests_names_all_and_no_others() -> None:
    text = (ROOT / "tests/README.md").read_text(encoding="utf-8")
    files = sorted((ROOT / "tests").rglob("test_*.py"))
    assert unnamed(text, files) == [], "say in tests/README.md what they prove"
    assert set(re.findall(r"test_\w+\.py", text)) <= {path.name for path in files}
    assert unnamed("`test_a.py`, `sitebuild/blocks/`", map(Path, ("test_a.py", "blocks/test_b.py", "test_c.py"))) == [
        "test_c.py"
    ]


def committed() -> list[Path]:
    """List the files that are, or are about to be, in the repository."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True, encoding="utf-8").stdout
    return [path for name in names.split("\0") if name and (path := ROOT / name).is_file()]


def private(text: str) -> list[str]:
    """Return the paths in a text that are of somebody's machine, such as this checkout's."""
    here = re.escape(ROOT.as_posix())
    # The path of a page at some host of the internet is not of a machine: its address is read as a whole.
    address = r"https?://(?:[\w-]+\.)+[a-z]{2,}/[\w./-]*"
    found = re.findall(rf"{address}|((?:{here}|/(?:root|home/(?!runner\b)\w+|Users/\w+))/[\w./-]*)", text)
    return [path for path in found if path]


def test_no_file_names_a_path_of_a_machine() -> None:
    found = {}
    for path in committed():
        if path != Path(__file__):
            found[path.relative_to(ROOT).as_posix()] = private(path.read_bytes().decode("utf-8", "replace"))
    assert not {name: paths for name, paths in found.items() if paths}


@pytest.mark.parametrize("folder", ["root", "home/someone", "Users/someone"])
def test_a_path_of_a_machine_is_found(folder: str) -> None:
    assert private(f'"file": "/{folder}/x.py"') == [f"/{folder}/x.py"]
    assert private(f'"file": "{ROOT.as_posix()}/x.py"') == [f"{ROOT.as_posix()}/x.py"]
    assert private(f"https://example.org/a /{folder}/x http://127.0.0.1/{folder}/y") == [
        f"/{folder}/x",
        f"/{folder}/y",
    ]


@pytest.mark.parametrize(
    "folder", ["home/runner", "proc/net", "/example.org/framework", "https://example.org/home/article/1"]
)
def test_a_path_of_every_machine_is_let_through(folder: str) -> None:
    assert private(f'"file": "/{folder}/x.py"') == []


def unlocked(text: str) -> list[str]:
    """Return the lines of a script or workflow that take other packages than the lock file and `.ci/uv.txt` name."""
    taking = re.compile(r"uv (run|sync)(?! --(locked|frozen))|pip install (?!.*--requirement)")
    return [line.strip() for line in text.splitlines() if taking.search(line) and not line.strip().startswith("#")]


@pytest.mark.parametrize("file", [".ci/run", ".pre-commit-config.yaml", ".github/workflows/ci.yml"])
def test_ci_takes_what_is_pinned(file: str) -> None:
    assert unlocked((ROOT / file).read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("line", ["uv run pytest", "- run: uv sync", "pip install uv", "- run: uv run mkdocs --locked"])
def test_what_is_not_pinned_is_found(line: str) -> None:
    assert unlocked(f"# uv run pytest\nuv run --locked pytest\n{line}\n") == [line]


def addresses(lock: str) -> set[str]:
    """Return the hosts and folders that a lock file takes packages from."""
    sources = re.findall(r'(?:registry|url|path|git|directory) = "(?P<source>[^"]+)"', lock)
    return {re.sub(r"^(https://[^/]+/).*", r"\1", source) for source in sources}


def test_the_lock_file_works_everywhere() -> None:
    lock = (ROOT / "uv.lock").read_text(encoding="utf-8")
    assert addresses(lock) == {"https://pypi.org/", "https://files.pythonhosted.org/"}
    assert addresses('source = { registry = "https://mirror.local/simple" }') == {"https://mirror.local/"}


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere a skip stays a skip")
def test_a_skip_is_a_failure_in_ci_on_linux(
    request: pytest.FixtureRequest, pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert request.config.pluginmanager.has_plugin("support.skips")
    pytester.makepyfile(
        test_marked="""
            import pytest

            @pytest.mark.skip(reason="needs the moon")
            def test_marked(): ...

            def test_called():
                pytest.skip("needs the sun")

            @pytest.mark.xfail
            def test_known():
                assert False
        """,
        test_module='import pytest; pytest.skip("needs a star", allow_module_level=True)',
    )
    monkeypatch.setenv("PYTHONPATH", str(ROOT / "tests"))
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
    words = ("-p", "support.skips", "-rA", "--continue-on-collection-errors")
    monkeypatch.setenv("CI", "true")
    result = pytester.runpytest_subprocess(*words)
    assert result.ret != 0
    result.assert_outcomes(failed=1, xfailed=1, errors=2)
    for reason in ("needs the moon", "needs the sun", "needs a star"):
        assert f"{reason}\nA skip on Linux with CI=true is a failure" in result.stdout.str()
    monkeypatch.delenv("CI")
    pytester.runpytest_subprocess(*words).assert_outcomes(skipped=3, xfailed=1)
