"""The site's programs do in the machine that readers get what is recorded of them."""

from __future__ import annotations

import shutil

import pytest

from lab import machine
from lab.compare import compare, declared, programs
from lab.inputs import ROOT
from sitebuild.store import Store

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
    chosen = programs(STORE) if request.config.getoption("exhaustive") else SOME
    wrong = {one.name: one.why for one in compare(chosen) if bool(one.why) != (one.name in known)}
    assert wrong == {}


def test_what_is_lost_on_purpose_is_no_fault_of_the_program() -> None:
    text = (
        "import socket\n\nwith socket.socket(type=socket.SOCK_DGRAM) as one:\n    one.sendto(b'?', ('127.0.0.1', 9))\n"
    )
    asked = {"files": {"one.py": text}, "programs": [{"file": "one.py"}], "want": []}
    with machine.started() as lab:
        lost, none = (lab.ask({**asked, "network": {"loss": loss}}) for loss in (100, 0))
    assert lost["evidence"]["findings"] == []
    assert none["evidence"]["findings"] == []


def test_what_is_declared_to_differ_is_there() -> None:
    assert declared().keys() <= set(programs(STORE))
