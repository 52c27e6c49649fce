"""Runs a session in fresh user, mount, process and network namespaces, or says in one line why it cannot."""

from __future__ import annotations

import json
import platform
import re
import shutil
import subprocess
import sys
import threading
from typing import Any

from socktrace.recording import digest
from socktrace.session.crossings import crossings
from socktrace.session.model import Act, Session, StepError, Transcript, Wait, read_session

PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"

_PACKAGES = {
    "bridge": "iproute2",
    "conntrack": "conntrack",
    "curl": "curl",
    "ip": "iproute2",
    "lsof": "lsof",
    "netstat": "net-tools",
    "nft": "nftables",
    "nstat": "iproute2",
    "openssl": "openssl",
    "pgrep": "procps",
    "pkill": "procps",
    "ps": "procps",
    "setpriv": "util-linux",
    "ss": "iproute2",
    "sysctl": "procps",
    "unshare": "util-linux",
}
_ALWAYS = ("bash", "ip", "unshare")
_UNSHARE = ("--user", "--map-root-user", "--mount", "--net", "--pid", "--fork", "--kill-child", "--mount-proc")
_STARTING = 30.0
"""How many seconds it may take to make the namespaces and hosts, on a machine that has much else to do."""


def lacks(session: Session) -> str:
    """Say in one line why a session cannot run on this machine; `""` if nothing that it needs is missing."""
    if not sys.platform.startswith("linux"):
        return "a session needs network namespaces, and those exist on Linux only"
    shell = "\n".join([session.setup, *(f"{step.until}\n{step.command}" for step in session.steps)])
    named = [tool for tool in _PACKAGES if re.search(rf"(?:^|[|;&($`\s]){tool}(?=\s|$)", shell, re.MULTILINE)]
    missing = [tool for tool in dict.fromkeys((*_ALWAYS, *named)) if shutil.which(tool, path=PATH) is None]
    if missing:
        packages = " ".join(dict.fromkeys(_PACKAGES.get(tool, tool) for tool in missing))
        return f"{session.name} needs {' and '.join(missing)}; install {packages}"
    return ""


def run(name: str, text: str, *, limit: float = 10.0) -> Transcript:
    """Run a session and return what came of it.

    Args:
        name: Its file, as `ports/two_port_spaces.toml`.
        text: The text of the file.
        limit: How many seconds a step may take.

    Raises:
        ValueError: The file is wrong.
        StepError: A step did not do what the session says.
        OSError: Sessions cannot run here.
    """
    session = read_session(name, text)
    reason = lacks(session)
    if reason:
        raise OSError(reason)
    job = {
        "python": sys.executable,
        "limit": limit,
        "path": PATH,
        "hosts": session.hosts,
        "watch": session.watch,
        "setup": session.setup,
        "steps": [
            {
                "host": step.host,
                "command": step.command,
                "until": step.until,
                "exit": step.exit,
                "ready": _plain(step.ready),
                "gone": _plain(step.gone),
            }
            for step in session.steps
        ],
    }
    answer = _inside(json.dumps(job) + "\n", _STARTING + limit * (2 * len(session.steps) + 2))
    if answer["fault"]:
        raise StepError(f"snippets/{name}: {answer['fault']}")
    return Transcript(
        session=f"snippets/{name}",
        source=digest(text),
        system=f"{platform.system()} {'.'.join(platform.release().split('.')[:2])}",
        claim=session.claim,
        hosts=session.hosts,
        setup=session.setup,
        acts=tuple(
            Act(step.host, step.command, step.say, step.background, act["exit"], act["output"])
            for step, act in zip(session.steps, answer["acts"], strict=True)
        ),
        watch=session.watch,
        crossings=crossings(answer["captured"]),
    )


def _plain(wait: Wait | None) -> list[str | int | bool] | None:
    return [wait.protocol, wait.port, wait.remote] if wait else None


def _inside(job: str, timeout: float) -> dict[str, Any]:
    """Hand a job to a warden inside new namespaces and return its answer."""
    unshare = shutil.which("unshare", path=PATH) or "unshare"
    with subprocess.Popen(
        [unshare, *_UNSHARE, sys.executable, "-m", "socktrace.session.warden"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        bufsize=0,  # so that nothing is left to be written when the namespaces could not be made
    ) as process:
        assert process.stdin
        assert process.stdout
        assert process.stderr
        watchdog = threading.Timer(timeout, process.kill)
        watchdog.start()
        try:
            # the input stays open: its end is what tells the warden that nobody waits any more
            process.stdin.write(job.encode())
            said = process.stdout.read()
            process.wait()  # for `unshare`, and so for the end of every process of the session
        except BrokenPipeError:
            said = b""
        except BaseException:
            process.kill()
            raise
        finally:
            watchdog.cancel()
        complaint = process.stderr.read().decode(errors="replace").strip()
    if not said:
        last = complaint.splitlines()[-1] if complaint else "it was cut off"
        raise OSError(f"a session needs namespaces of its own, and here there are none: {last}")
    answer: dict[str, Any] = json.loads(said)
    return answer
