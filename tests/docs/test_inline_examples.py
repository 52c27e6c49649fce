"""Every Python fence in a page, in the README or in a docstring runs, and prints what its `#>` lines say."""

from __future__ import annotations

import gc
import re
import shutil
import sys
from pathlib import Path

import pytest
from pytest_examples import CodeExample, EvalExample, find_examples

from support import website

PLACES = [
    website.ROOT / name for name in ("docs", "snippets", "socktrace", "sitebuild", "README.md", "tests/README.md")
]
FENCE = re.compile(r"^ *(?P<marks>`{3,}|~{3,}) *\{?\.?(?P<language>py\w*)", re.MULTILINE)
REFRESH = "uv run pytest --refresh"


def name(example: CodeExample) -> str:
    """Return where an example stands, as page and line."""
    return f"{example.path.relative_to(website.ROOT).as_posix()}:{example.start_line}"


EXAMPLES = list(find_examples(*PLACES))


def prove(example: CodeExample, runner: EvalExample) -> str | None:
    """Run an example and say what is wrong with it, with page and line; `None` if nothing is.

    The failure is put into words here, because pytest-examples 0.0.18 leaves a traceback that ends the whole session
    on Python 3.11: it builds code objects from the wrong line table, at which pytest stumbles when it shows them.
    """
    check = runner.run_print_update if runner.update_examples else runner.run_print_check
    try:
        check(example)
    except pytest.fail.Exception as changed:
        return f"{name(example)}: {changed}\nTo write what it prints now: {REFRESH}"
    except (Exception, SystemExit) as error:
        lines = [example.start_line]
        at = error.__traceback__
        while at:
            if at.tb_frame.f_code.co_filename == str(example.path):
                lines.append(at.tb_lineno)
            at = at.tb_next
        if isinstance(error, SyntaxError) and error.lineno:
            lines.append(example.start_line + error.lineno)
        return f"{example.path.relative_to(website.ROOT).as_posix()}:{lines[-1]}: {type(error).__name__}: {error}"
    return None


@pytest.mark.parametrize("example", EXAMPLES, ids=name)
def test_example(example: CodeExample, eval_example: EvalExample, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:  # pytest-examples puts the example there and leaves it there
        patch.setitem(sys.modules, "__main__", sys.modules["__main__"])
        wrong = prove(example, eval_example)
    gc.collect()  # what it leaked is reported now, as this example's fault
    if wrong:
        pytest.fail(wrong, pytrace=False)


def escaping(text: str) -> list[str]:
    """Return the Python fences that pytest-examples does not find, or that are not Python."""
    return [
        found.group().strip()
        for found in FENCE.finditer(text)
        if found["marks"] != "```" or found["language"] not in {"py", "python"}
    ]


def test_no_python_fence_escapes() -> None:
    for place in PLACES:
        for file in [place] if place.is_file() else [*place.rglob("*.md"), *place.rglob("*.py")]:
            found = escaping(file.read_text(encoding="utf-8"))
            assert not found, f"{file.relative_to(website.ROOT)}: write ```python, or this is not run: {found}"


@pytest.mark.parametrize("fence", ["~~~python", "````py", "```pycon", "  ~~~ {.python}"])
def test_an_escaping_fence_is_found(fence: str) -> None:
    assert escaping(f"text\n{fence}\n1\n")
    assert not escaping("```python\n1\n```\n\n```text\n1\n```\n")


BAD_PAGE = """
```python
print(1 + 1)
#> 2
```

```python
first = 1
print(first / 0)
```

```python
import socket

leaked = socket.socket()
```

```python
print(1 + 1)
#> 3
```

```python
raise SystemExit
```

```python
def broken(:
```

```python
print("good")
#> good
```
"""


EXAMPLES_ONLY = ("-o", "pythonpath=tests", "-k", "test_example", "tests/docs/test_inline_examples.py")


def _checkout(pytester: pytest.Pytester, page: str) -> Path:
    """Make a checkout that holds these tests and one page, and return the page."""
    for file in ("docs/test_inline_examples.py", "support/__init__.py", "support/website.py"):
        copy = pytester.path / "tests" / file
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(website.ROOT / "tests" / file, copy)
    for folder in ("docs", "snippets", "socktrace", "sitebuild"):
        pytester.mkdir(folder)
    for readme in ("README.md", "tests/README.md"):
        (pytester.path / readme).write_text("text\n", encoding="utf-8")
    path = pytester.path / "docs" / "page.md"
    path.write_text(page, encoding="utf-8")
    return path


def test_a_failing_example_fails_alone(pytester: pytest.Pytester) -> None:
    """The others run on, and each failure names its page and line, on every Python."""
    _checkout(pytester, BAD_PAGE)
    result = pytester.runpytest_subprocess("-n0", "-W", "error", *EXAMPLES_ONLY)
    result.assert_outcomes(passed=2, failed=5)
    result.stdout.fnmatch_lines_random(
        [
            "docs/page.md:9: ZeroDivisionError: division by zero",
            "*ResourceWarning: unclosed <socket.socket*",
            "docs/page.md:18: Print output changed code:*",
            "docs/page.md:23: SystemExit: *",
            "docs/page.md:28: SyntaxError: *",
            "FAILED *test_example?docs/page.md:12? *",
        ]
    )


def test_an_update_writes_what_an_example_prints(pytester: pytest.Pytester) -> None:
    page = _checkout(pytester, "```python\nprint(1 + 1)\n#> 3\n```\n")
    pytester.runpytest_subprocess("-n0", "--update-examples", *EXAMPLES_ONLY)
    assert page.read_text(encoding="utf-8") == "```python\nprint(1 + 1)\n#> 2\n```\n"
