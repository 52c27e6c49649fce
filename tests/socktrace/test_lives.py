"""The table of sockets tells how each connection went."""

from __future__ import annotations

from pathlib import Path

from sitebuild.programs.store import Store
from socktrace.ladder.lives import lives
from socktrace.ladder.names import names_in

STORE = Store(Path(__file__).parents[2])


def test_a_call_refused_after_connect_has_returned_is_told() -> None:
    """A non-blocking connect() returns before the refusal comes, which only the packets tell (connect(2))."""
    name = "sockets/connect_in_progress.py"
    recording, (text,) = STORE.load(name), STORE.texts(name)
    assert recording
    table = lives(recording, names_in({"": text}), {}, [])
    connected = ["".join(row[2].itertext()) for row in table.iter("tr") if row[0].get("scope") == "row"]
    assert sum("ECONNREFUSED" in cell for cell in connected) == 1
    assert sum("line" in cell for cell in connected) > 1
