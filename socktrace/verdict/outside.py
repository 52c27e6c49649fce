"""What a program cannot do because it was given a network of its own: reach others, or be reached by them. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from socktrace.recording import Endpoint
from socktrace.verdict.case import Case, target
from socktrace.verdict.misuse import Cause

LETS_OUT = "`socktrace run --network host` lets it out"
_SAID = (
    "Network is unreachable",
    "No route to host",
    "Cannot assign requested address",
    "Temporary failure in name resolution",
    "Name or service not known",
    "No address associated with hostname",
)
"""What is said where there is nobody else: `strerror(3)` and `gai_strerror(3)` of the C library on Linux."""


def no_name(case: Case, said: str) -> tuple[str, str] | None:
    """Say that a program asked for the address of what is no host name, but a URL or a name with its port.

    Args:
        case: The run.
        said: Its last words.

    Returns:
        What was the matter, and what to do about it; `None` if it was something else.
    """
    names = [one.name for one in case.recording.lookups if "/" in one.name or one.name.count(":") == 1]
    if not names or not any(reason in said for reason in _SAID):
        return None
    fix = "pass the name alone, and the port as a number of its own: `connect((host, port))`"
    return f"{names[-1]!r} is no name of a host", fix


def cut_off(case: Case, said: str) -> Cause | None:
    """Say that a program died because it was alone in its network; `None` if it was not, or if it died of other things.

    Args:
        case: The run.
        said: Its last words.
    """
    if case.recording.on_host or not any(reason in said for reason in _SAID):
        return None
    if not case.recording.lookups and not any(_elsewhere(case)):
        return None
    words = "it has a network of its own here, with nothing but the loopback interface"
    return Cause(words, "let it out, if it is to reach other hosts, or be reached: `socktrace run --network host`")


def _elsewhere(case: Case) -> Iterator[Endpoint]:
    """Yield the addresses of others that a call asked for in vain."""
    for call in case.recording.calls:
        end = (target(call) or call.peer) if call.error and call.name in ("bind", "connect", "send") else None
        if end and not end.is_loopback and not end.is_wildcard:
            yield end
