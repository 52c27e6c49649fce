"""The data: a session as its author wrote it, and the transcript of its run. Pure: text in, frozen dataclasses out."""

from __future__ import annotations

import difflib
import json
import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import PurePosixPath
from typing import Any

from socktrace.recording import checked, no_constant

_HOST = re.compile(r"[a-z][a-z0-9-]{0,14}")
_LINK = re.compile(r"(?P<host>[^:]+):(?P<interface>[^:/\s]{1,15})")
_WAIT = re.compile(r"(?P<protocol>tcp|udp) (?P<to>to )?(?P<port>[1-9]\d{0,4})")
_SESSION = ("claim", "hosts", "files", "setup", "watch", "step", "texts")
_STEP = ("host", "run", "start", "say", "until", "exit", "ready", "gone")


class StepError(Exception):
    """A step of a session did not do what the session says."""


@dataclass(frozen=True, slots=True)
class Wait:
    """Something in a host's tables of sockets that a step waits for.

    Args:
        protocol: `tcp` or `udp`.
        port: The port number: the local one, or with `remote` that of the other end.
        remote: Whether a connection to the port is meant, also one that the other end has closed meanwhile, and not a
            socket that takes what comes to it.
    """

    protocol: str
    port: int
    remote: bool = False

    def __str__(self) -> str:
        return f"{self.protocol} {'to ' if self.remote else ''}{self.port}"


@dataclass(frozen=True, slots=True)
class Step:
    """One command on one host.

    Args:
        host: The host.
        command: What the shell runs there.
        say: What it does or what to look at, in one sentence of Markdown; may be empty.
        until: A shell command that must succeed there before this one begins; `""` for none. Readers see it where they
            see how the hosts were made.
        exit: The exit status that it must end with.
        ready: For a command in the background, what tells that it is ready; `None` for any other command.
        gone: What must have ended before the next step begins, such as a server that this step stops.
    """

    host: str
    command: str
    say: str = ""
    until: str = ""
    exit: int = 0
    ready: Wait | None = None
    gone: Wait | None = None

    @property
    def background(self) -> bool:
        """True if it runs on while the next steps run."""
        return self.ready is not None


@dataclass(frozen=True, slots=True)
class Session:
    """Commands to be run on one or more hosts.

    Args:
        name: Its file, as `ports/two_port_spaces.toml`.
        claim: What it shows, in one sentence.
        hosts: The names of the hosts.
        setup: Shell lines that are run before the first step; those that write its programs come first.
        watch: The interfaces at which packets are watched, each as `router:lan`.
        steps: The commands, in order.
    """

    name: str
    claim: str
    hosts: tuple[str, ...]
    setup: str
    watch: tuple[str, ...]
    steps: tuple[Step, ...]


def read_session(name: str, text: str) -> Session:
    """Read a session file.

    Args:
        name: Its name, as `ports/two_port_spaces.toml`.
        text: Its text, TOML. If it names `files`, a table `texts` at its end holds the text of each.

    Raises:
        ValueError: It is not a session; the message says where, what and how to mend it.
    """
    place = f"snippets/{name}"
    try:
        rows = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        what, _, where = str(error).partition(" (at ")
        line = re.match(r"line (\d+)", where)
        number = int(line[1]) if line else len(text.splitlines())  # at the end of the document
        raise ValueError(f"{place}:{number}: not TOML: {what}") from error
    _keys(place, rows, _SESSION, ("claim", "hosts", "step"))
    claim = _text(place, rows, "claim")
    if not claim.endswith("."):
        raise ValueError(f"{place}: claim: end the sentence with a full stop")
    hosts = rows["hosts"]
    if not isinstance(hosts, list) or not hosts:
        raise ValueError(f'{place}: hosts: list the names of the hosts, such as ["client", "server"]')
    for host in hosts:
        if not isinstance(host, str) or not _HOST.fullmatch(host):
            raise ValueError(f"{place}: hosts: {host!r} is no name of a host; use up to 15 of a-z, 0-9 and -")
        if hosts.count(host) > 1:
            raise ValueError(f"{place}: hosts: {host} stands there twice; remove one")
    if not isinstance(rows["step"], list):
        raise ValueError(f"{place}: begin each step with [[step]]")
    begins = [number for number, line in enumerate(text.splitlines(), 1) if line.strip() == "[[step]]"]
    steps = []
    for number, row in enumerate(rows["step"], 1):
        where = f"{place}:{begins[number - 1]}" if len(begins) == len(rows["step"]) else place
        steps.append(_step(f"{where}: step {number}", row, hosts))
    setup = [*_files(place, rows), *([_text(place, rows, "setup")] if "setup" in rows else [])]
    return Session(name, claim, tuple(hosts), "\n".join(setup), _watch(place, rows, hosts), tuple(steps))


def _files(place: str, rows: dict[str, Any]) -> Iterator[str]:
    """Yield the shell lines that write each program of a session into the folder of its hosts."""
    texts = rows.get("texts", {})
    files = rows.get("files", [])
    if not isinstance(files, list) or list(texts) != files or ("files" in rows and not files):
        raise ValueError(f'{place}: files: list snippets, such as ["servers/by_threads.py"]')
    for file, text in texts.items():
        yield f"cat > {PurePosixPath(file).name} <<'END'\n{text}END\n"


def _watch(place: str, rows: dict[str, Any], hosts: list[str]) -> tuple[str, ...]:
    watch = rows.get("watch", [])
    if not isinstance(watch, list) or ("watch" in rows and not watch):
        raise ValueError(f'{place}: watch: list interfaces, such as ["router:inside", "router:outside"]')
    for link in watch:
        match = _LINK.fullmatch(link) if isinstance(link, str) else None
        if not match or match["host"] not in hosts:
            raise ValueError(f"{place}: watch: {link!r} is no host and interface, such as {hosts[0]}:eth0")
    return tuple(watch)


def _step(place: str, row: dict[str, Any], hosts: list[str]) -> Step:
    _keys(place, row, _STEP, ("host",))
    host = _text(place, row, "host")
    if host not in hosts:
        raise ValueError(f"{place}: unknown host {host}; the hosts are {', '.join(hosts)}")
    if ("run" in row) == ("start" in row):
        raise ValueError(f"{place}: give it either run (and wait for its end) or start (in the background)")
    if ("start" in row) != ("ready" in row):
        raise ValueError(
            f'{place}: start and ready belong together: say when it is ready, such as ready = "tcp 8080"'
            if "start" in row
            else f"{place}: ready is for start; a command with run is waited for"
        )
    if "start" in row and ("exit" in row or "gone" in row):
        raise ValueError(f"{place}: exit and gone are for run; a command in the background ends with the session")
    status = row.get("exit", 0)
    if not isinstance(status, int) or isinstance(status, bool) or not 0 <= status <= 255:
        raise ValueError(f"{place}: exit: an exit status is a number from 0 to 255")
    return Step(
        host=host,
        command=_text(place, row, "run" if "run" in row else "start"),
        say=_text(place, row, "say") if "say" in row else "",
        until=_text(place, row, "until") if "until" in row else "",
        exit=status,
        ready=_wait(place, row, "ready"),
        gone=_wait(place, row, "gone"),
    )


def _wait(place: str, row: dict[str, Any], key: str) -> Wait | None:
    if key not in row:
        return None
    match = _WAIT.fullmatch(_text(place, row, key))
    if not match or int(match["port"]) > 65535:
        raise ValueError(
            f'{place}: {key}: write a protocol and a port, such as "tcp 8080" (something listens there), "udp 5353", '
            'or "tcp to 8080" (a connection to it is established)'
        )
    return Wait(match["protocol"], int(match["port"]), match["to"] is not None)


def _keys(place: str, row: Any, known: Iterable[str], required: Iterable[str]) -> None:
    known = tuple(known)
    if not isinstance(row, dict):
        raise ValueError(f"{place}: begin each step with [[step]]")
    for key in row:
        if key not in known:
            close = difflib.get_close_matches(key, known, n=1)
            hint = f"did you mean {close[0]}?" if close else f"known: {', '.join(known)}"
            raise ValueError(f"{place}: unknown key {key}; {hint}")
    for key in required:
        if key not in row:
            raise ValueError(f"{place}: the key {key} is missing")


def _text(place: str, row: dict[str, Any], key: str) -> str:
    if not isinstance(row[key], str) or not row[key].strip():
        raise ValueError(f"{place}: {key}: write text in quotes")
    return str(row[key]).strip()


# -- what came of it ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Act:
    """A step that was taken.

    Args:
        host: The host.
        command: What the shell ran there.
        say: What its author says of it.
        background: Whether it ran on while the next steps ran.
        exit: Its exit status; 0 in the background.
        output: What it printed to standard output and standard error; nothing is kept of a command in the background.
    """

    host: str
    command: str
    say: str
    background: bool
    exit: int
    output: str


@dataclass(frozen=True, slots=True)
class Crossing:
    """A packet as it crossed one interface.

    Args:
        packet: Which packet it was; the same one has the same number on every interface.
        link: The interface, as `router:lan`.
        source: The sender's address and port, as they were there.
        destination: The receiver's.
        what: What it carried: `SYN`, `5 bytes`, `ACK` and so on.
    """

    packet: int
    link: str
    source: str
    destination: str
    what: str


@dataclass(frozen=True, slots=True)
class Transcript:
    """What came of a session.

    Args:
        session: Its file, as `snippets/ports/two_port_spaces.toml`.
        source: The digest of its text.
        system: What it ran on.
        claim: What it shows.
        hosts: The hosts.
        setup: What was run first.
        acts: The steps, in order.
        watch: The interfaces at which packets were watched.
        crossings: The packets that crossed them, in order, each at one interface after the other.
    """

    session: str
    source: str
    system: str
    claim: str
    hosts: tuple[str, ...]
    setup: str
    acts: tuple[Act, ...]
    watch: tuple[str, ...] = ()
    crossings: tuple[Crossing, ...] = ()


def to_json(transcript: Transcript) -> str:
    """Write a transcript as JSON: one line of output or packet a line, so that a diff can be read."""
    fields = asdict(transcript)
    for act in fields["acts"]:
        act["output"] = act["output"].split("\n") if act["output"] else []
    rows = [json.dumps(crossing, ensure_ascii=False) for crossing in fields.pop("crossings")]
    if not transcript.watch:
        del fields["watch"]
        return json.dumps(fields, ensure_ascii=False, indent=2) + "\n"
    text = json.dumps(fields, ensure_ascii=False, indent=2).removesuffix("\n}")
    return f'{text},\n  "crossings": [\n    ' + ",\n    ".join(rows) + "\n  ]\n}\n"


def from_json(text: str) -> Transcript:
    """Read what `to_json` wrote.

    Raises:
        ValueError: The text is not JSON, or a field is missing, unknown or of another type.
    """
    try:
        fields = json.loads(text, parse_constant=no_constant)
        fields["hosts"], fields["watch"] = tuple(fields["hosts"]), tuple(fields.get("watch", ()))
        if any(type(one) is not str for one in (*fields["hosts"], *fields["watch"])):
            raise TypeError("hosts, watch: they hold something else than str")
        acts = [Act(**{**act, "output": "\n".join(act["output"])}) for act in fields["acts"]]
        fields["acts"] = tuple(checked(act, "acts") for act in acts)
        rows = fields.get("crossings", ())
        fields["crossings"] = tuple(checked(Crossing(**crossing), "crossings") for crossing in rows)
        transcript: Transcript = checked(Transcript(**fields), "transcript")
        return transcript
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"not a transcript: {error}") from error
