"""Runs what a page asks for as the machine does, on this host: a request comes in JSON, the frames go out.

usage: python on_host.py SECONDS TYPED < REQUEST     (Ctrl-C is pressed after so many seconds; 0: never)
"""

from __future__ import annotations

import base64
import json
import os
import selectors
import signal
import sys
import time
import zlib
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[2] / "lab" / "guest"))

import runner
import wire


def main() -> None:
    """Run it, and print what came of it."""
    request, pause, typed = json.load(sys.stdin), float(sys.argv[1]), sys.argv[2].encode()
    pipes = [os.pipe() for _ in range(2 * max(1, len(request.get("programs", ()))))]
    report, keys = os.pipe(), os.pipe()
    pid = os.fork()
    if pid == 0:
        os.dup2(keys[0], 0)
        for fd in (keys[1], report[0], *(reading for reading, _ in pipes)):
            os.close(fd)
        runner.run({"number": 1, **request}, [writing for _, writing in pipes], report[1])
    for fd in (keys[0], report[1], *(writing for _, writing in pipes)):
        os.close(fd)
    os.write(keys[1], typed)
    os.close(keys[1])
    print(json.dumps(told(pid, pause, report[0], [reading for reading, _ in pipes])))
    os.waitpid(pid, 0)


def told(pid: int, pause: float, report: int, streams: list[int]) -> dict[str, Any]:
    """Return what came: the frames by their kind, and what was printed on each stream."""
    frames, found = wire.Frames(), {str(number): b"" for number in range(len(streams))}
    answer: dict[str, Any] = {}
    deadline = time.monotonic() + pause if pause else None
    with selectors.DefaultSelector() as ready:
        for fd in (report, *streams):
            ready.register(fd, selectors.EVENT_READ)
        while ready.get_map():
            for key, _ in ready.select(None if deadline is None else max(0.0, deadline - time.monotonic())):
                data = os.read(key.fd, 65536)
                if not data:
                    ready.unregister(key.fd)
                elif key.fd == report:
                    for kind, _, payload in frames.add(data):
                        text = zlib.decompress(payload) if kind == wire.EVIDENCE else payload
                        answer[kind.decode()] = text.decode() if kind == wire.FAILED else json.loads(text)
                else:
                    found[str(streams.index(key.fd))] += data
            if deadline is not None and time.monotonic() >= deadline:
                os.kill(pid, signal.SIGINT)
                deadline = None
    return {**answer, "printed": {number: base64.b64encode(data).decode() for number, data in found.items()}}


if __name__ == "__main__":
    main()
