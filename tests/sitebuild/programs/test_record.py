"""The command that records what this project shows: what it writes, what it names, and what it leaves alone."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from socktrace.recording import from_json
from support import recordings
from support.website import ROOT

RECORD = [sys.executable, "-m", "sitebuild", "record"]

linux_only = pytest.mark.skipif(sys.platform != "linux", reason="network namespaces need Linux")


def record(*words: object, cwd: Path = ROOT) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([*RECORD, *map(str, words)], capture_output=True, check=False, cwd=cwd)


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """Give a small checkout with two recorded snippets."""
    for name in ("sockets/refused", "sockets/half_close"):
        for source in (Path(f"snippets/{name}.py"), Path(f"docs/recordings/{name}.json")):
            target = tmp_path / source
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / source, target)
    return tmp_path


@linux_only
def test_record_check_is_silent_about_what_is_current(checkout: Path) -> None:
    done = record("--check", cwd=checkout)
    assert (done.returncode, done.stdout) == (0, b"2 current\n"), done.stdout.decode()


@linux_only
def test_record_writes_nothing_that_is_still_true(checkout: Path) -> None:
    before = {path: path.read_bytes() for path in (checkout / "docs").rglob("*.json")}
    done = record(cwd=checkout)
    assert (done.returncode, done.stdout) == (0, b"2 current\n")
    assert before == {path: path.read_bytes() for path in (checkout / "docs").rglob("*.json")}


@linux_only
@pytest.mark.parametrize("words", [("--check",), ("sockets/refused",)])
def test_what_is_no_program_is_told_by_its_line_and_the_others_are_recorded(checkout: Path, words: list[str]) -> None:
    refused = checkout / "snippets/sockets/refused.py"
    text = refused.read_text(encoding="utf-8")
    refused.write_text(text.replace("def main() -> None:", "def main() -> None"), encoding="utf-8")
    line = text.splitlines().index("def main() -> None:") + 1
    done = record(*words, "sockets/half_close.py", cwd=checkout)
    mend = "mend the snippet, then run: uv run python -m sitebuild record sockets/refused.py"
    said = (
        f"unclean: sockets/refused.py\n    snippets/sockets/refused.py:{line}: SyntaxError: expected ':'\n    {mend}\n"
    )
    if "--check" in words:
        assert (done.returncode, done.stdout.decode(), done.stderr) == (0, "1 current\n", b"")
        done = record(*words, cwd=checkout)
    assert (done.returncode, done.stdout.decode(), done.stderr) == (1, said + "1 current, 1 unclean\n", b"")


@linux_only
def test_record_check_names_each_fault_and_its_cure(checkout: Path) -> None:
    recordings, snippets = checkout / "docs/recordings/sockets", checkout / "snippets/sockets"
    refused, half_close = snippets / "refused.py", snippets / "half_close.py"
    (recordings / "gone.json").write_text("{}", encoding="utf-8")
    (snippets / "new.py").write_text('"""New."""\nimport socket\nsocket.socket().close()\n', encoding="utf-8")
    refused.write_text(refused.read_text(encoding="utf-8").replace("# socktrace: expect refused", ""), encoding="utf-8")
    half_close.write_text(half_close.read_text(encoding="utf-8") + "\n# touched\n", encoding="utf-8")
    before = {path: path.read_bytes() for path in (checkout / "docs").rglob("*.json")}
    done = record("--check", cwd=checkout)
    said = done.stdout.decode()
    assert done.returncode == 1
    assert "stale: sockets/half_close.py\n" in said
    assert "mend it with: uv run python -m sitebuild record sockets/half_close.py\n" in said
    assert "missing: sockets/new.py\n    it was never recorded\n" in said
    assert "unclean: sockets/refused.py\n    snippets/sockets/refused.py:" in said
    assert "was refused: its SYN was answered by RST" in said
    assert "mend the snippet, then run: uv run python -m sitebuild record sockets/refused.py\n" in said
    assert "orphaned: docs/recordings/sockets/gone.json\n" in said
    assert said.endswith("\n1 missing, 1 orphaned, 1 stale, 1 unclean\n")
    assert before == {path: path.read_bytes() for path in (checkout / "docs").rglob("*.json")}

    mended = record(cwd=checkout)
    assert mended.returncode == 1, "the unclean one is still there, and must not be written"
    assert before[recordings / "refused.json"] == (recordings / "refused.json").read_bytes()
    assert not (recordings / "gone.json").exists()
    assert from_json((recordings / "new.json").read_text(encoding="utf-8")).program == "snippets/sockets/new.py"
    assert record("--check", "sockets/new", "snippets/sockets/half_close.py", cwd=checkout).returncode == 0


@linux_only
def test_recording_edited_by_hand_is_stale(checkout: Path) -> None:
    target = checkout / "docs/recordings/sockets/half_close.json"
    target.write_text(target.read_text(encoding="utf-8").replace("question", "quest"), encoding="utf-8")
    found = recordings.check(checkout, ["sockets/refused.py", "sockets/half_close.py"])
    assert found["sockets/refused.py"] == ""
    assert found["sockets/half_close.py"].startswith("stale: sockets/half_close.py\n")
    target.write_text("{", encoding="utf-8")
    spelled = target.with_name("refused.json")  # what it says stays the same
    spelled.write_text(spelled.read_text(encoding="utf-8").replace('"name": "close"', '"name": "close", "via": ""'))
    said = record("--check", cwd=checkout).stdout
    assert b"stale: sockets/half_close.py\n" in said
    assert b"stale: sockets/refused.py\n" in said


def test_record_outside_a_checkout_says_where_to_run_it(tmp_path: Path) -> None:
    done = record(cwd=tmp_path)
    assert done.returncode == 2
    assert f"there is no snippets folder in {tmp_path}; run this at the top of the checkout".encode() in done.stderr


def test_an_unknown_name_suggests_one() -> None:
    done = record("sockets/eccho.py")
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.strip() == b"sitebuild: unknown snippet sockets/eccho.py; did you mean sockets/echo.py?"


@linux_only
def test_an_ordinary_user_can_record() -> None:
    ordinary = ["unshare", "--user", "--map-user=1000", "--map-group=1000"]
    done = subprocess.run(
        [*ordinary, *RECORD, "--check", "sockets/echo.py"], capture_output=True, check=False, cwd=ROOT
    )
    assert (done.returncode, done.stdout) == (0, b"1 current\n"), done.stderr
