"""The site's programs do in the machine that readers get what is recorded of them."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from lab import machine
from lab.compare import SLOWER, compare, compared, declared, programs
from lab.inputs import ROOT
from sitebuild.programs.store import Store

if TYPE_CHECKING:
    from collections.abc import Iterator

STORE = Store(ROOT)
SOME = (
    "sockets/echo.py",
    "sockets/hello/server.py",
    "sockets/asyncio_echo.py",
    "sockets/udp_refused_late.py",
    "sockets/socket_handed_to_another_process.py",
    "sockets/unread_data_resets.py",
    "ports/dual_stack_listener.py",
    "many/many_by_threads.py",
    "broken/greet_a_client.py",
    "errors/tls_ends_too_early.py",
)
"""One of each kind: the machine is some forty times slower than this one. `--exhaustive` runs all."""

pytestmark = pytest.mark.skipif(shutil.which("node") is None, reason="the machine runs in Node here")


def test_programs_do_in_the_machine_what_is_recorded(request: pytest.FixtureRequest) -> None:
    known = declared()
    if request.config.getoption("exhaustive"):
        did = list(compare(programs(STORE)))
    else:
        lab = request.getfixturevalue("lab")
        did = [compared(STORE, lab, name) for name in SOME]
    wrong = {one.name: one.why for one in did if bool(one.why) != (one.name in known)}
    assert wrong == {}


@pytest.fixture(scope="module")
def lab() -> Iterator[machine.Machine]:
    """Give a machine. It takes two seconds of a processor to start, so one does for all."""
    with machine.started(slower=SLOWER) as one:
        yield one


def test_what_is_lost_on_purpose_is_no_fault_of_the_program(lab: machine.Machine) -> None:
    text = (
        "import socket\n\nwith socket.socket(type=socket.SOCK_DGRAM) as one:\n    one.sendto(b'?', ('127.0.0.1', 9))\n"
    )
    asked = {"files": {"one.py": text}, "programs": [{"file": "one.py"}], "want": []}
    lost, none = (lab.ask({**asked, "network": {"loss": loss}}) for loss in (100, 0))
    assert lost["evidence"]["findings"] == []
    assert none["evidence"]["findings"] == []


QUEUE = """\
import multiprocessing

queue = multiprocessing.Queue()
child = multiprocessing.Process(target=queue.put, args=("from a child",))
child.start()
print(queue.get())
child.join()
"""
NAME = """\
import socket

try:
    socket.create_connection(("example.com", 80))
except socket.gaierror as error:
    print(error.errno == socket.EAI_AGAIN)
"""
LEAVES = "open('/tmp/left', 'w').close()\n"
FINDS = "import os\n\nprint('left' in os.listdir('/tmp'))\n"
HOG = "kept = []\nwhile True:\n    kept.append(b'!' * 1_000_000)\n"


def test_a_program_may_use_processes_names_files_and_all_memory_and_what_comes_of_it_is_told(
    lab: machine.Machine,
) -> None:
    def asked(text: str) -> tuple[str, list[int], list[str]]:
        answer = lab.ask({"files": {"one.py": text}, "programs": [{"file": "one.py"}], "want": []})
        found = [one["event"] for one in answer["evidence"]["findings"]]
        return "".join(text for _, _, text in answer["output"]), answer["codes"], found

    assert asked(QUEUE) == ("from a child\n", [0], [])
    assert asked(NAME) == ("True\n", [0], ["beyond-loopback"])
    asked(LEAVES)
    assert asked(FINDS) == ("False\n", [0], [])
    assert asked(HOG) == ("", [-9], ["failure"])


def test_what_is_declared_to_differ_is_there() -> None:
    assert declared().keys() <= set(programs(STORE))
