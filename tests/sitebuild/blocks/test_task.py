"""A task: a program to change, what it is to do then, and a solution whose run shows that it does."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from sitebuild.checks.site import problems
from sitebuild.programs.judge import facts, lacks
from socktrace.recording import Recording, digest, to_json
from support.checkout import PROGRAM, SNIPPET, Checkout, fence, one, text_of
from support.handmade import echo

FILE = "snippets/sockets/echo.what-ifs.toml"
EDITS = """\
[twice]
edit = '''
 def main():
     print("echo:", b"hello")
+    print("port 5 & more")
'''
"""
BODY = (
    "snippet: sockets/echo.py",
    "do: Let it *say* more of the [[connection]].",
    'prints: ["echo: b\'hello\'", "port <number> & more"]',
    'shows: ["connections: 1"]',
    "hint: Print `it`.",
    "solution: twice",
    "why: Because of [@rfc1].",
)


def did() -> Recording:
    edited = PROGRAM + '    print("port 5 & more")\n'
    run = echo()
    return replace(
        run,
        program="snippets/sockets/echo.py",
        source=digest(edited),
        stdout=run.stdout + "port 5 & more\n",
        declarations=(),
    )


@pytest.fixture
def checkout(checkout: Checkout) -> Checkout:
    checkout.write(FILE, EDITS)
    checkout.write("docs/recordings/sockets/echo.twice.json", to_json(did()))
    return checkout


def test_it_says_what_to_do_and_gives_the_lab_what_decides(checkout: Checkout) -> None:
    block = one(checkout.page(f"{SNIPPET}\n{fence('task', *BODY)}"), ".sk-task")
    assert text_of(block, ".sk-ask") == "Do it yourself. Let it say more of the connection."
    assert one(block, ".sk-ask")["id"] == block["aria-labelledby"]
    assert json.loads(str(block["data-live"])) == {"of": "sockets-echo"}
    assert json.loads(str(block["data-wanted"])) == ["echo: b'hello'", "port <number> & more"]
    assert json.loads(str(block["data-shows"])) == ["connections: 1"]
    assert text_of(block, ".sk-then em") == "connections: 1"
    hint, solution = block.select("details")
    assert text_of(hint, "p code") == "it"
    assert text_of(solution, "ins") == 'print("port 5 & more")'
    assert one(solution, "p a")["href"] == "#source-1"


@pytest.mark.parametrize(
    ("at", "line", "said"),
    [
        (2, "prints: [\"echo: b'hallo'\"]", "sockets/echo.py:twice does not pass: it did not print echo: b'hallo'"),
        (3, 'shows: ["connections: 2"]', "does not pass: its run does not show: connections: 2; it shows sockets: 3,"),
        (2, "prints: [\"echo: b'hello'\"]", "sockets/echo.py passes as it is; ask for something that it does not do"),
        (2, "prints: echo", "the option prints is a list of texts"),
        (5, "solution: thrice", "unknown what-if thrice of sockets/echo.py"),
    ],
)
def test_a_task_without_a_solution_or_a_beginning_stops_the_build(
    checkout: Checkout, at: int, line: str, said: str
) -> None:
    checkout.write("docs/deep/page.md", fence("task", *BODY[:at], line, *BODY[at + 1 :]))
    assert any(said in one for one in problems(checkout.root)), problems(checkout.root)


def test_a_run_that_has_a_fault_does_not_pass() -> None:
    run = did()
    assert lacks(run, ("port <number> & more",), ()) == ""
    assert lacks(run, ("port <number>",), ()) == "it did not print port <number>", "the whole line"
    left = replace(run, calls=tuple(call for call in run.calls if call.name != "close"))
    assert "nothing closed the listening socket 1" in lacks(left, (), ())


def test_a_run_says_who_closed_first_and_where_it_listened() -> None:
    assert facts(did()) == ("sockets: 3", "connections: 1", "listens at 127.0.0.1", "the client closes first")
