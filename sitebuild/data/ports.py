"""The table of well-known ports. Pure: text in, entries out."""

from __future__ import annotations

import re
from dataclasses import dataclass

from sitebuild.data.entries import Fields, Row, Wrong, is_list_of_text, whole_entries

TRANSPORTS = ("tcp", "udp", "sctp")
ENCRYPTED = ("yes", "no", "can be", "not by default")
_NEEDED = ("for", "encrypted", "source")
_FIELDS = Fields(_NEEDED, ("name", *_NEEDED, "note"), other=("source",))


@dataclass(frozen=True, slots=True)
class Assignment:
    """What a port number is for.

    Args:
        number: The port number.
        transport: One of `TRANSPORTS`.
        name: The name of the service in IANA's registry; `""` if it has none for the number.
        use: What it is for, in Markdown.
        encrypted: One of `ENCRYPTED`; `can be` says that a conversation may change over to it, `not by default` that it
            is in the clear until somebody sees to it.
        sources: Ids in the bibliography.
        note: What else there is to say, in Markdown; may be empty.
    """

    number: int
    transport: str
    name: str
    use: str
    encrypted: str
    sources: tuple[str, ...]
    note: str = ""

    @property
    def id(self) -> str:
        """What the file calls it, such as `443/tcp`."""
        return f"{self.number}/{self.transport}"

    @property
    def slug(self) -> str:
        """The id of its row on the page."""
        return f"port-{self.number}-{self.transport}"


def read_ports(text: str) -> tuple[Assignment, ...]:
    """Read the file of ports; they come by number, and of one number by transport.

    Args:
        text: Its text, TOML with one table for each entry.

    Raises:
        EntriesError: It is not TOML, or entries are not whole.
    """
    found = []
    for name, row in whole_entries(text, "port", _FIELDS, _wrong):
        number, _, transport = name.partition("/")
        use, sources = row["for"], tuple(row["source"])
        found.append(
            Assignment(int(number), transport, row.get("name", ""), use, row["encrypted"], sources, row.get("note", ""))
        )
    return tuple(sorted(found, key=lambda one: (one.number, TRANSPORTS.index(one.transport))))


def _wrong(name: str, row: Row) -> Wrong:
    """Yield what is wrong with an entry and how to mend it; each rule relies on those before it."""
    number, _, transport = name.partition("/")
    if not re.fullmatch(r"0|[1-9][0-9]{0,4}", number) or int(number) > 65535:
        yield "", 'its name begins with a number, 0 to 65535, such as ["443/tcp"]'
    if transport not in TRANSPORTS:
        yield "", f"its name ends with a transport, one of {', '.join(TRANSPORTS)}"
    if not is_list_of_text(row["source"]):
        yield "source", 'source is a list of ids, such as ["iana-ports"]'
    if "name" in row and not re.fullmatch(r"[a-z0-9-]+", row["name"]):
        yield "name", f'name is what IANA calls it, in small letters, digits and hyphens, not "{row["name"]}"'
    if row["encrypted"] not in ENCRYPTED:
        yield "encrypted", f'encrypted is one of {", ".join(ENCRYPTED)}, not "{row["encrypted"]}"'
