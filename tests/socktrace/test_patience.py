"""A time limit for others counts what time they had: a machine that has much else to do does not shorten it."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from socktrace.calls.witness import Witness
from socktrace.recorder import record
from socktrace.sandbox.patience import Clock

pytestmark = pytest.mark.skipif(not Path("/proc/self/schedstat").exists(), reason="Linux says who waited, where it can")

SPINS = "print(flush=True)\nwhile True: pass"
SLEEPS = "import time; print(flush=True); time.sleep(60)"
"""Each says when it begins: until then it waits for a disk more than for a processor."""


@contextlib.contextmanager
def on_one_processor(*programs: str) -> Iterator[list[int]]:
    """Run programs that have one processor between them; give their process ids."""
    processor = min(os.sched_getaffinity(0))
    commands = [[sys.executable, "-c", program] for program in programs]
    running = [subprocess.Popen(command, stdout=subprocess.PIPE) for command in commands]
    try:
        for one in running:
            os.sched_setaffinity(one.pid, {processor})
        for one in running:
            assert one.stdout
            assert one.stdout.readline(), "one has not begun"
        yield [one.pid for one in running]
        assert {one.poll() for one in running} == {None}, "one has ended by itself"
    finally:
        for one in running:
            one.kill()
            one.communicate()


def had(pids: list[int], seconds: float = 1.0) -> float:
    """Return which part of some seconds the processes had."""
    clock, began = Clock(), time.monotonic()
    before = clock.read(began, pids)
    assert before == began
    while (now := time.monotonic()) < began + seconds:
        clock.read(now, pids)
        time.sleep(0.05)
    return (clock.read(now, pids) - before) / (now - began)


def test_who_gets_no_processor_had_no_time() -> None:
    with on_one_processor(SPINS, SPINS, SPINS) as pids:
        part = had(pids)
        stands = [Path(f"/proc/{pid}/{name}").read_text() for pid in pids for name in ("stat", "schedstat")]
    assert part < 0.7, f"each gets a third: {stands}"


def test_who_wants_no_processor_had_all_of_it() -> None:
    with on_one_processor(SLEEPS) as pids:
        while "S" not in Path(f"/proc/{pids[0]}/stat").read_text().rpartition(")")[2].split()[0]:
            time.sleep(0.01)
        assert had(pids) > 0.9


def test_who_is_gone_takes_no_time_back() -> None:
    clock = Clock()
    with on_one_processor(SPINS, SPINS) as pids:
        clock.read(0.0, pids)
        time.sleep(0.5)
        lost = 10.0 - clock.read(10.0, pids)
    assert lost > 0.0
    assert clock.read(11.0, pids) == 11.0 - lost


def test_a_child_that_has_had_no_time_has_not_outlived_its_program(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "program.py"
    child = "subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(1)'])"
    program.write_text(f"import subprocess, sys\n{child}.returncode = 0\n", encoding="utf-8")
    monkeypatch.setattr(Clock, "read", lambda *_: 0.0)
    assert record(program).survivors == ()


def test_who_sleeps_is_not_busy_however_long_the_start_took() -> None:
    """Of a program that had run for 20 ms, and slept, Python's start before was said to be its work."""
    text = """if True:
    import time
    from socktrace.calls.stands import is_busy, worked
    def work(seconds):
        end = time.thread_time() + seconds
        while time.thread_time() < end:
            pass
    work(0.2)
    since = worked()
    time.sleep(0.05)
    print(is_busy(since))
    since = worked()
    work(0.05)
    print(is_busy(since))
    """
    done = subprocess.run([sys.executable, "-c", text], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.split() == ["False", "True"]


def test_a_witness_that_comes_late_says_of_nobody_that_he_worked_all_the_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where no socket was opened it comes in when the time limit does, and nothing but itself has worked since."""
    monkeypatch.setattr("socktrace.calls.witness.is_busy", lambda _: True)
    witness = Witness(lambda _: None, __file__)
    assert witness.stands(sys._getframe())[0]["on"] == "busy"
    witness.came_late()
    assert "on" not in witness.stands(sys._getframe())[0]
