"""Every session does what its transcript says, and so does the script to download."""

from __future__ import annotations

import re
import shutil
import venv
from pathlib import Path

import pytest

from sitebuild.programs.store import Store
from socktrace.session import runner
from socktrace.session.model import Act, from_json, read_session, to_json
from socktrace.session.runner import lacks
from socktrace.session.script import to_script
from support import batch
from support.batch import Done, Job, Once, asked

ROOT = Path(__file__).parents[2]
STORE = Store(ROOT)
every_session = pytest.mark.parametrize("name", STORE.sessions())


def text_of(name: str) -> str:
    return STORE.session(name)


def test_there_are_sessions() -> None:
    assert STORE.sessions()


def test_a_session_that_names_what_is_not_there_is_told(tmp_path: Path) -> None:
    (tmp_path / "snippets").mkdir()
    (tmp_path / "snippets/x.toml").write_text('files = ["servers/gone.py"]\n', encoding="utf-8")
    with pytest.raises(ValueError, match=r"^snippets/x\.toml: files: there is no snippet servers/gone\.py$"):
        Store(tmp_path).session("x.toml")


COMMAND = re.compile(r"(?:^|[|;&(]|\bdo\b|\bthen\b|= ['\"])\s*(?:sudo )?([a-z][a-z0-9_-]*)(?=\s|$)", re.MULTILINE)
EVERYWHERE = frozenset(
    [
        "awk",
        "bash",
        "cat",
        "cut",
        "echo",
        "exec",
        "grep",
        "head",
        "kill",
        "mkdir",
        "python3",
        "reset",
        "rm",
        "sed",
        "sh",
        "sleep",
        "sort",
        "tail",
        "test",
        "timeout",
        "touch",
        "wc",
        "who",
    ]
)
"""What the smallest Debian has, or Python's own tests need anyway."""


def asked_for(text: str) -> set[str]:
    """Return the programs of this machine that a session's commands name, but for those that are everywhere."""
    return {name for name in COMMAND.findall(text) if shutil.which(name, path=runner.PATH)} - EVERYWHERE


@every_session
def test_ci_installs_what_a_session_runs(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    session = read_session(name, text_of(name))
    asked = asked_for("\n".join([session.setup, *(step.command for step in session.steps)]))
    monkeypatch.setattr(shutil, "which", lambda *_, **__: None)
    missing = lacks(session)
    assert [tool for tool in sorted(asked) if not re.search(rf"\b{tool}\b", missing)] == [], "name it in runner.py"
    script = (ROOT / ".ci/run").read_text(encoding="utf-8")
    packages = missing.partition("; install ")[2].split()
    assert [one for one in packages if f"lacking+=({one})" not in script and one != "bash"] == []


def test_what_a_session_runs_is_read_from_its_commands() -> None:
    assert asked_for("env -i true | env\nls /env; python3 -c 1 && (env)") == {"env", "ls"}


@every_session
def test_transcript_is_current(name: str, checked: dict[str, str]) -> None:
    if reason := lacks(read_session(name, text_of(name))):
        pytest.skip(reason)
    assert not checked[name], checked[name]


@every_session
def test_transcript_survives_json(name: str) -> None:
    recorded = STORE.transcript(name)
    assert recorded
    assert from_json(to_json(recorded)) == recorded


@pytest.fixture(scope="session")
def scripts_run(request: pytest.FixtureRequest, shared: Path, once: Once) -> dict[str, Done]:
    """Give what comes of the script of each session that is asked about."""

    def make() -> dict[str, Done]:
        tools = shared / "scripts"
        venv.create(tools, symlinks=True)
        command = ("env", f"PATH={tools}/bin:{runner.PATH}", "bash")
        jobs = {}
        for name in asked(request, "name"):
            session = read_session(name, text_of(name))
            script = tools / f"{name.replace('/', '-')}.sh"
            script.write_text(to_script(session), encoding="utf-8")
            if not lacks(session):
                jobs[name] = Job((*command, str(script)), str(tools), limit=60)
        return batch.run(jobs)

    return once("scripts", make)


@every_session
def test_the_script_to_download_prints_the_same(name: str, scripts_run: dict[str, Done]) -> None:
    if reason := lacks(read_session(name, text_of(name))):
        pytest.skip(reason)
    done, recorded = scripts_run[name], STORE.transcript(name)
    assert recorded
    expected = "\n".join(_printed_by_script(act) for act in recorded.acts)
    assert _without_numbers(done.stdout) == _without_numbers(expected), done.stderr
    assert done.status == 0


def _printed_by_script(act: Act) -> str:
    first = f"\n{act.host}$ {act.command}" + (" &" if act.background else "")
    return "\n".join([first, act.output, f"(exit status {act.exit})" if act.exit else ""])


def _without_numbers(text: str) -> list[str]:
    lines = [re.sub(r"[ \t]+", " ", re.sub(r"\d+", "N", line)).strip() for line in text.splitlines()]
    lines = [re.sub(r" ?Process$", "", line) for line in lines]  # a newer ss names that column only if there is one
    return [line for line in lines if line]
