"""Why a call failed, and why a program had to be stopped: the sentence that a person would say, for each error."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

from sitebuild.store import Store
from socktrace.recorder import record
from socktrace.verdict import judge
from socktrace.verdict.case import Case
from socktrace.verdict.causes import why
from support import website

WORDS = {
    "EINVAL": (r"the socket \d \(\S+\) does not listen", r"call listen\(\) after bind\(\), before accept\(\)"),
    "EISCONN": (r"has a connection to \S+ already, since line \d+", r"leave this connect\(\) out"),
    "EAGAIN": (r"nothing had come, and the .* does not wait: setblocking\(False\)", r"wait until it is ready"),
    "EPIPE": (r"the program itself had said that it would send no more", r"send before shutdown\(\)"),
    "EDESTADDRREQ": (r"the .* has nobody to send to", r"name the receiver"),
    "EMSGSIZE": (r"a datagram takes 65,507 bytes at most", r"send it in parts"),
}


@pytest.mark.parametrize("error", WORDS)
def test_the_cause_of_an_error_is_said_in_words(error: str) -> None:
    recording = Store(website.ROOT).load("sockets/errors_are_objects.py")
    assert recording
    call = next(call for call in recording.calls if call.error == error)
    cause = why(Case(recording), call)
    assert cause
    for said, pattern in zip((cause.words, cause.fix), WORDS[error], strict=True):
        assert re.search(pattern, said), said


PAIR = "import socket, threading, time\nhere, there = socket.socketpair()\n"
STOPPED = {
    "it reads the end for ever": (
        PAIR + "there.close()\nwhile True:\n    here.recv(1); time.sleep(0.01)\n",
        (
            5,
            r": line 5 reads .* \d+ times so far: the other end was closed at line 3$",
            "leave the loop",
        ),
    ),
    "a thread reads the end for ever": (
        PAIR + "there.close()\ndef read():\n    while not here.recv(1):\n        time.sleep(0.01)\n"
        "thread = threading.Thread(target=read)\nthread.start()\nthread.join()\n",
        (5, r"line 5 reads the end .*; line 9 waits in join\(\) for the thread", "leave the loop"),
    ),
    "it sends on what it read": (
        (
            "import socket, time\nlistener = socket.create_server(('127.0.0.1', 0))\n"
            "one = socket.create_connection(listener.getsockname())\ntwo = listener.accept()[0]\none.close()\n"
            "while True: time.sleep(0.01); two.sendall(two.recv(1))\n"
        ),
        (6, r": line 6 reads the end of the stream again and again, .* closed at line 5$", "leave the loop"),
    ),
    "it has much to do": (
        PAIR + "while True: here.send(b'x'); there.recv(1)\n",
        (3, r": line 3 was at work: its last call on a socket, \w+\(\), had returned just before$", "allow more time"),
    ),
    "it waits": (
        PAIR + "for _ in range(9): here.send(b'x'); there.recv(1)\nthere.recv(1)\n",
        (4, r"line 4 waits in recv\(\) ", "give recv() a timeout"),
    ),
}


@pytest.mark.skipif(sys.platform != "linux", reason="what it says of where a program stood needs Linux")
@pytest.mark.parametrize("case", STOPPED)
def test_a_program_that_was_stopped_is_not_said_to_wait_if_it_did_not(case: str, tmp_path: Path) -> None:
    text, (line, words, fix) = STOPPED[case]
    program = tmp_path / "program.py"
    program.write_text(text, encoding="utf-8")
    found = next(one for one in judge(record(program, timeout=0.25), strict=False) if one.event == "hang")
    assert (found.line, fix in found.fix) == (line, True), found
    assert re.search(words, found.message), found


LISTENS = "import select, socket\nlistener = socket.create_server(('127.0.0.1', 0))\naddress = listener.getsockname()\n"
FAILS = {
    "the queue is full": (
        LISTENS + "listener.listen(0)\nwith listener:\n"
        "    one = socket.create_connection(address)\n    socket.create_connection(address, 0.05)\n",
        ["failure 7 its SYN got no answer: the queue of the listening socket 1", "left-open 6 closed by the end of"],
        ["reset 5 while the connection from .* waited in its queue"],
    ),
    "nobody calls": (
        LISTENS + "with listener:\n    listener.settimeout(0.01)\n    listener.accept()\n",
        ["failure 6 : nobody called the listening socket 1"],
        [],
    ),
    "nothing comes": (
        LISTENS + "with listener, socket.create_connection(address) as one, listener.accept()[0]:\n"
        "    one.settimeout(0.01)\n    one.recv(1)\n",
        ["failure 6 : nothing came meanwhile from the accepted socket 3 .* of line 4$"],
        [],
    ),
    "another answers": (
        (
            "import socket\none, two, three = (socket.socket(type=socket.SOCK_DGRAM) for _ in range(3))\n"
            "with one, two, three:\n    one.bind(('127.0.0.1', 0))\n    two.connect(one.getsockname())\n"
            "    two.settimeout(0.01)\n    three.sendto(b'x', two.getsockname())\n    two.recv(1)\n"
        ),
        ["failure 8 : a datagram from .* came, but the datagram socket 2 .* is connected, and takes only what"],
        [],
    ),
    "a closed one is waited for": (
        LISTENS + "listener.close()\nselect.select([listener], [], [], 0)\n",
        ["failure 5 : a socket that was closed has no descriptor any more"],
        [],
    ),
    "what was cleared up after an error is no fault of its own": (
        LISTENS + "with listener, socket.create_connection(address) as one, listener.accept()[0] as two:\n"
        "    one.sendall(b'unread')\n    one.settimeout(0.01)\n    one.recv(1)\n",
        ["failure 7 : nothing came meanwhile"],
        ["reset 4 lay unread"],
    ),
}


@pytest.mark.skipif(sys.platform != "linux", reason="what crosses the wire is seen on Linux")
@pytest.mark.parametrize("case", FAILS)
def test_what_a_program_died_of_is_said_once(case: str, tmp_path: Path) -> None:
    text, wrong, noted = FAILS[case]
    program = tmp_path / "program.py"
    program.write_text(text, encoding="utf-8")
    found = judge(record(program), strict=False)
    for is_note, expected in ((False, wrong), (True, noted)):
        told = [f"{one.event} {one.line} {one.message}" for one in found if one.is_note is is_note]
        assert len(told) == len(expected), found
        for said, pattern in zip(told, expected, strict=True):
            event, line, words = pattern.split(" ", 2)
            assert re.search(f"^{event} {line} .*{words}", said), said
