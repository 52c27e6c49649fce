"""Writes a session as a shell script that a reader can run on Linux, without this project. Pure.

A reader may run it as root, and with any environment. So nothing in it that could change the machine is reached unless
the shell has found itself in namespaces other than those that the script was started in. It compares them by open files
(3 to 6), which no variable and no word of the command line can stand in for, and with keywords of the shell only, which
no function that the environment brings along can replace.
"""

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

# true in namespaces of our own: each differs from the one outside, which is open as file 3, 4, 5 or 6
apart() {{
    [[ -e /dev/fd/3 && -e /dev/fd/4 && -e /dev/fd/5 && -e /dev/fd/6 ]] &&
        ! [[ /proc/self/ns/user -ef /dev/fd/3 || /proc/self/ns/mnt -ef /dev/fd/4 ]] &&
        ! [[ /proc/self/ns/net -ef /dev/fd/5 || /proc/self/ns/pid -ef /dev/fd/6 ]]
}}

on() {{
    printf '\\n%s$ %s\\n' "$1" "$2"
    ip netns exec "$1" bash -c "$2" || echo "(exit status $?)"
}}

start() {{
    printf '\\n%s$ %s &\\n' "$1" "$2"
    # a shell without jobs has what is in the background ignore Ctrl-C
    ip netns exec "$1" env --default-signal=INT bash -c "$2" >/dev/null 2>&1 &
}}

inside() {{
set -e
# -n: the note that mount makes of it would be made in the machine's /run
mount -n -t tmpfs tmpfs /run
mkdir /run/home
cd /run/home
# names are looked up in /etc/hosts only: there is no name server to wait for
echo 'hosts: files' >../nsswitch.conf
mount --bind ../nsswitch.conf /etc/nsswitch.conf
"""

_FOOT = """
}}

unshare --user --map-root-user --mount --net --pid --fork --kill-child --mount-proc \\
    env -i PATH="$PATH" HOME=/run/home NSTAT_HISTORY=/run/nstat TERM=dumb LC_ALL=C COLUMNS=100 bash -c "
$(declare -f apart on start inside)
if apart
then inside 3<&- 4<&- 5<&- 6<&-
else
    echo '{name}: no namespaces of its own, so nothing was done' >&2
    exit 1
fi" \\
    3</proc/self/ns/user 4</proc/self/ns/mnt 5</proc/self/ns/net 6</proc/self/ns/pid
"""


def making(session: Session) -> str:
    """Return the shell lines that make the hosts of a session, its setup included."""
    lines = [line for host in session.hosts for line in (f"ip netns add {host}", f"ip -n {host} link set lo up")]
    return "\n".join([*lines, session.setup]).rstrip()


def to_script(session: Session) -> str:
    """Return a session as a script for bash."""
    name = f"{PurePosixPath(session.name).stem}.sh"
    head = _HEAD.format(claim=session.claim, name=name)
    return "\n".join([head, making(session), *(_step(step) for step in session.steps)]) + _FOOT.format(name=name)


def _step(step: Step) -> str:
    lines = ["", *(f"# {line}" for line in step.say.splitlines())]
    if step.until:
        lines.append(f"until ip netns exec {step.host} bash -c {quote(step.until)} >/dev/null; do sleep 0.1; done")
    lines.append(f"{'start' if step.background else 'on'} {step.host} {quote(step.command)}")
    for wait, word in ((step.ready, "until"), (step.gone, "while")):
        if wait:
            look = f"ip netns exec {step.host} ss {_filter(wait)} | grep -q ."
            lines.append(f"{word} {look}; do sleep 0.1; done")
    return "\n".join(lines)


def _filter(wait: Wait) -> str:
    if wait.remote:
        return f"-Hn{wait.protocol[0]} state established state close-wait 'dport = :{wait.port}'"
    return f"-Hn{wait.protocol[0]}{'l' if wait.protocol == 'tcp' else 'a'} 'sport = :{wait.port}'"
