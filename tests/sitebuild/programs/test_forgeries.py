"""Every recording that somebody has edited is refused, whatever field it was, but for those that may differ."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Hashable
from dataclasses import fields, replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from sitebuild.programs.refresh import run, untrue
from sitebuild.programs.store import Store
from socktrace.canonical import MAY_DIFFER, MAY_DIFFER_TOGETHER, differences
from socktrace.consistency import contradictions
from socktrace.packets.decoder import decode_again
from socktrace.recording import Call, Endpoint, Packet, Recording, from_json, to_json
from socktrace.session import canonical as session
from socktrace.session import runner
from socktrace.session.model import Crossing
from support.forgeries import forgeries

ROOT = Path(__file__).parents[3]
STORE = Store(ROOT)
KINDS = {  # of run
    "sockets/echo.py": "TCP, two threads",
    "sockets/hello/server.py": "two programs",
    "ports/two_mailboxes.py": "UDP",
    "sockets/refused.py": "errors",
    "sockets/asyncio_echo.py": "an event loop",
    "sockets/netlink_talks_to_the_kernel.py": "netlink, a process id",
    "sockets/socket_handed_to_another_process.py": "Unix, two processes, an inode",
    "sockets/name_that_is_not.py": "a lookup",
    "sockets/read_until_the_end.py": "a long stream",
    "broken/wait_for_an_answer.py": "a hang",
    "broken/greet_a_client.py": "a socket left open",
}

linux_only = pytest.mark.skipif(sys.platform != "linux", reason="recordings are made on Linux")


@cache
def pair(name: str) -> tuple[Recording, Recording]:
    """Return what lies there of a snippet, and what it did just now."""
    old, new = STORE.load(name), run(STORE, name)
    assert old
    assert untrue(STORE, name, old, new) == ()
    return old, new


def kind(row: Any) -> Hashable:
    if isinstance(row, Call):
        return row.name, row.error
    if isinstance(row, Packet):
        return row.protocol, row.flags
    return row.what if isinstance(row, Crossing) else row.__class__.__name__


IN_ONE_WAY = {"calls.function", "stderr"}
"""Fields that may differ in one way only, by the version of Python: what a forger writes there is refused."""


@linux_only
@pytest.mark.parametrize("name", KINDS)
def test_each_forged_field_is_refused(name: str) -> None:
    old, new = pair(name)
    passed = {what: forged for what, forged in forgeries(old, kind) if not untrue(STORE, name, forged, new)}
    # a call or packet more or less may pass, but it must be one of those of which the list says so
    assert {what.partition(",")[0] for what in passed} <= set(MAY_DIFFER) - IN_ONE_WAY, list(passed)
    if "packets, lost" in passed:
        (packet,) = set(old.packets) - set(passed["packets, lost"].packets)
        assert (packet.flags, packet.size) == ("ACK", 0)
    if "calls, lost" in passed:
        (call,) = set(old.calls) - set(passed["calls, lost"].calls)
        assert call.error == "EAGAIN" or (call.name in ("send", "recv") and call.via.startswith("asyncio"))


def test_every_field_of_every_row_is_forged() -> None:
    rows = {field.name for field in fields(Recording)}
    tables = {
        "sockets",
        "calls",
        "packets",
        "left",
        "survivors",
        "declarations",
        "lookups",
        "streams",
        "chosen",
        "beside",
    }
    forged: set[str] = set()
    for name in KINDS:
        old = STORE.load(name)
        assert old
        forged |= {what for what, _ in forgeries(old, kind)}
    assert rows <= {what.partition(".")[0].partition(",")[0] for what in forged}
    filled = {what.partition(".")[0] for what in forged if "." in what}
    assert tables - filled <= {"survivors", "declarations"}  # of these, none is in the runs above


def test_what_may_differ_names_fields_that_there_are() -> None:
    names = [name for key in (*MAY_DIFFER, *MAY_DIFFER_TOGETHER) for name in key.split(", ") if name != "ports"]
    assert len(set(names)) == len(names)
    for name in names:
        table, _, field = name.partition(".")
        assert table in {one.name for one in fields(Recording)}
        if field:
            row = {"calls": Call, "packets": Packet}.get(table) or type(_any_row(table))
            assert field in {one.name for one in fields(row)}, name


def _any_row(table: str) -> Any:
    return next(row for name in KINDS for row in getattr(STORE.load(name), table))


# -- forgeries that take more than one field ---------------------------------------------------------------------------

Forger = Callable[[Recording], Recording]


def _payload(old: Recording) -> Recording:
    """The one of the review: another payload in calls and packets, and sequence numbers at will."""
    calls = tuple(replace(call, data="FORGED" if call.data else "") for call in old.calls)
    packets = tuple(
        replace(one, data="FORGED" if one.data else "", seq=77, ack=88 if one.ack else 0) for one in old.packets
    )
    return replace(old, calls=calls, packets=packets)


def _payload_of_the_same_size(old: Recording) -> Recording:
    return _spelled(old, "hello", "jello")


def _payload_everywhere(old: Recording) -> Recording:
    """Calls, packets, raw bytes and output all tell the same lie: only the program itself can tell."""
    forged = _spelled(old, "hello", "jello")
    raws = [one.raw.replace(b"hello".hex(), b"jello".hex()) for one in forged.packets]
    packets = tuple(replace(one, raw=raw) for one, raw in zip(forged.packets, raws, strict=True))
    assert decode_again(packets) == packets
    return replace(forged, packets=packets)


def _spelled(old: Recording, text: str, other: str) -> Recording:
    calls = tuple(replace(call, data=call.data.replace(text, other)) for call in old.calls)
    packets = tuple(replace(one, data=one.data.replace(text, other)) for one in old.packets)
    return replace(old, calls=calls, packets=packets, stdout=old.stdout.replace(text, other))


def _port_in_the_calls(old: Recording) -> Recording:
    """Another port number in every call and socket, but not in the packets."""
    text = to_json(old)
    assert old.sockets[0].local
    calls, wire = text.split('"packets": ')
    return from_json(f'{re.sub(rf"{old.sockets[0].local.port}", "40000", calls)}"packets": {wire}')


def _two_ports_exchanged(old: Recording) -> Recording:
    """Client and server swap their numbers in the packets' fields."""

    def swapped(one: Packet) -> Packet:
        source, destination = one.source, one.destination
        return replace(
            one,
            source=Endpoint(source.address, destination.port),
            destination=Endpoint(destination.address, source.port),
        )

    return replace(old, packets=tuple(map(swapped, old.packets)))


def _all_lines(old: Recording) -> Recording:
    return replace(old, calls=tuple(replace(call, line=(call.line or 0) + 1) for call in old.calls))


def _another_function(old: Recording) -> Recording:
    return replace(
        old, calls=tuple(replace(one, function=one.function.replace("sendall", "send")) for one in old.calls)
    )


def _one_thread(old: Recording) -> Recording:
    return replace(old, calls=tuple(replace(call, thread=0) for call in old.calls))


def _all_sooner(old: Recording) -> Recording:
    """Every call a little sooner, so that the packets seem to cross after the calls that waited for them."""
    return replace(old, calls=tuple(replace(call, at=call.at - 5, until=call.until - 5) for call in old.calls))


def _packets_at_once(old: Recording) -> Recording:
    return replace(old, packets=tuple(replace(one, at=old.packets[0].at) for one in old.packets))


def _no_packets(old: Recording) -> Recording:
    return replace(old, packets=(), left=())


def _flags(old: Recording) -> Recording:
    """The urgent flag in the raw bytes of each segment; no field tells of it."""
    return replace(old, packets=tuple(replace(one, raw=one.raw[:66] + "3" + one.raw[67:]) for one in old.packets))


def _time_to_live(old: Recording) -> Recording:
    """Another time to live in each IP header, the checksum made to fit."""

    def forged(one: Packet) -> Packet:
        checksum = (int(one.raw[20:24], 16) + 0x0100) % 0xFFFF
        return replace(one, raw=f"{one.raw[:16]}3f{one.raw[18:20]}{checksum:04x}{one.raw[24:]}")

    return replace(old, packets=tuple(map(forged, old.packets)))


@linux_only
@pytest.mark.parametrize(
    "forge",
    [
        _payload,
        _payload_of_the_same_size,
        _payload_everywhere,
        _port_in_the_calls,
        _two_ports_exchanged,
        _all_lines,
        _another_function,
        _one_thread,
        _all_sooner,
        _packets_at_once,
        _no_packets,
        _flags,
        _time_to_live,
    ],
)
def test_a_forgery_of_many_fields_is_refused(forge: Forger) -> None:
    old, new = pair("sockets/echo.py")
    forged = forge(old)
    assert forged != old
    assert untrue(STORE, "sockets/echo.py", forged, new) != ()


@linux_only
def test_a_digest_stands_for_bytes_that_are_too_many_to_keep() -> None:
    old, new = pair("sockets/read_until_the_end.py")
    kept = [replace(stream, data="", digest="0123456789abcdef") for stream in old.streams]
    forged = [replace(stream, data="", digest="0123456789abcdee") for stream in old.streams]
    assert differences(replace(old, streams=tuple(kept)), replace(new, streams=tuple(kept))) == []
    assert differences(replace(old, streams=tuple(forged)), replace(new, streams=tuple(kept)))


# -- sessions ----------------------------------------------------------------------------------------------------------


@linux_only
@pytest.mark.parametrize("name", ["ports/router_translates.toml", "ports/privileged_port.toml"])
def test_each_forged_field_of_a_transcript_is_refused(name: str) -> None:
    old = STORE.transcript(name)
    assert old
    try:
        new = runner.run(name, STORE.session(name))
    except OSError as error:
        pytest.skip(str(error))
    assert session.differences(old, new) == []
    passed = {what: forged for what, forged in forgeries(old, kind) if not session.differences(forged, new)}
    assert {what.partition(",")[0] for what in passed} <= set(session.MAY_DIFFER), list(passed)
    for what in passed.keys() & {"crossings, lost", "crossings, twice"}:
        assert {one.what for one in set(old.crossings) ^ set(passed[what].crossings)} <= {"ACK"}


# -- what lies there ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [*STORE.names(), *STORE.faulty()])
def test_each_recording_agrees_with_itself(name: str) -> None:
    recording = STORE.load(name)
    assert recording
    assert contradictions(recording) == ()


@pytest.mark.parametrize(
    ("field", "value"),
    [("line", "12"), ("at", "early"), ("size", 1.5), ("local", ["127.0.0.1", "80"]), ("made", True), ("via", None)],
)
def test_a_field_of_another_type_is_no_recording(field: str, value: object) -> None:
    text = json.loads(STORE.path("sockets/echo.py").read_text(encoding="utf-8"))
    text["calls"][0][field] = value
    with pytest.raises(ValueError, match=r"not a recording: .* cannot be"):
        from_json(json.dumps(text))
