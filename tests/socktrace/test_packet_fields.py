"""What an opened packet says of each of its bytes, held against what Python and dpkt read in them."""

from __future__ import annotations

import ipaddress
import json
import random
from pathlib import Path
from typing import TYPE_CHECKING, Any

import dpkt

from sitebuild.programs.store import Store
from socktrace import ladder
from socktrace.packets.decoder import header
from socktrace.packets.headers import tcp_numbers
from support.packets import corpus, mutations

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

    from socktrace.recording import Packet
    from support.browser import Chromium

STORE = Store(Path(__file__).parents[2])
SCRIPT = Path(ladder.__file__).parent / "packet.js"

READ = """runs => JSON.stringify(runs.map(rows => {
    const run = document.createElement("div")
    run.className = "sk-run"
    for (const { raw, seq, ack } of rows) {
        const row = document.createElement("div")
        Object.assign(row.dataset, { packet: 1, raw, seq, ack })
        run.append(row)
    }
    return [...run.children].map(row => {
        const box = sockPacket.open(row, { number: 1, from: "client", to: "server" })
        const shown = [...box.querySelectorAll("td")].map(cell => cell.querySelector("code, .sk-unread").textContent)
        return { layers: sockPacket.read(row), shown: shown.join("").replace(/\\s/g, "") }
    })
}))"""
"""Reads all packets of all runs, and opens each. As one string, for the browser hands that over quickest."""

Fields = dict[str, Any]


def opened(browser: Browser, runs: list[list[dict[str, Any]]]) -> Any:
    """Return what the script reads in the packets of each run, and the bytes that it shows."""
    page = browser.new_page()
    try:
        page.add_script_tag(path=SCRIPT)
        return json.loads(page.evaluate(READ, runs))
    finally:
        page.close()


def untiled(layers: list[Fields], raw: str) -> Iterator[str]:
    """Yield what is wrong with how the fields lie: one must end where the next begins, and all have words."""
    at = 0
    for field in (field for layer in layers for field in layer["fields"]):
        if field["at"] != at or field["size"] < 1:
            yield f"{field['id']} begins at {field['at']}, not at {at}"
        at = field["at"] + field["size"]
        if not field["name"] or not field["says"] or not field["url"].startswith("https://"):
            yield f"{field['id']} is not explained"
    if at != len(raw) // 2:
        yield f"the fields end at {at} of {len(raw) // 2}"


def faults(layers: list[Fields], packet: Packet, scale: int | None, fin: int | None = None) -> Iterator[str]:
    """Yield each field that differs from what Python reads in the same bytes.

    Args:
        layers: What the script read.
        packet: The packet as it was recorded.
        scale: By how many bits the window of its direction is shifted; `None` if that is not known.
        fin: The number of the FIN that the other side had sent by then, or `None`.
    """
    fields = {field["id"]: field for layer in layers for field in layer["fields"]}
    value = {name: field.get("value") for name, field in fields.items()}
    raw = bytes.fromhex(packet.raw)
    told = header(raw, packet.length)
    ip = dpkt.ip.IP(raw) if raw[0] >> 4 == 4 else dpkt.ip6.IP6(raw)
    is_4 = raw[0] >> 4 == 4
    expected: dict[str, Any] = {
        "length": ip.len if is_4 else ip.plen,
        "hops": ip.ttl if is_4 else ip.hlim,
        "protocol": ip.p if is_4 else ip.nxt,
        "source": packet.source.address,
        "destination": packet.destination.address,
    }
    if is_4:
        expected |= {"identification": told.identification, "treatment": ip.tos, "header checksum": ip.sum}
    if packet.about:
        for name, end in zip(("source", "destination"), packet.about, strict=True):
            expected |= {f"quoted {name}": end.address, f"quoted {name} port": end.port}
        expected |= {"type": ip.icmp.type, "code": ip.icmp.code, "checksum": ip.icmp.sum}
    else:
        inner = ip.data
        expected |= {"source port": packet.source.port, "destination port": packet.destination.port}
        expected["checksum"] = inner.sum
        if packet.protocol == "UDP":
            expected["udp length"] = inner.ulen
        else:
            expected |= dict(zip(("seq", "ack"), tcp_numbers(raw), strict=True))
            expected |= {"flags": inner.flags, "window": inner.win, "urgent": inner.urp}
            expected |= dict(zip(("stamp", "echo"), told.stamps or (None, None), strict=True))
            kinds = dict(dpkt.tcp.parse_opts(inner.opts))
            expected["option 2"] = int.from_bytes(kinds[2]) if 2 in kinds else None
            expected["option 3"] = kinds[3][0] if 3 in kinds else None
            yield from _words(fields, packet, inner.win, scale, fin)
    for name, wanted in expected.items():
        if value.get(name) != wanted:
            yield f"{name} is {wanted}, not {value.get(name)}"
    letters = bytes(field["value"] for layer in layers for field in layer["fields"] if field["id"].endswith("byte"))
    payload = told.payload[28:] if packet.about else told.payload  # a complaint quotes two headers, and what follows
    if letters != payload[:48]:
        yield f"the payload is {payload!r}, not {letters!r}"
    sums = [field["reading"] for name, field in fields.items() if "checksum" in name]
    if ("checksum is wrong" in sums) == told.is_sound:
        yield f"checksums: {sums}"


def _words(fields: Fields, packet: Packet, window: int, scale: int | None, fin: int | None) -> Iterator[str]:
    """Yield what is wrong in the words for numbers that other packets tell: relative ones, and the window's unit."""
    reading = {name: field["reading"] for name, field in fields.items()}
    flags = reading["flags"].split(", ")
    if set(flags) != set(packet.flags.split()):
        yield f"the flags are {packet.flags}, not {flags}"
    if packet.size and reading["seq"] != f"first byte is number {packet.seq:,}":
        yield f"the first byte is number {packet.seq}, not: {reading['seq']}"
    told = fin is not None and packet.ack == fin + 1
    if told != (reading["ack"] == "all received, FIN too") and packet.has("ACK"):
        yield f"byte {packet.ack} is next, and the FIN is number {fin}, not: {reading['ack']}"
    if packet.ack > 1 and not told and f"byte {packet.ack:,} next" not in reading["ack"]:
        yield f"byte {packet.ack} is next, not: {reading['ack']}"
    shift = 0 if packet.has("SYN") else None if packet.has("RST") else scale
    says = f"window {window}" if shift is None else f"window {window << shift:,} byte"
    if not reading["window"].startswith(says):
        yield f"{says}, not: {reading['window']}"


def scales(packets: tuple[Packet, ...]) -> Iterator[int | None]:
    """Yield for each packet by how many bits its window is shifted, as the SYNs before it agreed (RFC 7323)."""
    said: dict[tuple[object, object], int | None] = {}
    for packet in packets:
        ends = (packet.source, packet.destination)
        if packet.has("SYN"):
            raw = bytes.fromhex(packet.raw)
            ip = dpkt.ip.IP(raw) if raw[0] >> 4 == 4 else dpkt.ip6.IP6(raw)
            kinds = dict(dpkt.tcp.parse_opts(ip.data.opts))
            said[ends] = kinds[3][0] if 3 in kinds else None
        if ends in said and ends[::-1] in said:
            here, there = said[ends], said[ends[::-1]]
            yield here if here is not None and there is not None else 0
        else:
            yield None


def fins(packets: tuple[Packet, ...]) -> Iterator[int | None]:
    """Yield for each packet the number of the FIN that its receiver had sent by then, if it had."""
    sent: dict[tuple[object, object], int] = {}
    for packet in packets:
        if packet.has("SYN"):
            sent.pop((packet.source, packet.destination), None)  # another connection of the same ends
        yield sent.get((packet.destination, packet.source))
        if packet.has("FIN"):
            sent[packet.source, packet.destination] = packet.seq + packet.size


def rows(packets: tuple[Packet, ...]) -> list[dict[str, Any]]:
    return [{"raw": packet.raw, "seq": packet.seq, "ack": packet.ack} for packet in packets]


def test_each_byte_of_each_recorded_packet_is_in_one_field_and_read_rightly(chromium: Chromium) -> None:
    recordings = [recording for name in STORE.names() if (recording := STORE.load(name)) and recording.packets]
    answer = chromium.run(lambda browser: opened(browser, [rows(one.packets) for one in recordings]))
    checked = 0
    for recording, found in zip(recordings, answer, strict=True):
        packets = recording.packets
        for packet, scale, fin, one in zip(packets, scales(packets), fins(packets), found, strict=True):
            wrong = [*untiled(one["layers"], packet.raw), *faults(one["layers"], packet, scale, fin)]
            assert (recording.program, packet.at, wrong) == (recording.program, packet.at, [])
            assert one["shown"] == packet.raw
            checked += 1
    assert checked > 1_500


def test_what_is_cut_or_forged_is_read_to_its_last_byte(chromium: Chromium) -> None:
    chance = random.Random(8200)
    changes = [changed.hex() for raw in corpus(STORE) for changed in mutations(raw, chance) if changed]
    raws = chance.sample(changes, 1_000)
    answer = chromium.run(lambda browser: opened(browser, [[{"raw": raw, "seq": 1, "ack": 1}] for raw in raws]))
    for raw, (found,) in zip(raws, answer, strict=True):
        assert (raw, [*untiled(found["layers"], raw)]) == (raw, [])
        assert found["shown"] == raw


def test_addresses_of_ipv6_are_written_as_python_does(chromium: Chromium) -> None:
    texts = ["::", "::1", "1::", "2001:db8::1:0:0:1", "1:0:0:2:0:0:0:3", "fe80::10:0", "1:2:3:4:5:6:7:8", "0:1::"]
    raws = [f"6000000000003b40{ipaddress.ip_address(text).packed.hex() * 2}" for text in texts]
    answer = chromium.run(lambda browser: opened(browser, [[{"raw": raw, "seq": 0, "ack": 0}] for raw in raws]))
    read = [next(one["value"] for one in found["layers"][0]["fields"] if one["id"] == "source") for (found,) in answer]
    assert read == [str(ipaddress.ip_address(text)) for text in texts]


PAGE = """<div class="sk-run">{rows}<p>after</p></div>"""
ROW = """<div data-packet="{n}" data-raw="{raw}" data-seq="{seq}" data-ack="{ack}">
<button class="sk-chip">{n}</button></div>"""
SHOW = """row => {
    const cell = document.createElement("td")  // as in the table of a run
    cell.append(sockPacket.open(row, {
        number: 4, from: "client", to: "server", onClose: () => { window.wasClosed = true }
    }))
    row.after(cell)
}"""


def test_keys_walk_through_the_fields_and_escape_leads_back(chromium: Chromium) -> None:
    recording = STORE.load("sockets/echo.py")
    assert recording

    def job(browser: Browser) -> None:
        page, errors = browser.new_page(), list[str]()
        page.on("pageerror", lambda error: errors.append(str(error)))
        try:
            page.set_content(
                PAGE.format(rows="".join(ROW.format(n=n, **one) for n, one in enumerate(rows(recording.packets), 1)))
            )
            page.add_script_tag(path=SCRIPT)
            page.locator("[data-packet]").nth(3).evaluate(SHOW)
            box, told = page.get_by_role("group", name="Packet 4, opened"), page.locator("[aria-live=polite]")
            for key, name in {
                "": "52 bytes are the envelope, the last 5 are yours",
                "End": "Byte 5 of this direction, 1 byte",
                "ArrowLeft": "Byte 4 of this direction, 1 byte",
                "Home": "Version and header length, 1 byte",
                "ArrowDown": "Identification, 2 bytes",
                "ArrowUp": "Version and header length, 1 byte",
                "ArrowRight": "DSCP and ECN, 1 byte",
            }.items():
                if key:
                    page.keyboard.press(key)
                assert told.inner_text().startswith(name)
                assert page.evaluate("document.activeElement.ariaSelected") == "true"
            box.get_by_text("Packet 4, opened").click()
            assert told.inner_text().startswith("DSCP and ECN"), "this is no field"
            box.get_by_text("window 65,536").click()
            assert told.get_by_role("link").inner_text() == "RFC 7323, section 2.2"
            page.keyboard.press("Escape")
            assert box.count() == 0
            assert page.evaluate("[window.wasClosed, document.activeElement.textContent]") == [True, "4"]
            assert errors == []
        finally:
            page.close()

    chromium.run(job)


def test_what_tls_made_is_not_said_to_be_the_programs(chromium: Chromium) -> None:
    recording = STORE.load("servers/over_tls.py")
    assert recording
    first = next(one for one, packet in zip(rows(recording.packets), recording.packets, strict=True) if packet.size)

    def job(browser: Browser) -> list[str]:
        page = browser.new_page()
        try:
            page.set_content(PAGE.format(rows=ROW.format(n=1, **first).replace("data-raw", "data-sealed data-raw", 1)))
            page.add_script_tag(path=SCRIPT)
            page.locator("[data-packet]").evaluate(SHOW)
            return [page.locator("[aria-live=polite]").inner_text(), page.locator(".sk-payload p").inner_text()]
        finally:
            page.close()

    said = " ".join(chromium.run(job))
    assert said.count("TLS made") == 2
    assert "our" not in said


WRONG = [
    ("source port", {"value": 1}, "source port is 36184, not 1"),
    ("window", {"reading": "window 64"}, "window 65,536 byte, not: window 64"),
    ("seq", {"reading": "first byte is number 2"}, "the first byte is number 1, not: first byte is number 2"),
    (
        "ack",
        {"reading": "all received, FIN too"},
        "byte 1 is next, and the FIN is number None, not: all received, FIN too",
    ),
    ("flags", {"reading": "FIN"}, "the flags are ACK PSH, not ['FIN']"),
    ("checksum", {"reading": "checksum is wrong"}, "checksums: ['checksum is right', 'checksum is wrong']"),
    ("byte", {"value": 0}, r"the payload is b'hello', not b'\x00\x00\x00\x00\x00'"),
    ("urgent", {"at": 40}, "urgent begins at 40, not at 38"),
    ("echo", {"says": ""}, "echo is not explained"),
]


def test_a_field_that_is_read_wrongly_is_found(chromium: Chromium) -> None:
    recording = STORE.load("sockets/echo.py")
    assert recording
    packet = recording.packets[3]
    answer = json.dumps(chromium.run(lambda browser: opened(browser, [rows(recording.packets[:4])])))
    for field, change, fault in WRONG:
        ((*_, found),) = json.loads(answer)
        for one in (one for layer in found["layers"] for one in layer["fields"]):
            if one["id"] == field:
                one.update(change)
        assert [*untiled(found["layers"], packet.raw), *faults(found["layers"], packet, 10)][0] == fault
