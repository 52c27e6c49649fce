"""A snippet on a page: the program, what it printed and its packets, or what of that is asked for."""

from __future__ import annotations

import base64
import gzip
from dataclasses import replace
from urllib.parse import unquote

from bs4 import BeautifulSoup

from sitebuild.kit import places
from socktrace.packets.decoder import to_pcap
from socktrace.recording import Declaration
from support.checkout import PREDICT, PROGRAM, SNIPPET, Checkout, fence, one, text_of
from support.handmade import echo, fifty, recording


def test_a_snippet_shows_the_program_and_its_evidence(checkout: Checkout) -> None:
    page = checkout.page(SNIPPET)
    assert one(page, ".sk-code code").get_text() == PROGRAM
    assert "band" in one(page, ".sk-run")["class"]
    assert text_of(page, ".sk-out") == "echo: b'hello'"
    assert text_of(page, ".sk-file") == "sockets/echo.py"
    assert text_of(page, ".sk-recorded p").startswith("On Linux 6.18 with Python 3.13.1: 10 packets, 2.7 milliseconds ")
    assert text_of(page, ".sk-ladder caption") == "25 steps, 10 packets"
    assert text_of(page, ".sk-socks summary") == "3 sockets, all closed"
    said = [" ".join(row.get_text(" ").split()) for row in page.select(".sk-table tbody tr")]
    assert said == [
        "listening 5000 line 8 not \u2013 line 8 ✓",
        "client 40000 line 11 line 11 line 11 ✓",
        "accepted 5000 line 2 line 2 line 3 ✓",
    ]


def test_a_program_that_speaks_tls_is_not_offered_to_the_machine_which_has_none(checkout: Checkout) -> None:
    assert checkout.page(SNIPPET).select("[data-programs]")
    checkout.snippet("sockets/echo.py", f"{PROGRAM}\nimport ssl\n", echo())
    assert not checkout.page(SNIPPET).select("[data-programs]")


def test_the_program_and_its_packets_can_be_saved(checkout: Checkout) -> None:
    program, capture = checkout.page(SNIPPET).select("a[download]")
    assert (program["download"], capture["download"]) == ("echo.py", "echo.pcap")
    kind, _, content = str(program["href"]).partition(",")
    assert (kind, unquote(content)) == ("data:text/x-python;charset=utf-8", PROGRAM)
    kind, _, content = str(capture["href"]).partition(",")
    assert (kind, base64.b64decode(content)) == ("data:application/vnd.tcpdump.pcap;base64", to_pcap(echo()))


def test_a_big_capture_is_packed(checkout: Checkout) -> None:
    checkout.snippet("many.py", PROGRAM, fifty())
    link = checkout.page(fence("snippet", "many.py")).select("a[download]")[1]
    assert link["download"] == "many.pcap.gz"
    assert gzip.decompress(base64.b64decode(str(link["href"]).partition(",")[2])) == to_pcap(fifty())


def test_lines_and_rows_refer_to_each_other(checkout: Checkout) -> None:
    page = checkout.page(SNIPPET)
    for link in page.select(".sk-run a[href^='#']"):
        assert len(page.select(str(link["href"]))) == 1
    assert one(page, "a.sk-no[data-n='8']")["href"] == "#echo-1"
    assert one(page, "#echo-1")["data-line"] == "sockets-echo-line-8"


def test_a_choice_of_evidence(checkout: Checkout) -> None:
    page = checkout.page(fence("snippet", "file: sockets/echo.py", "show: [code, output]"))
    assert one(page, ".sk-code code").get_text() == PROGRAM
    assert text_of(page, ".sk-file") == "sockets/echo.py"
    assert one(page, ".sk-out")
    assert not page.select(".sk-wire, .sk-socks")


def test_what_does_not_teach_is_one_click_away_and_the_copy_is_whole(checkout: Checkout) -> None:
    page = checkout.page(fence("snippet", "file: sockets/echo.py", "teaches: [main, serve]"))
    lines = page.select(".sk-line")
    seen = [line.get_text() for line in lines if "sk-extra" not in line["class"]]
    assert seen[0] == '"""Hello goes out and comes back."""\n'
    assert [line.split("(")[0] for line in seen if line.startswith("def")] == ["def serve", "def main"]
    assert not any("Client" in line or "peer" in line for line in seen)
    assert one(page, ".sk-code code").get_text() == PROGRAM
    assert text_of(page, ".sk-whole") == f"All {len(PROGRAM.splitlines())} lines"


def test_a_constant_may_teach_too(checkout: Checkout) -> None:
    constant = 'SAMPLE = """\\\nseven\n"""\n'
    checkout.snippet("constant.py", f'"""It is 7."""\n\n{constant}\n\ndef main():\n    print(SAMPLE)\n', recording())
    page = checkout.page(fence("snippet", "file: constant.py", "teaches: [SAMPLE]"))
    seen = [line.get_text() for line in page.select(".sk-line:not(.sk-extra)")]
    assert "".join(seen) == f'"""It is 7."""\n{constant}'
    assert not page.select(".sk-cut"), "no docstring goes on"


def test_two_blocks_of_one_snippet_keep_their_ids_apart_and_find_each_other(checkout: Checkout) -> None:
    parts = [fence("snippet", "file: sockets/echo.py", f"show: [{show}]") for show in ("code", "ladder", "code")]
    page = checkout.page("\n".join(parts))
    ids = [str(element["id"]) for element in page.select("[id]")]
    assert len(ids) == len(set(ids))
    first, drawn, last = page.select(".sk-run")
    assert one(first, "a.sk-no")["href"] == one(last, "a.sk-no")["href"] == "#echo_2-2"
    assert one(drawn, "#echo_2-2")["data-line"] == "sockets-echo-line-2"
    assert one(last, "#sockets-echo-3-line-2")


def test_rows_are_called_by_the_program_or_by_the_folder_of_two_programs() -> None:
    names = ["sockets/echo.py", "sockets/hello/server.py", "broken/echo.py"]
    assert places.short(names) == ["echo", "hello", "echo_2"]


def test_the_same_page_gives_the_same_bytes(checkout: Checkout) -> None:
    text = "\n".join(
        [SNIPPET, fence("predict", *PREDICT), SNIPPET, fence("glossary"), fence("sources"), "[[connection]]"]
    )
    assert checkout.html(text) == checkout.html(text)


def test_what_is_declared_is_told_where_the_recording_is(checkout: Checkout) -> None:
    checkout.snippet("sockets/echo.py", PROGRAM, replace(echo(), declarations=(Declaration("reset", 14),)))
    told = text_of(checkout.page(SNIPPET), ".sk-recorded")
    assert told.endswith("On purpose: a TCP connection ends by RST. The program says so itself, on line 14.")


def test_a_program_that_fails_shows_how(checkout: Checkout) -> None:
    did = recording(stderr="Traceback\nOSError", exit_code=1, unseen=("packets: no namespace",))
    checkout.snippet("sockets/echo.py", PROGRAM, did)
    page = checkout.page(SNIPPET)
    assert text_of(page, ".sk-prints", " ") == (
        "It printed nothing It wrote to standard error Traceback\nOSError It ended with exit status 1."
    )
    assert not page.select(".sk-socks, .sk-player")
    assert not page.select(".sk-wire")


def test_sockets_with_the_same_life_share_a_row(checkout: Checkout) -> None:
    checkout.snippet("many.py", PROGRAM, fifty())
    said = [
        " ".join(row.get_text(" ").split())
        for row in checkout.page(fence("snippet", "many.py")).select(".sk-table tbody tr")
    ]
    assert said[1:] == [
        "50 sockets, client line 2 line 2 line 4 ✓",
        "50 sockets, accepted line 3 line 3 line 5 ✓",
    ]


HOSTILE = "<script>alert(1)</script>&\"'\u202e\x00\x1b[31m"


def test_hostile_output_program_and_names_come_out_as_text(checkout: Checkout) -> None:
    did = replace(
        echo(),
        stdout=HOSTILE + "\r\n" + HOSTILE,
        stderr=HOSTILE,
        system=HOSTILE,
        unseen=(HOSTILE,),
        declarations=(Declaration(HOSTILE, 1),),
        calls=tuple(replace(call, argument=HOSTILE, error=HOSTILE, function=HOSTILE) for call in echo().calls),
        packets=tuple(replace(packet, data=HOSTILE) for packet in echo().packets),
        sockets=tuple(replace(socket, role=HOSTILE) for socket in echo().sockets),
    )
    checkout.snippet("sockets/echo.py", f"# {HOSTILE}\n".replace("\0", ""), did)
    html = checkout.html(SNIPPET)
    assert "<script" not in html
    assert not set("\u202e\0\x1b") & set(html)
    shown = BeautifulSoup(html, "lxml").select(".sk-out")
    assert (
        shown[0].get_text()
        == "<script>alert(1)</script>&\"'⟨U+202E⟩␀␛[31m␍\n<script>alert(1)</script>&\"'⟨U+202E⟩␀␛[31m"
    )
