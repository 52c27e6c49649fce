"""Runs a program under both witnesses and puts what they saw together as one `Recording`."""

from __future__ import annotations

import ast
import dataclasses
import hashlib
import json
import platform
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from socktrace import kernel, packets, sandbox
from socktrace.declarations import declared
from socktrace.recording import Call, Endpoint, Left, Packet, Recording, Socket, Survivor

_OPENING = ("socket", "socketpair", "adopt")
_FRAME = re.compile(r'File "(?P<path>[^"]+)", line (?P<line>\d+)')


def record(
    program: Path,
    args: tuple[str, ...] = (),
    *,
    name: str | None = None,
    timeout: float | None = 10.0,
    isolated: bool = True,
    captured: bool = True,
) -> Recording:
    """Run a program and return what it did.

    Args:
        program: The file to run.
        args: Its arguments.
        name: The name it goes by in the recording; its path as given by default.
        timeout: Time limit in seconds, `None` for none.
        isolated: Whether to run it in a network namespace of its own; without one, packets are not recorded.
        captured: Whether its output is kept (true) or goes where this process's own goes (false).

    Raises:
        OSError: The program cannot be read or started.
    """
    source = program.read_bytes().decode(errors="replace")
    job = sandbox.Job(program, args, timeout, isolated, captured)
    outcome = sandbox.run(job, _Watch)
    rows = [json.loads(line) for line in outcome.log.splitlines() if line.endswith("}")]
    sockets, calls = _assemble(rows, outcome.began)
    calls = _place_closes(calls, source)
    wire: tuple[Packet, ...] = ()
    left: tuple[Left, ...] = ()
    if outcome.watched:
        captures, left, lost = outcome.watched
        wire = packets.decode(captures, outcome.began)
        if lost:
            outcome.unseen.append(f"packets: {lost} were lost, because they came faster than they could be kept")
    return Recording(
        program=name or str(program),
        source=digest(source),
        python=platform.python_version(),
        system=f"{platform.system()} {'.'.join(platform.release().split('.')[:2])}",
        milliseconds=round((outcome.ended - outcome.began) / 1e6, 3),
        exit_code=outcome.exit_code,
        stdout=_text(outcome.stdout),
        stderr=_text(outcome.stderr),
        stuck=_stuck(outcome.stacks, program),
        sockets=sockets,
        calls=calls,
        packets=wire,
        left=left,
        survivors=_survivors(rows, outcome.processes),
        declarations=declared(source),
        unseen=tuple(outcome.unseen),
        strangers=tuple(row["name"] for row in rows if row["event"] == "stranger"),
    )


def digest(source: str) -> str:
    """Return what tells one version of a program's text from another: SHA-256, first 16 hexadecimal digits.

    Args:
        source: The text; the way its lines end does not matter.
    """
    return hashlib.sha256(source.replace("\r\n", "\n").encode()).hexdigest()[:16]


class _Watch:
    """Watches a namespace from inside: its loopback interface and its tables."""

    def __init__(self) -> None:
        self._tap = packets.Tap()
        self._captured: list[packets.Captured] = []

    def fileno(self) -> int:
        return self._tap.fileno()

    def read(self) -> None:
        self._captured += self._tap.drain()

    def settled(self) -> bool:
        return kernel.at_rest()

    def result(self) -> tuple[list[packets.Captured], tuple[Left, ...], int]:
        return self._captured, kernel.tables(), self._tap.lost()

    def close(self) -> None:
        self._tap.close()


def _text(output: bytes) -> str:
    return output.decode(errors="backslashreplace").replace("\r\n", "\n")


def _assemble(rows: list[dict[str, Any]], began: int) -> tuple[tuple[Socket, ...], tuple[Call, ...]]:
    """Number the sockets in order of opening and turn log lines into calls."""
    rows = sorted((row for row in rows if row["event"] == "call"), key=lambda row: (row["at"], row["until"]))
    ids: dict[str, int] = {}
    for row in rows:
        for key in (row["key"], row.get("made")):
            if key is not None:
                ids.setdefault(key, len(ids) + 1)
    processes: dict[int, int] = {}
    threads: dict[int, int] = {}
    calls = []
    for row in rows:
        calls.append(
            Call(
                at=round((row["at"] - began) / 1e6, 3),
                until=round((row["until"] - began) / 1e6, 3),
                process=processes.setdefault(row["pid"], len(processes)),
                thread=threads.setdefault(row["tid"], len(threads)),
                socket=ids[row["key"]],
                fd=row["fd"],
                name=row["name"],
                function=row["function"],
                path=row["path"],
                line=row["line"],
                argument=row.get("argument", ""),
                error=row["error"],
                size=row.get("size"),
                data=row.get("data", ""),
                local=_endpoint(row.get("local")),
                peer=_endpoint(row.get("peer")),
                made=ids.get(row.get("made")),
                via=row["via"],
            )
        )
    return tuple(_socket(id, key, rows, ids) for key, id in ids.items()), tuple(calls)


def _place_closes(calls: tuple[Call, ...], source: str) -> tuple[Call, ...]:
    """Put the close that ends a `with` on the line of the item it closes.

    Python 3.13 reports that line itself; up to 3.12 the close of every item is reported on the line of the word `with`.
    """
    headers = _with_headers(source)
    placed = []
    for call in calls:
        if call.name == "close" and call.path == "" and call.line is not None:
            opening = next(one for one in calls if one.socket == call.socket or one.made == call.socket)
            for first, last in headers:
                if first <= call.line <= last and opening.path == "" and first <= (opening.line or 0) <= last:
                    call = dataclasses.replace(call, line=opening.line)
        placed.append(call)
    return tuple(placed)


def _with_headers(source: str) -> list[tuple[int, int]]:
    try:
        tree = ast.parse(source)
    except SyntaxError:
        return []
    found = [node for node in ast.walk(tree) if isinstance(node, (ast.With, ast.AsyncWith))]
    return [(node.lineno, max(item.context_expr.end_lineno or 0 for item in node.items)) for node in found]


def _endpoint(pair: list[Any] | None) -> Endpoint | None:
    return Endpoint(pair[0], pair[1]) if pair else None


def _socket(id: int, key: str, rows: list[dict[str, Any]], ids: Mapping[str, int]) -> Socket:
    mine = [row for row in rows if row["key"] == key]
    maker = next((row for row in rows if row["name"] == "accept" and row.get("made") == key), None)
    kind = maker or next((row for row in mine if "family" in row), {})
    local, peer = (_endpoint(maker.get("local")), _endpoint(maker.get("peer"))) if maker else (None, None)
    for row in mine:
        if row["name"] == "accept" or (row["name"] in ("send", "recv") and kind.get("type") == "SOCK_DGRAM"):
            peer_too = False
        else:
            peer_too = True
        if row.get("local") and row["name"] != "accept":
            local = _endpoint(row["local"])
        if peer_too and row.get("peer"):
            peer = _endpoint(row["peer"])
    opened = next((row["name"] for row in mine if row["name"] in _OPENING), "adopt")
    origin = "accept" if maker else opened
    return Socket(
        id=id,
        family=kind.get("family", "unknown"),
        type=kind.get("type", "unknown"),
        origin=origin,
        role=_role(origin, kind.get("type", ""), {row["name"] for row in mine if not row["error"]}, mine),
        local=local,
        peer=peer,
        tls=any(row.get("tls") for row in mine),
    )


def _role(origin: str, type: str, names: set[str], rows: list[dict[str, Any]]) -> str:
    if origin == "accept":
        return "accepted"
    if origin == "socketpair":
        return "pair"
    if "listen" in names:
        return "listener"
    if type == "SOCK_DGRAM":
        return "datagram"
    return "client" if any(row["name"] == "connect" for row in rows) else "unused"


def _survivors(rows: list[dict[str, Any]], processes: tuple[str, ...]) -> tuple[Survivor, ...]:
    threads = [Survivor("thread", row["name"], row["line"]) for row in rows if row["event"] == "thread"]
    return (*threads, *(Survivor("process", name) for name in processes))


def _stuck(stacks: str, program: Path) -> tuple[int, ...]:
    """Read the program's own line out of each thread's stack, as `faulthandler` writes them."""
    lines = []
    for stack in stacks.split("\n\n"):
        frames = _FRAME.finditer(stack)
        own = [int(frame["line"]) for frame in frames if Path(frame["path"]) == program or frame["path"] == str(program)]
        lines += own[:1]
    return tuple(lines)
