"""The table of ports: what is in it agrees with what the system knows, and what every mistake in it says."""

from __future__ import annotations

import socket
import tomllib
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import bs4
import pytest

from sitebuild.blocks import registry
from sitebuild.checks.site import problems
from sitebuild.data.ports import read_ports
from sitebuild.reading import fences
from support import website
from support.checkout import GLOSSARY, PORTS, SOURCES, Checkout, fence, flaw, one, text_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

FILE = website.ROOT / "docs" / "data" / "ports.toml"
PAGE = website.Page("ports/port-table.md")
SERVICES = Path("/etc/services")
CERTAIN = {
    "22/tcp": ("ssh", "yes"),
    "21/tcp": ("ftp", "not by default"),
    "23/tcp": ("telnet", "not by default"),
    "25/tcp": ("smtp", "can be"),
    "53/tcp": ("domain", None),
    "53/udp": ("domain", None),
    "80/tcp": ("http", "no"),
    "443/tcp": ("https", "yes"),
    "443/udp": ("https", "yes"),
}
"""What the table must hold whatever else it does; 53 is there twice, since TCP and UDP count separately."""


def entries() -> dict[str, Any]:
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


# -- the table of this site --------------------------------------------------------------------------------------------


def read_services(lines: Iterable[str]) -> dict[tuple[int, str], set[str]]:
    """Return the names, aliases included, of each port that a file as /etc/services lists."""
    found: dict[tuple[int, str], set[str]] = defaultdict(set)
    for line in lines:
        words = line.partition("#")[0].split()
        if len(words) > 1:
            number, _, transport = words[1].partition("/")
            found[int(number), transport] |= {words[0], *words[2:]}
    return found


OTHERWISE = {"5061/tcp": {"sip-tls"}, "6667/tcp": {"ircd"}}
"""What systems call otherwise than IANA, by whose list the table goes."""


def disagreements(entries: dict[str, Any], names_of: Callable[[int, str], set[str]]) -> list[str]:
    """Return which entries have a name that the system does not know, though it knows the port."""
    found = []
    for entry, row in entries.items():
        number, _, transport = entry.partition("/")
        known = names_of(int(number), transport)
        if known and row.get("name") not in known and not known <= OTHERWISE.get(entry, set()):
            name = row.get("name", "not registered")
            found.append(f"{entry} is {name}, and {' or '.join(sorted(known))} to the system")
    return found


def system(number: int, transport: str) -> set[str]:
    """Return the names that this system knows a port by, by two ways; they are few, and some are older than IANA's."""
    names = set(read_services(SERVICES.read_text(encoding="utf-8").splitlines())[number, transport])
    try:
        names.add(socket.getservbyport(number, transport))
    except OSError:
        assert not names, f"/etc/services has {number}/{transport}, and getservbyport has not"
    return names


@pytest.mark.skipif(not SERVICES.exists(), reason="this system has no /etc/services")
def test_the_names_are_those_that_the_system_knows() -> None:
    assert disagreements(entries(), system) == []


def test_a_name_of_another_port_is_found() -> None:
    known = {(53, "udp"): {"domain", "nameserver"}}
    table = {"53/udp": {"name": "domain"}, "53/tcp": {"name": "anything"}, "54/udp": {"name": "anything"}}
    names = lambda number, transport: known.get((number, transport), set())  # noqa: E731
    assert disagreements(table, names) == []
    assert disagreements({"53/udp": {}}, names) == ["53/udp is not registered, and domain or nameserver to the system"]
    assert disagreements({"53/udp": {"name": "dns"}}, names) == [
        "53/udp is dns, and domain or nameserver to the system"
    ]


def test_services_are_read_with_their_aliases() -> None:
    lines = ["# port 1/tcp", "", "http\t80/tcp\twww web # World Wide Web", "http 80/udp"]
    assert read_services(lines) == {(80, "tcp"): {"http", "www", "web"}, (80, "udp"): {"http"}}


def strange(entries: dict[str, Any]) -> list[str]:
    """Return what is missing from a table, or stands in it and cannot be."""
    found = [f"{entry} is missing" for entry in CERTAIN if entry not in entries]
    for entry, row in entries.items():
        number, _, transport = entry.partition("/")
        name, encrypted = CERTAIN.get(entry, (row.get("name"), None))
        if (row.get("name"), encrypted or row["encrypted"]) != (name, row["encrypted"]):
            found.append(f"{entry} is {name}, encrypted: {encrypted}")
        if transport not in ("tcp", "udp", "sctp") or not 0 <= int(number) <= 0xFFFF:
            found.append(f"{entry} is no port")
        if int(number) >= 0xC000:
            found.append(f"{entry} cannot be registered: from 49152 on every number is free for all")
        if transport == "udp" and row["encrypted"] == "can be" and "STARTTLS" in str(row):
            found.append(f"{entry} has no STARTTLS, which needs a connection")
    return found


def test_the_table_holds_what_it_must_and_nothing_that_cannot_be() -> None:
    assert strange(entries()) == []


def test_what_cannot_be_in_the_table_is_found() -> None:
    whole = {entry: {"name": name, "encrypted": how or "no"} for entry, (name, how) in CERTAIN.items()}
    assert strange(whole) == []
    assert strange({entry: row for entry, row in whole.items() if entry != "53/udp"}) == ["53/udp is missing"]
    assert strange(whole | {"80/tcp": {"name": "http", "encrypted": "yes"}}) == ["80/tcp is http, encrypted: no"]
    assert strange(whole | {"80/tcp": {"name": "www", "encrypted": "no"}}) == ["80/tcp is http, encrypted: no"]
    row = {"name": "x", "encrypted": "no"}
    assert strange(whole | {"1/icmp": row, "65535/tcp": row}) == [
        "1/icmp is no port",
        "65535/tcp cannot be registered: from 49152 on every number is free for all",
    ]
    starttls = {"name": "x", "encrypted": "can be", "note": "With STARTTLS."}
    assert strange(whole | {"1/udp": starttls}) == ["1/udp has no STARTTLS, which needs a connection"]


def test_the_page_has_every_port_in_order(site: Path) -> None:
    html = bs4.BeautifulSoup((site / PAGE.file).read_bytes(), "lxml")
    transports = ["tcp", "udp", "sctp"]
    keys = sorted((int(entry.split("/")[0]), transports.index(entry.split("/")[1])) for entry in entries())
    wanted = [f"port-{number}-{transports[which]}" for number, which in keys]
    assert [row["id"] for row in html.select(".sk-ports tbody tr")] == wanted


# -- the block ---------------------------------------------------------------------------------------------------------

BLOCK = fence("ports")


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    made = Checkout(tmp_path)
    made.write("docs/data/glossary.toml", GLOSSARY)
    made.write("docs/data/sources.toml", SOURCES)
    made.write("docs/data/ports.toml", PORTS)
    return made


def test_the_ports_stand_by_number_and_transport(checkout: Checkout) -> None:
    page = checkout.page(BLOCK)
    assert [head.get_text() for head in page.select("thead th")] == [
        "Port",
        "Transport",
        "Name",
        "What for",
        "Encrypted",
        "Source",
    ]
    assert [(row["id"], " ".join(row.get_text(" ").split())) for row in page.select("tbody tr")] == [
        ("port-53-tcp", "53 TCP domain Names no 1"),
        ("port-53-udp", "53 UDP domain Names A connection is TCP . 2 can be 2"),
        ("port-443-tcp", "443 TCP https Web pages over TLS yes 1 2"),
    ]


def test_a_port_is_marked_up_and_linked_as_the_page_is(checkout: Checkout) -> None:
    page = checkout.page(BLOCK)
    assert text_of(page, "#port-443-tcp em") == "TLS"
    assert one(page, "#port-443-tcp th a")["href"] == "#port-443-tcp"
    assert one(page, "#port-53-udp a.sk-term")["href"] == "../reference/glossary.md#connection"
    assert text_of(page, "#port-53-udp .sk-note code") == "TCP"


def test_a_port_without_a_name_is_not_registered(checkout: Checkout) -> None:
    checkout.write("docs/data/ports.toml", PORTS.replace('name = "https"\n', ""))
    assert text_of(checkout.page(BLOCK), "#port-443-tcp td:nth-of-type(2)") == "not registered"


MISTAKES = [
    ('"443/tcp"', '"443"', "port 443: its name ends with a transport, one of tcp, udp, sctp"),
    ('"443/tcp"', '"443/icmp"', "port 443/icmp: its name ends with a transport, one of tcp, udp, sctp"),
    ('"443/tcp"', '"65536/tcp"', 'port 65536/tcp: its name begins with a number, 0 to 65535, such as ["443/tcp"]'),
    ('"443/tcp"', '"0443/tcp"', 'port 0443/tcp: its name begins with a number, 0 to 65535, such as ["443/tcp"]'),
    ('"443/tcp"', '"https/tcp"', 'port https/tcp: its name begins with a number, 0 to 65535, such as ["443/tcp"]'),
    ('"443/tcp"', '"53/tcp"', "53/tcp stands there twice, first in line 1; rename or remove one"),
    ('["443/tcp"]', 'x = 1\n["443/tcp"]', '"x" is not an entry; an entry begins with ["x"]'),
    ('encrypted = "yes"\n', "", "port 443/tcp: lacks encrypted"),
    ("note =", "nota =", "port 53/udp: unknown key nota; did you mean note?"),
    ('"yes"', "true", "port 443/tcp: encrypted is text in quotes"),
    ('"yes"', '"maybe"', 'port 443/tcp: encrypted is one of yes, no, can be, not by default, not "maybe"'),
    ('"Names"', '""', "port 53/udp: for is text in quotes"),
    (
        '"https"',
        '"HTTPS"',
        'port 443/tcp: name is what IANA calls it, in small letters, digits and hyphens, not "HTTPS"',
    ),
    ('["man2"]', '"man2"', 'port 53/tcp: source is a list of ids, such as ["iana-ports"]'),
    ('["man2"]', "[]", 'port 53/tcp: source is a list of ids, such as ["iana-ports"]'),
]


def changed(old: str, new: str) -> str:
    assert old in PORTS
    return PORTS.replace(old, new, 1)


@pytest.mark.parametrize(("old", "new", "message"), MISTAKES)
def test_a_port_that_is_not_whole_is_told(checkout: Checkout, old: str, new: str, message: str) -> None:
    checkout.write("docs/data/ports.toml", changed(old, new))
    shown, place = flaw(checkout.page(BLOCK), "ports.toml")
    assert shown == message
    assert f"{place}: {shown}" in problems(checkout.root)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('["man2"]', '["man3"]', "docs/data/ports.toml:14: port 53/tcp: unknown source man3; did you mean man2?"),
        ("[@rfc1]", "[@rfc2]", "docs/data/ports.toml:11: unknown source rfc2; did you mean rfc1?"),
        (
            "[[connection]]",
            "[[conection]]",
            "docs/data/ports.toml:11: unknown term conection; did you mean connection?",
        ),
    ],
)
def test_a_port_that_refers_to_nothing_is_told(
    checkout: Checkout, caplog: pytest.LogCaptureFixture, old: str, new: str, message: str
) -> None:
    checkout.write("docs/data/ports.toml", changed(old, new))
    page = checkout.page(BLOCK)
    assert text_of(page, ".socktrace-error") == message
    assert [entry.getMessage() for entry in caplog.records] == [message]
    assert len(page.select("tbody tr")) == 3
    assert message in problems(checkout.root)


def test_a_missing_file_is_told_once_it_is_asked_for(checkout: Checkout) -> None:
    (checkout.root / "docs/data/ports.toml").unlink()
    shown = text_of(checkout.page(BLOCK), ".socktrace-error")
    assert shown == "docs/data/ports.toml is missing"
    assert shown in problems(checkout.root)


def test_a_ports_fence_is_empty(checkout: Checkout) -> None:
    shown = text_of(checkout.page(fence("ports", "443")), ".socktrace-error")
    assert shown == "docs/deep/page.md:1: a ports fence is empty; it prints everything"
    assert shown in problems(checkout.root)


def test_ports_that_are_whole_have_no_problems_and_use_their_sources(checkout: Checkout) -> None:
    checkout.write("docs/page.md", BLOCK)
    checkout.write("docs/data/glossary.toml", "['connection']\nsays = 'Two ends that talk.'\nsource = 'rfc1'\n")
    assert problems(checkout.root) == []
    checkout.write("docs/data/ports.toml", PORTS.replace("man2", "rfc1"))
    unused = "docs/data/sources.toml:8: no page and no term uses the source man2; use it or remove it"
    assert problems(checkout.root) == [unused]


def test_the_sample_for_contributors_is_whole() -> None:
    lines = registry()["ports"].guide.splitlines()
    (sample,) = [one.body for one in fences.find(lines) if one.name == "toml" and "encrypted" in one.body]
    assert [port.slug for port in read_ports(sample)] == ["port-443-tcp"]


def test_ports_on_no_page_are_a_problem(checkout: Checkout) -> None:
    message = "docs/data/ports.toml:1: no page shows it; show it with a ports fence or remove it"
    assert message in problems(checkout.root)
