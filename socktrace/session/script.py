"""Writes a session as a shell script that a reader can run on Linux, without this project. Pure."""

from __future__ import annotations

from pathlib import PurePosixPath
from shlex import quote

from socktrace.session.model import Session, Step, Wait

_HEAD = """\
#!/usr/bin/env bash
# {claim}
#
# For Linux, with iproute2 and the tools named below: bash {name}
# It makes hosts that are separate from your machine's network, and leaves nothing behind.
# If your system allows that to root only: sudo bash {name}
set -e
if [ -z "$INSIDE" ]; then
    INSIDE=yes exec unshare --user --map-root-user --mount --net --pid --fork --kill-child --mount-proc bash "$0"
fi
mount -t tmpfs tmpfs /run
mkdir /run/home
cd /run/home
# names are looked up in /etc/hosts only: there is no name server to wait for
echo 'hosts: files' >../nsswitch.conf
mount --bind ../nsswitch.conf /etc/nsswitch.conf
export LC_ALL=C COLUMNS=100

on() {{
    printf '\\n%s$ %s\\n' "$1" "$2"
    ip netns exec "$1" bash -c "$2" || echo "(exit status $?)"
}}

start() {{
    printf '\\n%s$ %s &\\n' "$1" "$2"
    ip netns exec "$1" bash -c "$2" >/dev/null 2>&1 &
}}
"""


def making(session: Session) -> str:
    """Return the shell lines that make the hosts of a session, its setup included."""
    lines = [line for host in session.hosts for line in (f"ip netns add {host}", f"ip -n {host} link set lo up")]
    return "\n".join([*lines, session.setup]).rstrip()


def to_script(session: Session) -> str:
    """Return a session as a script for bash."""
    head = _HEAD.format(claim=session.claim, name=f"{PurePosixPath(session.name).stem}.sh")
    return "\n".join([head, making(session), *(_step(step) for step in session.steps)]) + "\n"


def _step(step: Step) -> str:
    lines = ["", *(f"# {line}" for line in step.say.splitlines())]
    lines.append(f"{'start' if step.background else 'on'} {step.host} {quote(step.command)}")
    for wait, word in ((step.ready, "until"), (step.gone, "while")):
        if wait:
            look = f"ip netns exec {step.host} ss {_filter(wait)} | grep -q ."
            lines.append(f"{word} {look}; do sleep 0.1; done")
    return "\n".join(lines)


def _filter(wait: Wait) -> str:
    if wait.remote:
        return f"-Hn{wait.protocol[0]} state established 'dport = :{wait.port}'"
    return f"-Hn{wait.protocol[0]}{'l' if wait.protocol == 'tcp' else 'a'} 'sport = :{wait.port}'"
