"""What the machine does with a request, tried on this host: the same code, in a process of its own."""

from __future__ import annotations

import base64
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from sitebuild.programs.store import Store
from socktrace.canonical import differences
from socktrace.recording import from_json

ROOT = Path(__file__).parents[2]
STORE = Store(ROOT)
ECHO, HELLO = "sockets/echo.py", "sockets/hello/server.py"

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the machine runs Linux, and so must who stands in")


def asked(folder: Path, request: dict[str, Any], *, stop: float = 0, typed: str = "") -> dict[str, Any]:
    command = [sys.executable, str(Path(__file__).with_name("on_host.py")), str(stop), typed]
    text = json.dumps({"folder": str(folder), "timeout": 10, **request})
    done = subprocess.run(command, input=text, capture_output=True, text=True, check=True, cwd=ROOT)
    answer: dict[str, Any] = json.loads(done.stdout)
    answer["printed"] = [base64.b64decode(data).decode() for data in answer["printed"].values()]
    return answer


def one(text: str, **more: Any) -> dict[str, Any]:
    return {"files": {"program.py": text}, "programs": [{"file": "program.py"}], **more}


def test_a_snippet_does_what_is_recorded_and_its_run_can_be_played(tmp_path: Path) -> None:
    (text,) = STORE.texts(ECHO)
    programs = [{"file": "echo.py", "name": f"snippets/{ECHO}"}]
    answer = asked(tmp_path, {"files": {"echo.py": text}, "programs": programs, "want": ["recording", "ladder"]})
    recorded = STORE.load(ECHO)
    assert recorded
    assert differences(recorded, from_json(answer["V"]["recording"])) == []
    assert answer["printed"] == [recorded.stdout, ""]
    assert answer["X"] == {"codes": [0]}
    assert answer["V"]["findings"] == []
    assert '<div class="band sk-run">' in answer["V"]["ladder"]
    assert 'id="lab-1-1"' in answer["V"]["ladder"]


def test_two_programs_have_streams_of_their_own(tmp_path: Path) -> None:
    server, client = STORE.texts(HELLO)
    files = {"server.py": server, "client.py": client}
    answer = asked(tmp_path, {"files": files, "programs": [{"file": name} for name in files]})
    assert answer["printed"] == ["heard: b'hello'\n", "", "echo: b'hello'\n", ""]
    assert answer["X"] == {"codes": [0, 0]}


def test_a_program_reads_what_somebody_types(tmp_path: Path) -> None:
    answer = asked(tmp_path, one("print(input(), input())\n"), typed="one\ntwo\n")
    assert answer["printed"] == ["one two\n", ""]


def test_of_several_programs_one_reads_what_somebody_types(tmp_path: Path) -> None:
    server = (
        "import socket\n\nwith socket.create_server(('127.0.0.1', 4711)) as one, one.accept()[0] as end:\n"
        "    end.sendall(input().encode())\n"
    )
    client = (
        "import socket\n\nwith socket.create_connection(('127.0.0.1', 4711)) as end:\n    print(end.recv(9).decode())\n"
    )
    files = {"server.py": server, "client.py": client}
    told = {"files": files, "programs": [{"file": name} for name in files], "reads": 0}
    assert asked(tmp_path, told, typed="typed\n")["printed"] == ["", "", "typed\n", ""]


def test_a_program_that_is_stopped_ends_as_by_ctrl_c_and_is_told_of(tmp_path: Path) -> None:
    text = "import socket, sys\nend = socket.socket()\nprint('up', flush=True)\nwhile True:\n    pass\n"
    answer = asked(tmp_path, one(text), stop=1.5)
    printed, errors = answer["printed"]
    assert printed == "up\n"
    assert errors.endswith("KeyboardInterrupt\n")
    assert answer["X"] == {"codes": [-2]}
    assert "V" in answer


def test_a_finding_names_its_line(tmp_path: Path) -> None:
    answer = asked(tmp_path, one("import socket\n\nend = socket.socket()\n"))
    (finding,) = answer["V"]["findings"]
    assert (finding["event"], finding["line"], finding["note"]) == ("left-open", 3, False)


def test_a_command_prints_for_itself(tmp_path: Path) -> None:
    answer = asked(tmp_path, {"command": ["echo", "hello"]})
    assert answer["printed"] == ["hello\n", ""]


def test_what_cannot_be_run_says_why(tmp_path: Path) -> None:
    answer = asked(tmp_path, {"files": {}, "programs": [{"file": "absent.py"}]})
    assert "absent.py" in answer["F"]
