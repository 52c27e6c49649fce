"""Reads where a program stood, as it wrote that down (`stacks`), and what survived it, as its witness did. Pure."""

from __future__ import annotations

import ast
import posixpath
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from socktrace.recording import Stand, Survivor

_FRAME = re.compile(r'File "(?P<path>[^"]+)", line (?P<line>\d+)')


def lines(stacks: str, names: Collection[str]) -> tuple[int, ...]:
    """Return the program's own line of each thread's stack, the main thread's first, as `faulthandler` writes them.

    Args:
        stacks: What it wrote.
        names: What the program's own code goes by.
    """
    found: list[int] = []
    for stack in reversed(stacks.split("\n\n")):  # it begins with the thread that was started last
        own = [int(frame["line"]) for frame in _FRAME.finditer(stack) if frame["path"] in names]
        found += own[:1]
    return tuple(found)


def stands(stacks: str, process: int, file: str, sockets: Mapping[str, int]) -> Iterator[Stand]:
    """Yield where the threads and tasks of one program stood.

    Args:
        stacks: What it wrote.
        process: Which program it is, as in `Call.process`.
        file: The program, seen from the folder of the first one; `""` if it is that itself.
        sockets: `Socket.id` by its identity.
    """
    for line in stacks.splitlines():
        if line.startswith("{") and line.endswith("}"):
            row = ast.literal_eval(line)
            yield _stand({**row, "path": _seen(row["path"], file)}, process, sockets)


def stood(
    rows: Iterable[dict[str, Any]], process: int, sockets: Mapping[str, int], threads: Mapping[int, int]
) -> Iterator[Stand]:
    """Yield where the threads and tasks of a program stood at the time-out that ended it.

    Args:
        rows: What its calls witness wrote.
        process: Which program it is, as in `Call.process`.
        sockets: `Socket.id` by its identity.
        threads: `Call.thread` by the number that the kernel gave a thread.
    """
    for row in rows:
        if row["event"] == "stood":
            yield replace(_stand(row, process, sockets), thread=threads.get(row.get("tid", 0)))


def _stand(row: dict[str, Any], process: int, sockets: Mapping[str, int]) -> Stand:
    return Stand(
        process=process,
        kind=row["kind"],
        name=row["name"],
        line=row["line"],
        file=row["path"] or "",
        function=row.get("function", ""),
        call=row.get("call", ""),
        socket=sockets.get(row.get("identity") or ""),
        on=row.get("on", ""),
    )


def _seen(path: str | None, file: str) -> str:
    """Return the path of a file of a program's own as the first program would write it."""
    if not file:
        return path or ""
    return posixpath.normpath(posixpath.join(posixpath.dirname(file), path)) if path else file


def survivors(
    rows: Iterable[dict[str, Any]],
    processes: Iterable[tuple[int, str]],
    sockets: Mapping[str, int],
    threads: Mapping[int, int],
) -> Iterator[Survivor]:
    """Yield the threads and processes that outlived the programs.

    Args:
        rows: What the calls witness wrote.
        processes: The processes, by number and command line.
        sockets: `Socket.id` by its identity.
        threads: `Call.thread` by the number that the kernel gave a thread.
    """
    rows = list(rows)
    children = {row["pid"] for row in rows if row["event"] == "child"}
    for row in rows:
        # A child's process may be that of a library, such as a manager of multiprocessing, whose threads are not ours.
        if row["event"] == "thread" and (row["line"] is not None or row["pid"] not in children):
            yield Survivor(
                kind="thread",
                name=row["name"],
                line=row["line"],
                file=row["path"] or "",
                function=row.get("function", ""),
                socket=sockets.get(row.get("identity") or ""),
                daemon=row["daemon"],
                thread=threads.get(row["tid"]),
            )
    forked = {row["pid"]: row for row in rows if row["event"] == "forked"}
    started = {row["name"].strip(): row for row in rows if row["event"] == "stranger"}
    for pid, name in processes:
        row = started.get(name) or forked.get(pid) or {}
        yield Survivor("process", name, line=row.get("line"), file=row.get("path") or "")
