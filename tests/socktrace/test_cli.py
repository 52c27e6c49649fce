"""The command line is a contract: streams, signals, files, messages and exit statuses."""

from __future__ import annotations

import os
import re
import shlex
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import dpkt
import pytest

from socktrace import cli
from socktrace.calls.children import VARIABLE, Children
from socktrace.recording import from_json, to_json

ROOT = Path(__file__).parents[2]
SOCKTRACE = [sys.executable, "-m", "socktrace"]

linux_only = pytest.mark.skipif(sys.platform != "linux", reason="network namespaces need Linux")


def run(*words: object, cwd: Path = ROOT, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    command = [*SOCKTRACE, *(str(word) for word in words)]
    return subprocess.run(command, input=stdin, capture_output=True, check=False, cwd=cwd)


def write(folder: Path, text: str) -> Path:
    program = folder / "program.py"
    program.write_text(text, encoding="utf-8")
    return program


def test_streams_pass_through_untouched(tmp_path: Path) -> None:
    program = write(
        tmp_path,
        "import sys\n"
        "data = sys.stdin.buffer.read()\n"
        "sys.stdout.buffer.write(data[::-1])\n"
        "sys.stderr.buffer.write(b'\\x00\\xff' + repr(sys.argv[1:]).encode() + b'\\n')\n",
    )
    done = run("run", program, "--strict", "-x", "two words", stdin=bytes(range(256)) * 1000)
    assert done.stdout == (bytes(range(256)) * 1000)[::-1]
    assert done.stderr.startswith(b"\x00\xff['--strict', '-x', 'two words']\nsocktrace: ")


@pytest.mark.parametrize("network", ["isolated", "host"])
def test_program_is_main_as_under_python(tmp_path: Path, network: str) -> None:
    (tmp_path / "beside.py").write_text("VALUE = 'imported from beside the program'\n", encoding="utf-8")
    names = "__name__, __file__, sys.argv, sys.path[0], beside.VALUE, __main__.__file__"
    text = f"import sys, beside, __main__\nprint({names})\n"
    program = write(tmp_path, text)
    bare = subprocess.run([sys.executable, str(program), "a"], capture_output=True, check=True)
    assert run("run", "--network", network, program, "a").stdout == bare.stdout


@pytest.mark.parametrize("network", ["isolated", "host"])
def test_traceback_is_the_one_python_prints(tmp_path: Path, network: str) -> None:
    program = write(tmp_path, "def fail():\n    raise ValueError('why')\n\n\nfail()\n")
    bare = subprocess.run([sys.executable, str(program)], capture_output=True, check=False)
    done = run("run", "--network", network, program)
    assert done.stderr.startswith(bare.stderr)
    assert done.returncode == 1
    assert b"it exited with status 1: ValueError: why" in done.stderr


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["run", "missing.py"], b"socktrace: missing.py: there is no such file\n"),
        (
            ["run", "tests"],
            b"socktrace: tests: there is no __main__.py in this folder: name a file, or a module with -m\n",
        ),
        (
            ["run", "--json", "missing/x.json", "snippets/sockets/echo.py"],
            b"socktrace: missing: there is no such folder\n",
        ),
    ],
)
def test_what_cannot_run_is_said_in_one_line(words: list[str], message: bytes) -> None:
    done = run(*words)
    assert (done.returncode, done.stdout, done.stderr.replace(b"\r\n", b"\n")) == (2, b"", message)


@pytest.mark.parametrize(
    "words", [[], ["run"], ["run", "--timeout", "-1", "x.py"], ["run", "--network", "moon", "x.py"], ["no"]]
)
def test_bad_usage_exits_2(words: list[str]) -> None:
    done = run(*words)
    assert done.returncode == 2
    assert done.stderr.startswith(b"usage: socktrace")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["run"], "there is no program to run; name one, as in: socktrace run app.py"),
        (
            ["run", "--htlm", "x.html", "app.py"],
            "there is no option --htlm, neither here nor of Python's; there are --",
        ),
        (["run", "--timeout", "soon", "app.py"], "soon is not a number of seconds, such as 2.5, or 0 for no limit"),
        (["README.md", "a b"], "to run a program, write: socktrace run README.md 'a b'"),
        (["frun"], "there is no command frun, only run, together, join\n"),
    ],
    ids=" ".join,
)
def test_wrong_usage_says_what_to_write(
    words: list[str], said: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    with pytest.raises(SystemExit):
        cli.main(words)
    assert said in capsys.readouterr().err


@pytest.mark.parametrize("name", ["--json", "--pcap", "--html"])
def test_a_folder_is_no_file_to_write(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["run", name, str(tmp_path), "README.md"]) == 2
    assert f"this is a folder; name a file, such as {tmp_path / 'run'}" in capsys.readouterr().err


POOLS = """\
import socket
import weakref

class Pool:
    def __init__(self):
        end = socket.create_server(("127.0.0.1", 0))
        weakref.finalize(self, end.close)

class Manager:
    def __init__(self):
        self.pools = [Pool()]

    def close(self):
        self.pools.clear()

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self.close()

    def pool(self):
        try:
            self.pools.append(Pool())
        finally:
            return self.pools[-1]

def ask():
    with Manager() as one:
        return one.pool()
"""


@linux_only
@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("one = Manager()\none.close()\n", "clean"),
        ("pool = ask()\ndel pool\n", "clean"),
        ("one = Manager()\ndel one\n", "1 fault"),
    ],
    ids=["asked", "asked by the library itself", "forgotten"],
)
def test_a_library_may_leave_it_to_its_finalizers_to_close_what_it_is_asked_to(
    tmp_path: Path, text: str, said: str
) -> None:
    """As urllib3 does, and requests, when a session is closed; a session that nobody closes is not closed by itself."""
    (tmp_path / "site-packages").mkdir()
    (tmp_path / "site-packages/pools.py").write_text(POOLS, encoding="utf-8")
    start = "import sys\nsys.path.append('site-packages')\nfrom pools import Manager, ask\n"
    done = run("run", write(tmp_path, start + text), cwd=tmp_path)
    assert done.stderr.decode().splitlines()[-1] == said
    assert (b"program.py:4: " in done.stderr) == (said != "clean")


@linux_only
def test_where_warnings_are_wanted_the_tool_itself_gives_none(tmp_path: Path) -> None:
    program = write(tmp_path, "import socket\nsocket.socket().close()\n")
    command = [sys.executable, "-X", "dev", "-m", "socktrace", "run", "--no-ladder", str(program)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.stderr.startswith(f"socktrace: {program}: exit 0 after ")


@linux_only
def test_lines_of_what_an_installed_tool_runs_are_named_as_seen_from_here(tmp_path: Path) -> None:
    (tmp_path / "tests").mkdir()
    text = (
        "import socket, unittest\nclass T(unittest.TestCase):\n    def test(self) -> None:\n        socket.socket()\n"
    )
    (tmp_path / "tests/test_it.py").write_text(text, encoding="utf-8")
    done = run("run", "-m", "unittest", "tests/test_it.py", cwd=tmp_path)
    assert b"\nsocktrace: -m unittest: exit 0 after " in done.stderr
    assert b"\nfault: tests/test_it.py:4: the socket 1 was closed by the garbage collector" in done.stderr


@linux_only
def test_json_and_pcap_hold_what_happened(tmp_path: Path) -> None:
    done = run(
        "run",
        "--strict",
        "--json",
        tmp_path / "r.json",
        "--pcap",
        tmp_path / "r.pcap",
        "--html",
        tmp_path / "r.html",
        "snippets/sockets/echo.py",
    )
    assert done.returncode == 0, done.stderr
    text = (tmp_path / "r.json").read_text(encoding="utf-8")
    recording = from_json(text)
    assert to_json(recording) == text
    page = (tmp_path / "r.html").read_text(encoding="utf-8")
    assert page.count('data-packet="') == len(recording.packets)
    assert not re.search(r'(?:src|href)="(?!#)', page)  # it needs nothing else
    with (tmp_path / "r.pcap").open("rb") as file:
        reader = dpkt.pcap.Reader(file)
        packets = [dpkt.ip.IP(packet) for _, packet in reader]
    assert reader.datalink() == 101
    assert [packet.tcp.flags & dpkt.tcp.TH_SYN > 0 for packet in packets[:3]] == [True, True, False]
    assert len(packets) == len(recording.packets) >= 9


@pytest.mark.parametrize("environ", [None, {b"PATH": b"/bin"}, {"PATH": "/bin"}], ids=["none", "bytes", "text"])
def test_a_child_gets_the_environment_that_it_was_to_have(environ: Any) -> None:
    """From Python 3.13 on `subprocess` gives `posix_spawn` none where the child is to have that of its parent."""
    rows: list[dict[str, Any]] = []
    given = Children(rows.append, "log", "program.py")._with_environment(lambda *given: given[-1])
    env = given(sys.executable, [sys.executable, "-c", ""], environ)
    assert env["PATH"] == ("/bin" if environ else os.environ["PATH"])
    assert VARIABLE in env


@linux_only
@pytest.mark.parametrize("network", ["isolated", "host"])
@pytest.mark.parametrize("whole_group", [True, False], ids=["as the terminal does", "to socktrace alone"])
def test_ctrl_c_reaches_the_program_once(tmp_path: Path, network: str, whole_group: bool) -> None:
    program = write(
        tmp_path,
        "import signal, time\n"
        "came = []\n"
        "signal.signal(signal.SIGINT, lambda number, frame: came.append(number))\n"
        "print('ready', flush=True)\n"
        "while not came:\n"
        "    time.sleep(0.01)\n"
        "time.sleep(0.3)\n"
        "print('interrupted', len(came))\n",
    )
    import fcntl
    import termios

    keyboard, terminal = os.openpty()
    process = subprocess.Popen(
        [*SOCKTRACE, "run", "--network", network, str(program)],
        stdin=terminal,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
        preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),  # noqa: PLW1509
    )
    assert process.stdout
    assert process.stdout.readline() == b"ready\n"
    if whole_group:
        os.write(keyboard, b"\x03")
    else:
        process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=20)
    os.close(keyboard)
    os.close(terminal)
    assert out == b"interrupted 1\n", err
    assert process.returncode == 0, err


@linux_only
def test_unhandled_ctrl_c_is_no_fault_of_the_program(tmp_path: Path) -> None:
    text = "import os, signal, time\nos.kill(os.getpid(), signal.SIGINT)\ntime.sleep(5)\n"
    done = run("run", write(tmp_path, text))
    assert done.returncode == 0
    assert b"\nKeyboardInterrupt\n" in done.stderr
    assert b"\nnote: " in done.stderr
    assert b"it was ended by signal 2" in done.stderr


@linux_only
def test_source_that_is_not_python_is_a_fault(tmp_path: Path) -> None:
    done = run("run", write(tmp_path, "def broken(:\n"))
    assert done.returncode == 1
    assert b"it exited with status 1: SyntaxError: invalid syntax" in done.stderr


@linux_only
def test_without_namespaces_it_judges_what_it_can_see() -> None:
    limited = ["unshare", "-U", "sh", "-c", 'echo 0 >/proc/sys/user/max_user_namespaces; exec "$@"', "sh"]
    command = [*limited, *SOCKTRACE, "run", "--strict", str(ROOT / "tests/socktrace/bad/leaks_listener.py")]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
    assert "not seen: packets: not recorded: no network namespace: " in done.stderr
    assert "; to read them there takes CAP_NET_RAW (capabilities(7))\n" in done.stderr
    assert "was closed by the end of the process, not by the program" in done.stderr
    assert done.returncode == 1


@linux_only
def test_an_ordinary_user_can_run_a_program(tmp_path: Path) -> None:
    ordinary = ["unshare", "--user", "--map-user=1000", "--map-group=1000"]
    text = (
        "import os\nprint(os.getuid(), os.getgid(), open('/proc/self/status').read().split('CapEff:')[1].split()[0])\n"
    )
    command = [*ordinary, *SOCKTRACE, "run", "--strict", str(write(tmp_path, text))]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
    assert done.stdout == "1000 1000 0000000000000000\n", done.stderr
    assert "not seen" not in done.stderr


@linux_only
def test_the_recording_can_go_to_standard_output_and_the_ladder_away(tmp_path: Path) -> None:
    program = write(tmp_path, "import socket\nsocket.socket().close()\n")
    done = run("run", "--json", "-", "--no-ladder", program)
    recording = from_json(done.stdout.decode())
    assert [call.name for call in recording.calls] == ["socket", "close"]
    assert done.stderr.decode().splitlines()[1:] == ["", "  socket 1: opened line 2, closed line 2", "", "clean"]


@pytest.mark.skipif(os.name != "posix", reason="a shell of POSIX closes them")
def test_it_runs_where_the_standard_streams_are_closed(tmp_path: Path) -> None:
    program = write(tmp_path, "import socket\nsocket.socket().close()\n")
    words = shlex.join([*SOCKTRACE, "run", "--json", str(tmp_path / "r.json"), str(program)])
    done = subprocess.run(f"{words} <&- >&- 2>&-", shell=True, check=False, cwd=ROOT)
    assert done.returncode == 0
    recording = from_json((tmp_path / "r.json").read_text(encoding="utf-8"))
    assert [call.name for call in recording.calls] == ["socket", "close"]


def test_a_second_ctrl_c_ends_the_report_without_a_traceback(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupted(_: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(cli, "_run", interrupted)
    assert cli.main(["run", "program.py"]) == 128 + signal.SIGINT
    assert capsys.readouterr().err == "socktrace: interrupted\n"
