"""What the tests lean on does what they think it does."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from support import batch, seconds
from support.batch import Done, Job, Once
from support.cover import cover
from support.recordings import complaints

linux_only = pytest.mark.skipif(sys.platform != "linux", reason="it forks, and counts as Linux does")


def test_few_are_chosen_until_nothing_is_left_out() -> None:
    assert cover({"a": "xy", "b": "x", "c": "yz", "d": "z", "e": ""}) == ["a", "c"]
    assert cover({"a": "1234", "b": "125", "c": "346"}) == ["b", "c"], "what these have, the first had for nothing"
    assert cover({"a": "xy", "b": "x", "c": "y"}, {"a": 5, "b": 1, "c": 1}.__getitem__) == ["b", "c"]


SAID = "stale: a/x.py\n    -1\n    +2\nunclean: b/y.py\n    why\n1 current, 1 stale, 1 unclean\n"


def test_what_is_said_of_one_recording_is_found() -> None:
    assert complaints(("a/x.py", "b/y.py", "x.py"), SAID) == {
        "a/x.py": "stale: a/x.py\n    -1\n    +2\n",
        "b/y.py": "unclean: b/y.py\n    why\n",
        "x.py": "",
    }


@pytest.mark.parametrize(
    ("names", "said"),
    [
        (("a/x.py", "b/y.py"), SAID),
        (("a/x.py",), "sitebuild: recordings are made of packets, and here there are none\n"),
        (("a/x.py",), ""),
    ],
)
def test_a_check_that_looked_at_less_or_more_proves_nothing(names: tuple[str, ...], said: str) -> None:
    with pytest.raises(AssertionError, match=f"^{len(names)} were to be recorded:"):
        complaints(names, said)


def test_a_command_is_killed_at_its_limit_and_what_it_printed_is_kept(tmp_path: Path) -> None:
    program = "import sys, time; print('begun', flush=True); time.sleep(float(sys.argv[1]))"
    limits = {"60": 3.0, "0": 30.0}
    command = sys.executable, "-IS", "-c", program  # so that it begins soon
    jobs = {one: Job((*command, one), str(tmp_path), limit) for one, limit in limits.items()}
    assert batch.run(jobs) == {"60": Done(None, "begun\n", ""), "0": Done(0, "begun\n", "")}


@linux_only
def test_a_traced_program_is_killed_at_its_limit(tmp_path: Path) -> None:
    (tmp_path / "stays.py").write_text("import time\ntime.sleep(60)\n", encoding="utf-8")
    (tmp_path / "ends.py").write_text("print('here')\n", encoding="utf-8")
    limits = {"stays": 1.0, "ends": 30.0}
    jobs = {one: Job(("run", f"{one}.py"), str(tmp_path), limit) for one, limit in limits.items()}
    done = batch.trace(jobs)
    assert (done["stays"].status, done["ends"].status, done["ends"].stdout) == (None, 0, "here\n")
    assert done["ends"].stderr.endswith("\nclean\n")


def test_a_thing_is_made_once(tmp_path: Path) -> None:
    made: list[int] = []

    def make() -> int:
        made.append(1)
        return 7

    assert [Once(tmp_path)("seven", make) for _ in range(2)] == [7, 7]
    assert made == [1]


def test_the_table_adds_up_files_and_shows_the_longest_first() -> None:
    def report(file: str, when: str, took: float) -> pytest.TestReport:
        return pytest.TestReport(
            nodeid=f"{file}::test",
            location=(file, 1, "test"),
            keywords={},
            outcome="passed",
            longrepr=None,
            when=when,  # type: ignore[arg-type]
            duration=took,
        )

    files = [f"{number:02}.py" for number in range(seconds.SHOWN + 2)]
    reports = [report(file, when, float(file[:2])) for file in files for when in ("call", "teardown")]
    head, first, *_, others, total = seconds.table(reports)
    assert head.split() == ["tests", "seconds"]
    assert first.split() == ["1", "26.0", "13.py"]
    assert others.split() == ["2", "2.0", "2", "other", "files"]
    assert total.split() == ["14", "182.0", "sum"]
