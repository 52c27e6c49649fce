"""What pages say of programs in words keeps step with them: the list of all of them, and the table of calls."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import pytest

from sitebuild.blocks import open_library
from sitebuild.programs.store import SERVER
from socktrace.recording import Recording
from socktrace.recording.conversations import conversations
from support import website

LIBRARY = open_library(website.ROOT)
LIST = "docs/reference/snippets*.md"


# -- every program is in the list --------------------------------------------------------------------------------------


def unlisted(text: str, names: Iterable[str]) -> list[str]:
    """Return what the page that lists the programs lacks, each with its cure."""
    modules = {name: name.removesuffix(f"/{SERVER}").removesuffix(".py") for name in names}
    wanted = {name: "::: snippets." + module.replace("/", ".") for name, module in modules.items()}
    lines = {line.rstrip() for line in text.splitlines()}
    return [
        f"{LIST}: snippets/{name} is not in the list; add the line: {line}"
        for name, line in wanted.items()
        if line not in lines
    ]


@pytest.mark.alone
def test_every_snippet_is_in_the_list() -> None:
    text = "\n".join(page.read_text(encoding="utf-8") for page in website.ROOT.glob(LIST))
    if found := unlisted(text, LIBRARY.store.names()):
        pytest.fail("\n".join(found), pytrace=False)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "::: snippets.sockets.echoes\n",
        "::: snippets.sockets\n",
        "Text ::: snippets.sockets.echo\n",
        "    ::: snippets.sockets.echo\n",
    ],
)
def test_a_snippet_that_is_not_in_the_list_is_found(text: str) -> None:
    message = f"{LIST}: snippets/sockets/echo.py is not in the list; add the line: ::: snippets.sockets.echo"
    assert unlisted(text, ["sockets/echo.py"]) == [message]
    assert not unlisted(f"{text}\n::: snippets.sockets.echo\n", ["sockets/echo.py"])


# -- a table of calls is what was recorded -----------------------------------------------------------------------------

CLOTHES = ("many/many_by_threads.py", "many/many_by_selectors.py", "many/many_by_asyncio.py")


def counted(recording: Recording, what: str) -> int:
    """Return how often a server's accepted sockets made a call or what crossed the wire, by its name in the table."""
    accepted = {socket.id for socket in recording.sockets if socket.role == "accepted"}
    calls = [call for call in recording.calls if call.error is None]
    talks = conversations(recording)
    wire = {
        "bytes received": sum(call.size or 0 for call in calls if call.name == "recv" and call.socket in accepted),
        "bytes sent": sum(call.size or 0 for call in calls if call.name == "send" and call.socket in accepted),
        "SYN from clients": sum(packet.flags == "SYN" for talk in talks for packet in talk.sent(talk.client)),
        "FIN, both ways": sum(packet.has("FIN") for talk in talks for packet in talk.packets),
    }
    if what == "`accept`":  # the call of the listening socket that made an accepted one
        return sum(call.made in accepted for call in calls if call.name == "accept")
    return (
        wire[what] if what in wire else sum(f"`{call.function}`" == what for call in calls if call.socket in accepted)
    )


def miscounted(text: str, recordings: Sequence[Recording]) -> list[str]:
    """Return each row of the table of calls that says something else than the recordings."""
    rows = re.findall(r"^\| (`\w+`|[\w, ]+) \| (\d+) \| (\d+) \| (\d+) \|$", text, re.MULTILINE)
    assert len(rows) >= 10, "the table is gone"
    return [
        f"{what}: {said}, but recorded: {found}"
        for what, *numbers in rows
        if (said := [int(number) for number in numbers]) != (found := [counted(one, what) for one in recordings])
    ]


def test_the_table_of_calls_is_what_was_recorded() -> None:
    recordings = [recording for name in CLOTHES if (recording := LIBRARY.store.load(name))]
    text = (website.ROOT / "docs/many/asyncio-streams.md").read_text(encoding="utf-8")
    assert miscounted(text, recordings) == []
    bytes_sent = "| bytes sent | 67 | 67 | 67 |"
    assert miscounted(text.replace(bytes_sent, "| bytes sent | 67 | 67 | 66 |"), recordings) == [
        "bytes sent: [67, 67, 66], but recorded: [67, 67, 67]"
    ]


def test_the_three_chats_cross_the_wire_alike() -> None:
    recordings = [recording for name in CLOTHES if (recording := LIBRARY.store.load(name))]
    talks = [[talk for talk in conversations(one) if talk.protocol == "TCP"] for one in recordings]
    stories = [[(talk.payload(talk.client), talk.payload(talk.server)) for talk in one] for one in talks]
    assert stories[0] == stories[1] == stories[2] != []
    assert len({recording.stdout for recording in recordings}) == 1
