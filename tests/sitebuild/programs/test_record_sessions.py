"""Recording a session writes what is no longer true, and says why."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from sitebuild.checks.site import problems
from sitebuild.programs.refresh import refresh
from sitebuild.programs.store import Store
from support.sessions import one_host, run

ROOT = Path(__file__).parents[3]
STORE = Store(ROOT)


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    (tmp_path / "snippets/ports").mkdir(parents=True)
    (tmp_path / "docs/data").mkdir(parents=True)
    (tmp_path / "docs/data/sources.toml").touch()
    (tmp_path / "docs/data/glossary.toml").touch()
    (tmp_path / "docs/page.md").write_text("```session\nports/x.toml\n```\n", encoding="utf-8")
    (tmp_path / "snippets/ports/x.toml").write_text(one_host("run = 'echo $$; cat b'\nexit = 1"), encoding="utf-8")
    return tmp_path


def settle(root: Path, *, check: bool = False) -> list[tuple[str, str, tuple[str, ...]]]:
    return [(one.name, one.state, one.detail) for one in refresh(Store(root), check=check)]


def test_record_writes_what_is_not_true_and_nothing_else(checkout: Path) -> None:
    run(one_host("run = 'true'"))
    file, kept = checkout / "snippets/ports/x.toml", checkout / "docs/recordings/ports/x.json"
    assert settle(checkout, check=True) == [("ports/x.toml", "missing", ("it was never recorded",))]
    assert settle(checkout) == [("ports/x.toml", "recorded", ("it was never recorded",))]
    written = kept.read_text(encoding="utf-8").replace('"Linux', '"Elsewhere')
    kept.write_text(written, encoding="utf-8")
    assert settle(checkout) == [("ports/x.toml", "current", ())]
    assert kept.read_text(encoding="utf-8") == written, "what differs only in what varies is not written"
    kept.write_text(written.replace("No such", "no such"), encoding="utf-8")
    _, state, why = settle(checkout, check=True)[0]
    assert (state, why[2:]) == (
        "stale",
        ("-  cat: b: no such file or directory", "+  cat: b: No such file or directory"),
    )
    file.write_text(one_host("run = 'false'"), encoding="utf-8")
    assert settle(checkout) == [
        (
            "ports/x.toml",
            "unclean",
            (
                "snippets/ports/x.toml: step 1 on box: false",
                "ended with exit status 1, not 0; it printed nothing",
            ),
        )
    ]
    file.write_text(one_host("ran = 'false'"), encoding="utf-8")
    assert settle(checkout) == [
        ("ports/x.toml", "unclean", ("snippets/ports/x.toml:3: step 1: unknown key ran; did you mean run?",))
    ]
    kept.write_text("{}", encoding="utf-8")
    file.write_text(one_host("run = 'true'"), encoding="utf-8")
    assert settle(checkout) == [("ports/x.toml", "recorded", ("not a transcript: 'hosts'",))]
    file.unlink()
    assert settle(checkout) == [("docs/recordings/ports/x.json", "removed", ())]


def test_a_session_and_a_snippet_do_not_share_a_name(checkout: Path) -> None:
    (checkout / "snippets/ports/x.py").touch()
    clash = "snippets/ports/x.toml:1: ports/x.py has the same name, and so the same recording; rename one"
    with pytest.raises(LookupError, match=f"^{re.escape(clash)}$"):
        list(refresh(Store(checkout)))
    assert clash in problems(checkout)


def test_without_namespaces_it_says_so_in_one_line() -> None:
    run(one_host("run = 'true'"))
    command = "echo 0 >/proc/sys/user/max_user_namespaces; exec "
    command += f"'{sys.executable}' -m sitebuild record --check {STORE.sessions()[0]}"
    done = subprocess.run(
        ["unshare", "-Ur", "sh", "-c", command], capture_output=True, text=True, check=False, cwd=ROOT
    )
    assert done.stderr == (
        "sitebuild: a session needs namespaces of its own, and here there are none: "
        "unshare: unshare failed: No space left on device\n"
    )
    assert (done.returncode, done.stdout) == (2, "")
