"""The site's programs do in the machine that readers get what is recorded of them."""

from __future__ import annotations

import shutil

import pytest

from lab.compare import compare, declared, programs
from lab.inputs import ROOT
from sitebuild.store import Store

STORE = Store(ROOT)

pytestmark = pytest.mark.skipif(shutil.which("node") is None, reason="the machine runs in Node here")


def test_every_program_does_in_the_machine_what_is_recorded() -> None:
    known = declared()
    assert known.keys() <= set(programs(STORE)), "differences.toml names what is not there"
    found = {one.name: one.why for one in compare(programs(STORE)) if bool(one.why) != (one.name in known)}
    assert found == {}
