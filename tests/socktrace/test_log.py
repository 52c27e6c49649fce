"""The log of the calls witness: what a process wrote is read, whatever became of that process."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any, cast

import pytest

from socktrace.calls.log import Log, read
from socktrace.calls.rows import CallRow

posix_only = pytest.mark.skipif(sys.platform == "win32", reason="it forks, kills and sets limits, as POSIX systems do")


def left_by(program: str, folder: Path) -> tuple[list[dict[str, Any]], list[str]]:
    """Run a program that has a `log`, and return what is read of it."""
    head = "import os, sys\nfrom pathlib import Path\nfrom socktrace.calls.log import Log\nlog = Log(sys.argv[1])"
    text = f"{head}\n{program}"
    subprocess.run([sys.executable, "-c", text, str(folder)], check=False, timeout=30)
    return written(folder)


def written(folder: Path) -> tuple[list[dict[str, Any]], list[str]]:
    rows = read(folder)
    return cast("list[dict[str, Any]]", [*rows]), rows.reasons


def numbers(rows: list[dict[str, Any]]) -> list[int]:
    return [row["number"] for row in rows]


def test_rows_are_read_as_they_were_written(tmp_path: Path) -> None:
    row = {"text": "\N{SNOWMAN}", "data": bytes(range(256)), "none": None, "names": ["127.0.0.1", 80], "true": True}
    log = Log(tmp_path)
    log(row)
    log({"number": 1})
    assert written(tmp_path) == ([row, {"number": 1}], [])


@pytest.mark.parametrize("more", [{}, {"made": "8"}, {"asked": 3}, {"tls": True}], ids=str)
def test_the_row_of_a_call_comes_back_as_one(tmp_path: Path, more: dict[str, Any]) -> None:
    row = CallRow(1, os.getpid(), os.getpid(), 4, "5", 6, "recv", "recv_into", "", 7, "", None, size=2, data=b"hi")
    row = row._replace(peer=["127.0.0.1", 80], **more)
    Log(tmp_path)(row)
    (read_again,) = read(tmp_path)
    assert isinstance(read_again, CallRow)
    assert read_again == row


@posix_only
def test_what_was_written_survives_a_kill(tmp_path: Path) -> None:
    rows, lost = left_by("for number in range(9): log({'number': number})\nos.kill(os.getpid(), 9)", tmp_path)
    assert (numbers(rows), lost) == ([*range(9)], [])


@posix_only
def test_a_row_that_was_cut_off_is_left_out(tmp_path: Path) -> None:
    left_by("log({'number': 1})\nlog({'number': 2, 'data': b'x' * 1000})", tmp_path)
    (file,) = tmp_path.iterdir()
    content = bytearray(file.read_bytes())
    end = content.rindex(b"x")
    content[end - 500 :] = bytes(len(content) - end + 500)
    file.write_bytes(content)
    rows, _ = written(tmp_path)
    assert numbers(rows) == [1]


@posix_only
def test_a_forked_child_writes_too(tmp_path: Path) -> None:
    rows, lost = left_by(
        "log({'number': 1})\n"
        "if os.fork() == 0:\n    log({'number': 2})\n    os._exit(0)\n"
        "os.wait()\nlog({'number': 3})",
        tmp_path,
    )
    assert (sorted(numbers(rows)), lost) == ([1, 2, 3], [])


def test_more_than_one_file_is_filled(tmp_path: Path) -> None:
    rows, lost = left_by("for number in range(6): log({'number': number, 'data': bytes(900_000)})", tmp_path)
    assert (numbers(rows), lost) == ([*range(6)], [])
    assert len([*tmp_path.iterdir()]) > 1


@posix_only
def test_it_keeps_no_descriptor(tmp_path: Path) -> None:
    rows, _ = left_by("log({'number': os.open(os.devnull, os.O_RDONLY)})", tmp_path)
    assert numbers(rows) == [3]


FILL = "for number in range(9): log({'number': number, 'data': bytes(400_000)})"
LIMITS: dict[str, tuple[str, str]] = {
    "descriptors are closed": ("os.closerange(3, 4096)", ""),
    "none is left": ("import resource\nresource.setrlimit(resource.RLIMIT_NOFILE, (3, 3))", "Too many open files"),
    "files may not grow": (
        """import resource, signal
signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100))""",
        "it may not write files of that size (RLIMIT_FSIZE)",
    ),
    "the folder is gone": ("import shutil\nshutil.rmtree(sys.argv[1])\nos.mkdir(sys.argv[1])\nlog({'x': 1})", ""),
}


@posix_only
@pytest.mark.parametrize("limit", LIMITS)
def test_a_process_that_forbids_itself_to_write_goes_on_and_says_so(limit: str, tmp_path: Path) -> None:
    program, reason = LIMITS[limit]
    done = tmp_path / "done"
    folder = tmp_path / "rows"
    folder.mkdir()
    ends = f"end = os.open({str(done)!r}, os.O_WRONLY | os.O_CREAT)\nos.dup2(end, 2)\nos.close(end)\n"
    rows, lost = left_by(f"{ends}{program}\n{FILL}\nos.write(2, b'y')", folder)
    assert done.read_bytes() == b"y"
    assert lost == ([reason] if reason else [])
    assert numbers(rows)[:2] == [0, 1] or limit == "the folder is gone"
    assert (len(rows) == 9) == (not reason) or limit == "the folder is gone"


@posix_only
def test_a_forked_child_that_cannot_write_is_told_of(tmp_path: Path) -> None:
    _, lost = left_by(
        "import resource\nresource.setrlimit(resource.RLIMIT_FSIZE, (100, 100))\n"
        "if os.fork() == 0:\n    log({'number': 2})\n    os._exit(0)\n"
        "os.wait()",
        tmp_path,
    )
    assert lost == ["a forked child: it may not write files of that size (RLIMIT_FSIZE)"]


@posix_only
def test_a_file_that_another_thread_has_made_may_be_too_small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    log = Log(tmp_path)
    log({"number": 0, "data": bytes((1 << 20) - 4000)})
    small = threading.Thread(target=log, args=({"number": 1, "data": bytes(8000)},))
    has_made, may_use = threading.Event(), threading.Event()
    allocate = os.posix_fallocate

    def make(fd: int, begin: int, size: int) -> None:
        allocate(fd, begin, size)
        if threading.current_thread() is small:
            has_made.set()
            assert may_use.wait(9)

    def between(_frame: object, event: str, function: Any) -> None:
        if event == "c_call" and function.__name__ == "madvise":  # the large row has a file, and is not in it yet
            may_use.set()
            small.join(9)

    monkeypatch.setattr(os, "posix_fallocate", make)
    small.start()
    assert has_made.wait(9)
    sys.setprofile(between)
    try:
        log({"number": 2, "data": bytes(2 << 20)})
    finally:
        sys.setprofile(None)
    assert not small.is_alive()
    rows, lost = written(tmp_path)
    assert (sorted(numbers(rows)), lost) == ([0, 1, 2], [])
