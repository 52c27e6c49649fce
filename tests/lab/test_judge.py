"""The page decides of a reader's run as the build does of a recorded one: the same lines, findings and facts."""

from __future__ import annotations

import json
import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

from sitebuild.blocks import open_library, task
from sitebuild.blocks.task import Task
from sitebuild.programs.judge import LENIENT, facts, lacks
from sitebuild.reading import fences
from socktrace.recording import to_json
from socktrace.verdict import faults, judge
from support.website import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from socktrace.recording import Recording

pytestmark = pytest.mark.skipif(shutil.which("node") is None, reason="the page's own code runs in Node here")

SCRIPT = f"""
import {{ facts, faults, lacks }} from "{ROOT / "lab/page/judge.mjs"}";
let text = "";
for await (const piece of process.stdin) text += piece;
const said = JSON.parse(text).map(({{ asked, findings, printed, recording }}) => {{
  const run = JSON.parse(recording);
  return [faults(findings).length, lacks(asked, printed, run) ?? "", facts(run)];
}});
console.log(JSON.stringify(said));
"""


def tasks() -> Iterator[Task]:
    library = open_library(ROOT)
    for page in sorted(library.docs.rglob("*.md")):
        for fence in fences.find(page.read_text(encoding="utf-8").splitlines()):
            if fence.name == task.BLOCK.name:
                yield task.read(fence.body, library)


def told(asked: Task, run: Recording) -> dict[str, object]:
    """Return what the machine tells the page of a run."""
    return {
        "asked": {"wanted": asked.prints, "shows": asked.shows},
        "findings": [{"event": one.event, "note": one.is_note} for one in judge(run, strict=False)],
        "printed": [line for one in run.programs for line in one.stdout.split("\n")],
        "recording": to_json(run),
    }


def test_the_page_lets_pass_what_the_build_lets_pass() -> None:
    runs = [(one, run) for one in tasks() for run in (one.start.recording, one.solution.evidence.recording)]
    done = subprocess.run(
        ["node", "--input-type=module", "-e", SCRIPT],
        input=json.dumps([told(*run) for run in runs]),
        capture_output=True,
        text=True,
        check=True,
    )
    found = json.loads(done.stdout)
    assert len(found) == len(runs) > 0
    for (asked, run), (count, lacking, shown) in zip(runs, found, strict=True):
        assert count == sum(one.event not in LENIENT for one in faults(judge(run, strict=False))), run.program
        assert tuple(shown) == facts(run), run.program
        assert bool(count or lacking) == bool(lacks(run, asked.prints, asked.shows)), run.program
        assert bool(lacking) == (run is asked.start.recording), run.program
