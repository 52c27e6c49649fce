"""The script of a session leaves the machine alone, whoever runs it, with whatever in the environment.

Everything here runs in namespaces that the test makes first. What the script takes for the machine is such a sandbox,
so that a script that failed here would harm nobody.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from socktrace.session import runner
from socktrace.session.model import read_session
from socktrace.session.runner import lacks
from socktrace.session.script import to_script
from support.sessions import HOLDS_A_CLOSED_ONE, one_host

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="sessions run on Linux")

SESSION = read_session("ports/x.toml", one_host("run = 'nstat -n; echo $((6 * 7))'"))
"""`nstat` writes down what it has counted, by itself into a file in `/tmp`."""
SANDBOX = ("unshare", "--user", "--map-root-user", "--mount", "--net", "--pid", "--fork", "--kill-child")
MACHINE = "cat /proc/self/mountinfo /etc/nsswitch.conf; ls -R /run; ls -A /tmp; ip -o link"
"""Prints what of a machine a session could change."""
PRINTED = "\nbox$ nstat -n; echo $((6 * 7))\n42\n"
REFUSED = "x.sh: no namespaces of its own, so nothing was done\n"

PRETENDS = '#!/bin/bash\nwhile [[ $1 = --* ]]; do shift; done\nexec "$@"\n'
"""Stands in for `unshare`, and makes no namespaces."""


def run(tmp_path: Path, script: str, *words: str, **environment: str) -> tuple[subprocess.CompletedProcess[str], bool]:
    """Run a script as root of a sandbox; return how that ended, and whether it changed the sandbox."""
    if reason := lacks(SESSION):
        pytest.skip(reason)
    (tmp_path / "x.sh").write_text(script, encoding="utf-8")
    # the sandbox shares the files of the machine; in /run, where hosts are made, and in /tmp it gets its own
    own = "for one in /run /tmp; do mount -t tmpfs tmpfs $one; done"
    around = f'{own}; ({MACHINE}) >before; "$@"; status=$?; ({MACHINE}) >after; exit $status'
    hostile = [f"{name}={value}" for name, value in environment.items()]
    command = [*SANDBOX, "--mount-proc", "bash", "-c", around, "bash", "env", *hostile, "bash", "x.sh", *words]
    clean = {**os.environ, "PATH": runner.PATH}
    done = subprocess.run(command, cwd=tmp_path, env=clean, capture_output=True, text=True, check=False, timeout=30)
    changed = (tmp_path / "before").read_text(encoding="utf-8") != (tmp_path / "after").read_text(encoding="utf-8")
    return done, changed


@pytest.mark.parametrize(
    "harm",
    [
        "mount -t tmpfs tmpfs /run",
        "touch /tmp/x",
        "ip netns add box",
        "mount --bind x.sh /etc/nsswitch.conf",
        "ip link set lo up",
    ],
)
def test_a_change_of_the_machine_is_seen(tmp_path: Path, harm: str) -> None:
    done, changed = run(tmp_path, harm)
    assert done.returncode == 0, done.stderr
    assert changed


@pytest.mark.parametrize(
    "environment",
    [
        {},
        {"INSIDE": "yes"},
        {"POSIXLY_CORRECT": "1"},
        {"SHELLOPTS": "braceexpand:nounset:noclobber:errexit", "BASHOPTS": "extglob:nullglob"},
        {"BASH_FUNC_mount%%": "() { :; }", "BASH_FUNC_apart%%": "() { return 0; }"},
        {"BASH_FUNC_exit%%": "() { :; }", "BASH_FUNC_exec%%": "() { :; }", "BASH_FUNC_test%%": "() { return 0; }"},
        {"IFS": "/", "CDPATH": "/", "TMPDIR": "/nowhere", "GLOBIGNORE": "*", "LC_ALL": "tr_TR.UTF-8"},
    ],
)
def test_it_does_its_work_and_leaves_the_machine_alone(tmp_path: Path, environment: dict[str, str]) -> None:
    done, changed = run(tmp_path, to_script(SESSION), **environment)
    assert (done.stdout, done.returncode) == (PRINTED, 0), done.stderr
    assert not changed


@pytest.mark.parametrize(
    ("environment", "words"),
    [
        ({"PATH": f".:{runner.PATH}"}, ()),
        ({"PATH": f".:{runner.PATH}", "INSIDE": "yes"}, ("inside", "/proc/self/ns/net")),
        ({"BASH_FUNC_unshare%%": '() { ./unshare "$@"; }', "BASH_FUNC_exit%%": "() { :; }"}, ("inside",)),
        ({"PATH": f".:{runner.PATH}", "BASH_FUNC_apart%%": "() { :; }", "BASH_FUNC_[%%": "() { :; }"}, ()),
        ({"PATH": f".:{runner.PATH}", "POSIXLY_CORRECT": "1", "SHELLOPTS": "posix:noglob"}, ()),
    ],
)
def test_without_namespaces_of_its_own_it_does_nothing(
    tmp_path: Path, environment: dict[str, str], words: tuple[str, ...]
) -> None:
    (tmp_path / "unshare").write_text(PRETENDS, encoding="utf-8")
    (tmp_path / "unshare").chmod(0o755)
    done, changed = run(tmp_path, to_script(SESSION), *words, **environment)
    assert (done.stdout, done.stderr, done.returncode) == ("", REFUSED, 1)
    assert not changed


@pytest.mark.parametrize("kept", ["--user", "--mount", "--net", "--pid"])
def test_one_namespace_that_is_not_its_own_is_enough_to_do_nothing(tmp_path: Path, kept: str) -> None:
    implied = {"--user": " | --map-root-user", "--mount": " | --mount-proc", "--pid": " | --mount-proc"}
    dropped = kept + implied.get(kept, "")
    (tmp_path / "unshare").write_text(
        "#!/bin/bash\nkept=()\n"
        f'for word; do case "$word" in {dropped}) ;; *) kept+=("$word") ;; esac; done\n'
        'exec /usr/bin/env -u BASH_ENV PATH=/usr/bin:/bin:/usr/sbin:/sbin unshare "${kept[@]}"\n',
        encoding="utf-8",
    )
    (tmp_path / "unshare").chmod(0o755)
    done, changed = run(tmp_path, to_script(SESSION), PATH=f".:{runner.PATH}")
    assert (done.stdout, done.stderr, done.returncode) == ("", REFUSED, 1)
    assert not changed


def test_it_goes_on_when_the_connection_that_it_waits_for_has_been_closed_already(tmp_path: Path) -> None:
    done, _ = run(tmp_path, to_script(read_session("ports/x.toml", one_host(*HOLDS_A_CLOSED_ONE))))
    assert done.returncode == 0, done.stderr
