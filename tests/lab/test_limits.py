"""What a program wanted that the machine has not is said in words that a reader can use."""

from __future__ import annotations

import json
import shutil
import subprocess

import pytest

from support.website import ROOT

pytestmark = pytest.mark.skipif(shutil.which("node") is None, reason="the page's own code runs in Node here")

SCRIPT = f"""
import {{ limit, raised }} from "{ROOT / "lab/page/limits.mjs"}";
const asked = JSON.parse(process.argv[1]);
console.log(JSON.stringify(asked.map((words) => [limit(...words) ?? "", raised(words[0]) ?? ""])));
"""
MISSING = "Traceback (most recent call last):\n  File ...\nModuleNotFoundError: No module named '{}'\n"
MET = [
    (MISSING.format("ssl"), [1], "This machine has no “ssl”"),
    (MISSING.format("email.mime"), [1], "This machine has no “email.mime”"),
    ("urllib.error.URLError: <urlopen error unknown url type: https>\n", [1], "no TLS"),
    ("socket.gaierror: [Errno -3] Temporary failure in name resolution\n", [1], "reaches no other"),
    ("OSError: [Errno 101] Network is unreachable\n", [1], "reaches no other"),
    ("/bin/sh: 1: curl: not found\n", [0], "no “curl”"),
    (
        "File \"/usr/lib/python3.13/subprocess.py\"\nFileNotFoundError: [Errno 2] No such file or directory: 'ls'\n",
        [1],
        "no “ls”",
    ),
    ("EOFError: EOF when reading a line\n", [1, 0], "only one can be typed to"),
    ("MemoryError\n", [1], " MB"),
    ("", [0, -9], " MB"),
]
NOT_MET = [
    ("", [0]),
    (MISSING.format("helper"), [1]),  # a file that lies beside it: something else is wrong
    ("ConnectionRefusedError: [Errno 111] Connection refused\n", [1]),
    ("FileNotFoundError: [Errno 2] No such file or directory: 'notes.txt'\n", [1]),
    ("", [-15]),
    ("EOFError: EOF when reading a line\n", [1]),
]


STRING = "TypeError: a bytes-like object is required, not 'str'"
RAISED = {
    f"Traceback (most recent call last):\n  File ...\n{STRING}\n": STRING,
    "socket.gaierror: [Errno -2] Name or service not known": "socket.gaierror: [Errno -2] Name or service not known",
    f"{STRING}\nIt goes on all the same.\n": "",
    "KeyboardInterrupt\n": "",
    "": "",
}
"""What a program writes, and the exception that ended it."""


def test_a_limit_of_the_machine_is_named_and_what_is_none_is_not_and_what_was_raised_is_found() -> None:
    asked = [(words, ["server.py", "helper.py"], codes) for words, codes, *_ in [*MET, *NOT_MET]]
    asked += [(words, [], [1]) for words in RAISED]
    done = subprocess.run(
        ["node", "--input-type=module", "-e", SCRIPT, json.dumps(asked)], capture_output=True, text=True, check=True
    )
    both = json.loads(done.stdout)
    assert len(both) == len(asked)
    said = [limit for limit, _ in both[: -len(RAISED)]]
    assert [raised for _, raised in both[-len(RAISED) :]] == [*RAISED.values()]
    for words, (_, _, expected) in zip(said, MET, strict=False):
        assert expected in words
    assert said[len(MET) :] == [""] * len(NOT_MET)
