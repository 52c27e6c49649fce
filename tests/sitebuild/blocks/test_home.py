"""What the home page is made of: a message on its way, what was recorded, and a few connectors."""

from __future__ import annotations

from pathlib import Path

from sitebuild.blocks import open_library, recorded
from support.checkout import Checkout, fence, one, text_of
from support.handmade import echo

WAY = (
    "word: hello",
    "stops:",
    '  - name: "[hole](page.md)"',
    "    in: case",
    "    signs: [hardware-port]",
    "  - name: port number",
    "    in: kernel",
    "    ask: Which port?",
    "    signs: [port-22, port-8080, TCP]",
    "    reads: [to port 8080]",
    "  - name: descriptor",
    "    in: program",
    "    reads: [recv]",
)


def test_a_message_meets_its_stops_and_the_last_gets_the_word(checkout: Checkout) -> None:
    way = one(checkout.page(fence("journey", *WAY)), ".sk-journey")
    first, second, last = way.select("li")
    assert one(first, ".sk-name a")["href"] == "page.md"
    assert (text_of(second, ".sk-q"), text_of(second, ".sk-slip")) == ("Which port?", "to port 8080")
    assert [sign.get_text() for sign in second.select(".sk-spot > *")] == ["22", "8080", "TCP"]
    assert ["sk-other" in sign["class"] for sign in second.select(".sk-spot > *")] == [True, False, True]
    assert text_of(last, ".sk-word") == "hello"
    assert [part.get_text() for part in way.select(".sk-mover > *")] == ["", "hello"], "a slip, and the word"
    assert [frame.get_text() for frame in way.select(".sk-frame")] == ["your computer", "the kernel", "your program"]


def test_what_two_stops_read_is_in_the_packet_once(checkout: Checkout) -> None:
    again = ("  - name: socket", "    in: kernel", "    ask: Which caller?", "    reads: [to port 8080, TCP]")
    way = one(checkout.page(fence("journey", *WAY[:10], *again, *WAY[10:])), ".sk-journey")
    assert len(way.select(".sk-stops .sk-slip")) == 4
    assert len(way.select(".sk-mover .sk-slip")) == 2


def test_a_stop_that_lies_nowhere_is_refused(checkout: Checkout) -> None:
    wrong = [line.replace("in: kernel", "in: kernal") for line in WAY]
    assert "a stop cannot lie in kernal; did you mean kernel?" in checkout.html(fence("journey", *wrong))
    wrong = [line.replace("port-22, ", "") for line in WAY]
    assert "one sign, or three" in checkout.html(fence("journey", *wrong))
    wrong = [line.replace("hardware-port", "hardware-prot") for line in WAY]
    assert "unknown sign :hardware-prot:; did you mean hardware-port?" in checkout.html(fence("journey", *wrong))
    assert "at least two stops" in checkout.html(fence("journey", "word: hello", "stops: [one]"))


def test_the_numbers_are_those_of_the_recordings(checkout: Checkout) -> None:
    page = checkout.page(fence("recorded", "{runs} runs, {sockets} sockets, {packets} packets."))
    run = echo()
    said = f"1 runs, {len(run.sockets)} sockets, {len(run.packets)} packets."
    assert text_of(page, ".sk-counted") == said
    assert "nobody counts {packet}; did you mean packets?" in checkout.html(fence("recorded", "{packet}"))
    assert "is a sentence with {runs}" in checkout.html(fence("recorded", "Ten runs."))


def test_every_recording_of_the_site_is_counted() -> None:
    library = open_library(Path())
    files = list(library.store.recordings.rglob("*.json"))
    assert recorded.counted(library)["runs"] == len(files)


def test_an_unknown_plug_is_refused(checkout: Checkout) -> None:
    checkout.write("docs/data/connectors.toml", Path("docs/data/connectors.toml").read_text(encoding="utf-8"))
    shown = checkout.page(fence("plugs", "[usb-c, hdmi]"))
    assert [link["href"] for link in shown.select(".sk-plugs a")] == [
        "../hardware/connectors/usb-c.md",
        "../hardware/connectors/hdmi.md",
    ]
    assert "unknown connector usb-d" in checkout.html(fence("plugs", "[usb-d]"))
    assert "a plugs fence holds a list" in checkout.html(fence("plugs", "usb-c"))
