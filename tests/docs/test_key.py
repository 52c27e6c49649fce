"""The key of hardware ports, in a browser: what people say of a port leads to it, and never surely to another one."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING

import pytest

from sitebuild.connectors.identification import answers
from sitebuild.data.connectors import read_connectors
from sitebuild.data.looks import QUESTIONS
from support import website
from support.visits import Visit, visit

if TYPE_CHECKING:
    from support.browser import Chromium

PAGE = "hardware/which-port/"
CATALOGUE = (website.ROOT / "docs" / "data" / "connectors.toml").read_text(encoding="utf-8")
NAMED = 5
"""How many ports a verdict names at most."""

BAR = 120
"""How high the verdict may be that stays in sight, in pixels: a row of answers is as high."""

IN_WORDS = {
    "micro usb": "usb-micro-b",
    "micro-usb on my phone": "usb-micro-b",
    "mini usb": "usb-mini-b",
    "displayport": "displayport",
    "thunderbolt": "thunderbolt usb-c",
    "flat connector on my android phone, wider at one side, from 2014": "usb-micro-b",
    "thick white monitor cable with two screws and lots of little holes": "vga dvi",
    "the flat hole where I plug in memory sticks": "usb-a usb-a-superspeed",
    "rectangle on the front of my PC with a white strip inside": "usb-a",
    "blue inside, rectangular, on my laptop": "usb-a-superspeed",
    "rectangle with a tongue in the car radio": "usb-a",
    "square one on the back of the printer": "usb-b",
    "square with the top corners cut off and a block in the middle": "usb-b",
    "square usb with a smaller one on top, on my external disk": "usb-b-superspeed",
    "the fat blue plug of the dock, like a printer's but with a bump on top": "usb-b-superspeed",
    "little trapezoid on my old camera": "usb-mini-b",
    "tiny flat one on the old android phone, corners cut off": "usb-micro-b",
    "the charger hole of my kindle": "usb-micro-b",
    "tiny rectangle on an old tablet, for otg": "usb-micro-ab",
    "like micro usb but rectangular, grey plastic, on my camera": "usb-micro-ab",
    "two part wide flat port on my external hard drive": "usb-micro-b-superspeed",
    "small oval on my phone, works either way up": "usb-c",
    "pill shaped hole on the laptop with a tongue": "usb-c",
    "oval hole in the router": "usb-c",
    "iphone charging hole, flat, empty inside": "lightning",
    "oval slot on an older ipad, nothing in it": "lightning",
    "mini hole on an old macbook with a lightning bolt beside it": "thunderbolt",
    "camcorder: DV socket, small": "firewire-400-4",
    "network cable clicks in here": "rj45",
    "square hole on the router with gold wires at the top and blinking lights": "rj45",
    "the internet socket in the wall": "rj45",
    "telephone jack in the wall": "rj11",
    "dsl line goes into the router here, like a small network jack": "rj11",
    "upright slot in the wall in Germany, for the telephone": "tae-f",
    "middle one of the telefondose": "tae-f",
    "german wall socket for the fax, the outer one of three": "tae-n",
    "upright slot in the wall with a groove in the middle, answering machine goes here": "tae-n",
    "uk phone socket, the latch is at the side": "bt-431a",
    "british telephone socket in my flat, the router's filter hangs in it": "bt-431a",
    "empty metal cage in a switch": "sfp",
    "round thing on a security camera recorder, push and twist": "bnc",
    "screw on antenna socket, satellite receiver": "f-connector",
    "the cable tv wire screws on to this, on the modem": "f-connector",
    "where the wifi antenna screws on": "rp-sma",
    "two little square holes for glass fibre": "lc",
    "nine pins, d shaped, old PC": "serial-de9",
    "d shaped with 25 holes, old printer": "parallel-db25",
    "the big old printer plug with wire clips at both sides": "centronics-36",
    "dot matrix printer, wide port, clips on the ends": "centronics-36",
    "old scanner, very wide port with metal clips at both ends": "scsi-50",
    "scsi socket of a sampler, fifty contacts": "scsi-50",
    "joystick port with 15 holes on the sound card": "game-da15",
    "the round purple keyboard hole": "ps2",
    "green round one with six holes for a mouse": "ps2",
    "round with five holes in a half circle, on my synth": "midi-din5",
    "headphone hole": "audio-35",
    "round hole in the side of the laptop for my headset": "audio-35",
    "aux in of the car": "audio-35",
    "where the guitar cable goes into the amp": "audio-635",
    "big headphone hole on the hifi amplifier, as wide as a pencil": "audio-635",
    "three holes in a circle on the mixer, with a push tab above": "xlr3-female",
    "the microphone cable clicks into this on my audio interface, 3 holes": "xlr3-female",
    "the bottom of the microphone, three pins in a round thing": "xlr3-male",
    "main out of the mixing desk, 3 pins": "xlr3-male",
    "little square door with red light behind it on the soundbar": "toslink",
    "optical out on the TV": "toslink",
    "red and white round sockets on the stereo": "rca",
    "yellow round socket on the TV, ring around a hole": "rca",
    "kettle lead socket on the PC power supply": "mains-c14",
    "power cord inlet with three flat pins": "mains-c14",
    "heavy power cord of the server, flat pins lying on their side": "mains-c20",
    "big rectangular mains inlet on the UPS, three horizontal blades": "mains-c20",
    "mickey mouse socket on a laptop charger": "mains-c6",
    "figure of eight power socket on the radio": "mains-c8",
    "shaver socket shape like an 8, two pins": "mains-c8",
    "round hole where the power adapter goes into the router": "barrel-jack",
    "round charging hole on the laptop with a thin pin in the middle": "barrel-jack",
    "round hole on my dell laptop, a thick post with a hole in the middle": "barrel-id",
    "hp charger has a needle in the plug, round, where it goes into the notebook": "barrel-id",
    "rectangular charger port on my thinkpad, looks like usb": "slim-tip",
    "yellow rectangle where the lenovo charger goes in": "slim-tip",
    "magnetic plug on my macbook, five gold dots in a row": "magsafe",
    "power port of an apple laptop that snaps on and pulls off": "magsafe",
    "slot for the photo card of my camera": "sd",
    "old dslr, memory card slot with two rows of pins in it": "compactflash",
    "cf card goes into this one": "compactflash",
    "slot of a mirrorless camera for a thick memory card": "cfexpress-b",
    "xqd card slot": "cfexpress-b",
    "tiny card slot in the phone": "microsd",
    "l shaped connector on the hard disk, small, data cable": "sata",
    "long slot for the graphics card": "pcie-x16",
    "slot on the motherboard for an ssd that looks like a stick of gum": "m2",
    "wide connector with 40 pins for a ribbon cable": "ata-40",
    "the biggest plug on the mainboard, 24 pins": "atx-24",
    "eight square holes next to the processor on the motherboard, 4+4": "eps-8",
    "cpu cable from the psu goes here, two rows of four, on the mainboard": "eps-8",
    "6+2 cable, power for the graphics card": "pcie-power",
    "six pins in a block, power on my gpu, inside the pc": "pcie-power",
    "the plug that melted on the rtx 4090": "12v-2x6",
    "new gpu power plug with 12 pins and four tiny pins below": "12v-2x6",
    "yellow black black red wires, four thick pins, old hard drive power": "molex-4",
    "the old molex plug inside the pc": "molex-4",
    "where the cpu fan plugs in, four pins in a row with a tongue": "fan-4",
    "three bare pins for the case fan on the mainboard": "fan-4",
    "little wires from the case, power button, go on these bare pins": "front-panel",
    "nine pins on the board for the power led and the reset button": "front-panel",
    "front usb cable goes on these bare pins, 9 pins": "usb2-header",
    "usb header on the motherboard, two rows of pins, no wall around": "usb2-header",
    "front audio plug, two rows of bare pins": "hd-audio-header",
    "headphone jack of the case connects here on the mainboard, nine pins": "hd-audio-header",
    "blue plug inside the case with a thick stiff cable": "usb3-header",
    "box with 19 pins on the mainboard for front usb 3": "usb3-header",
    "green square fibre plug in the wall box": "sc",
    "square hole for one glass fibre on the media converter, network": "sc",
    "long slots beside the processor with clips at both ends": "dimm",
    "ram slot on the motherboard": "dimm",
    "slot for the wifi card in the laptop": "msata",
    "msata ssd slot inside an old notebook": "msata",
    "server ssd with one long plug, like sata without the gap": "u2",
    "nvme disk for a server, 2.5 inch nvme": "u2",
    "floppy cable goes here on the mainboard": "floppy-34",
    "long box with 34 pins, cable of the diskette drive": "floppy-34",
    "TV socket for the game console, flat, corners cut off at the bottom": "hdmi",
    "flat one on the AV receiver with cut corners and a tongue": "hdmi",
    "flat hole on the projector, rectangular, tongue in it": "hdmi",
    "flat port with one corner cut on the graphics card": "displayport",
    "monitor cable with one slanted corner": "displayport",
    "nearly square mini port on an old macbook": "mini-displayport thunderbolt",
    "blue with fifteen holes and screws on both sides": "vga",
    "old projector, d shaped with holes": "vga",
    "wide white one with many holes and a flat slit at one side": "dvi",
    "round with four holes on the old camcorder, next to the yellow one": "s-video",
    "s-vhs hole of the video recorder": "s-video",
    "keyboard hole of an old mac, round": "adb",
    "round, four holes, on a macintosh from the nineties": "adb",
    "the aerial goes in here, back of the TV": "tv-aerial",
    "round antenna socket in the wall, the plug just slides in": "tv-aerial",
    "three coloured round jacks, red green blue, on the dvd player": "rca",
    "huge socket on the old TV for the video recorder": "scart",
    "the picture cord goes in the telly, the thin wide hole with slanted lower corners": "hdmi",
    "the little hole at the side of my hearing box where the earphones go": "audio-35",
    "the holes for the three plugs yellow white and red behind the television": "rca",
    "ps5 controller charging hole": "usb-c",
    "scart with 21 pins": "scart",
    "tiny hdmi on my camera": "hdmi-micro",
    "small hdmi of a tablet": "hdmi-mini",
    "flat oval end of my phone charger, goes in both ways": "usb-c",
    "the rounded one on the side of my macbook air": "usb-c",
    "charging cable for my old samsung, little, trapezoid": "usb-micro-b",
    "tv cable flat with two slanted corners": "hdmi",
    "hdmi but smaller, on a go pro": "hdmi-micro hdmi-mini",
    "blue trapezoid plug with 2 screws and a lot of pins": "vga",
    "the thing that goes from the wall to the router, clear plastic with 8 gold strips": "rj45",
    "phone line clear plastic plug with a clip, 4 gold wires": "rj11",
    "small clear plug of the landline phone": "rj11",
    "big square white plug for old monitor with lots of pins and a flat blade": "dvi",
    "thick headphone plug like a guitar": "audio-635",
    "green round plug of my old mouse": "ps2",
    "power cable of the monitor, three holes in the plug": "mains-c14 mains-c6",
    "laptop power brick cable cloverleaf 3 holes": "mains-c6",
    "cable shaped like an 8 for the playstation": "mains-c8",
    "white red yellow cable to tv": "rca",
    "square plug for fibre internet, blue": "sc",
    "where the printer cable goes, square with slanted top": "usb-b",
    "screw on thing for satellite tv": "f-connector",
    "the port on my external hard drive that looks like two micro usb side by side": "usb-micro-b-superspeed",
    "gold round connector on wifi card": "rp-sma",
    "flat black connector red cable to hard drive in pc, l shaped": "sata",
    "nine pin port with screws, label IOIOI": "serial-de9",
    "round port with 5 pins for the midi keyboard": "midi-din5",
    "hole with red light in it": "toslink",
    "tiny slot for a card in my phone": "microsd",
    "apple charger magnetic": "magsafe",
    "rectangular yellow charger port lenovo": "slim-tip",
    "the wide slot for a memory card in my laptop": "sd",
    "nintendo switch charging port": "usb-c",
    "airpods case hole": "lightning usb-c",
    "ps4 controller charging port": "usb-micro-b",
    "iphone 11 charging hole": "lightning",
    "the new iphone 15 hole": "usb-c",
    "screen cable, black, looks like hdmi but one corner is cut": "displayport",
    "place where the graphics card sits": "pcie-x16",
    "yellow hole on the old tv for video": "rca",
    "my printer has this almost square hole": "usb-b",
    "fibre cable plug blue with two ends": "lc",
    "three round pins in a circle, microphone": "xlr3-male",
    "the square one on my printer": "usb-b",
    "what my kid's tablet charges with, looks like a tiny trapeze": "usb-micro-b",
    "the hole you can't get wrong, phone charger": "usb-c",
    "slim metal bit of an apple cable, no hole in it": "lightning",
    "ipod": "apple-30",
    "30 pin dock connector": "apple-30",
    "old iphone 4 charger, wide and flat": "apple-30",
    "monitor lead with two thumbscrews, blue": "vga",
    "i have a grey box from the internet company and the cable snaps in with a click": "rj45",
    "old style joystick socket": "game-da15",
    "where my electric guitar goes": "audio-635",
    "three pin thing for stage microphones": "xlr3-female xlr3-male",
    "square with a shutter, laser red inside, back of television": "toslink",
    "plug with a needle in the centre for a laptop, hp": "barrel-id",
    "round thing for powering my wifi box": "barrel-jack",
    "cable to the telly with lots of pins, as wide as my palm, from the nineties": "scart",
    "the keyboard of my grandad's computer has a round plug with little pins": "ps2 midi-din5 adb",
    "three leaf power cable on the brick": "mains-c6",
    "power wire with two holes next to each other for the dvd player": "mains-c8",
    "pc power lead 3 holes": "mains-c14",
    "flat black trapezium connector for the beamer, 15 pins": "vga",
    "hdmi like but with one sloping side": "displayport",
    "where do I put the ram": "dimm",
    "slot for the nvme": "m2",
    "flat ribbon from my old cd drive": "ata-40",
    "external harddisk weird double plug": "usb-micro-b-superspeed",
    "gps mini charging socket in the car, thick": "usb-mini-b",
    "dvd player red green blue plugs": "rca",
    "coax from the dish": "f-connector",
    "telly aerial push in": "tv-aerial",
    "cctv camera plug that you turn": "bnc",
    "fibre optic modem cable, green end": "sc",
    "router telephone line grey small": "rj11",
    "phone socket in a London flat": "bt-431a",
    "steckdose fuer telefon in deutschland": "tae-f",
    "hole for the little card in my nintendo switch": "microsd",
    "photos are on a card, where does it go in the pc": "sd",
    "pins for the start button of the pc": "front-panel",
    "cable from psu to gpu, 8 pins": "pcie-power",
    "cable from psu to hard disk, flat and black, l shape": "sata-power",
    "the apple one that sticks on magnetically": "magsafe",
    "mac from 2012, the small one next to the usb, with lightning symbol": "thunderbolt mini-displayport",
    "sony camcorder tiny socket with S on it marked i.link": "firewire-400-4",
    "thing on the side of my macbook pro for the tv, fairly flat, wider on top": "hdmi",
    "the charger of my mother's old nokia smartphone, small with a slant": "usb-micro-b",
    "my scanner has a chunky almost cube shaped usb": "usb-b",
    "blue usb": "usb-a-superspeed",
    "broadband cable, the plug has a little plastic lever": "rj45",
    "the doorbell size round hole for speakers on my pc, green": "audio-35",
    "hole for electric piano pedal, fat jack": "audio-635",
    "metal screw on cable for internet from the wall, has a copper wire sticking out": "f-connector",
    "old pc monitor, 3 rows of holes": "vga",
    "dvi cable fits here": "dvi",
    "plug of my rice cooker computer type, 3 pins": "mains-c14",
    "two round bits next to each other for shaver power": "mains-c8",
    "small door with light for home cinema sound": "toslink",
    "synthesizer has round sockets marked in out thru": "midi-din5",
    "my thinkpad's yellowish rectangular power hole": "slim-tip",
    "hub wants a plug that looks like a house with an attic": "usb-b-superspeed",
    "in the pc case, the cable from the front of the case that says hd audio": "hd-audio-header",
    "long white slot with levers either side for ram sticks": "dimm",
    "short slot on the board next to the big graphics slot": "pcie-x1",
    "disk cable l shaped thin": "sata",
    "wifi stubby antenna on the back of the router unscrews here": "rp-sma",
    "old apple mouse, round plug, 4 pins": "adb",
    "two glass fibres clipped together, small plugs": "lc",
    "microphone lead end with holes": "xlr3-female xlr3-male",
}
"""What people say, and what they mean; where two are meant, either may come first."""

CALLED = {
    "DisplayPort": ["displayport"],
    "ethernet": ["rj45"],
    "an ethernet cable": ["rj45"],
    "lightning": ["lightning"],
    "micro usb": ["usb-micro-b"],
    "usb micro": ["usb-micro-b"],
    "mini usb": ["usb-mini-b"],
    "HDMI": ["hdmi"],
    "usb type-c": ["usb-c"],
    "ps/2": ["ps2"],
    "rj-45 plug": ["rj45"],
    "headphone jack": ["audio-35"],
    "scart": ["scart"],
    "thunderbolt": ["usb-c", "thunderbolt"],
}
"""Names, and the ports that go by them: whoever knows the name is asked nothing more."""

CHOSEN = {
    "cut corners, tongue, coin, stereo": "hdmi",
    "rectangle, tongue, coin, car": "usb-a",
    "rectangle, tongue, coin, screen": "hdmi usb-a",
    "rectangle, tongue, , desktop": "usb-a displayport hdmi",
    "d, holes, coin, laptop": "vga",
    "circle, empty, half, laptop": "audio-35",
    "rounded ends, tongue, half, network gear": "usb-c",
    "rounded ends, tongue, half, stereo": "usb-c",
    "cut corners, tongue, half, gadget": "usb-micro-b",
    "rectangle, springs, coin, laptop": "rj45",
    "rectangle, block, half, printer": "usb-b",
    "rectangle, pins, coin, desktop": "mains-c14",
    "circle, holes, coin, stage": "xlr3-female",
    "circle, pins, coin, stage": "xlr3-male",
    "circle, empty, half, stage": "audio-635 audio-35",
    "circle, centre, half, wall": "tv-aerial",
    "rectangle, springs, , wall": "rj45 rj11 tae-f bt-431a",
}
"""Answers to the questions in their order, some left out, and what they should lead to first."""

UNKNOWN = [
    "circle, holes, coin, stage",
    "circle, empty, half, stage",
    "circle, centre, half, wall",
    "rectangle, pins, two, power supply",
    "none, pins, , wall",
    "circle, pins, half, screen",
    "circle, none, coin, car",
    "rectangle, none, , inside",
]
"""Answers for a 6.35 mm jack, an aerial, a mains inlet C20 and others that are, or were, not in the guide."""

UNKNOWN_IN_WORDS = [
    "magnet charging thing on my smartwatch",
    "big round socket for a washing machine",
    "garden hose",
    "two holes and earth pins in the wall for mains, like a type f socket",
    "bicycle pump valve",
    "speaker cable on the PA box, blue ring, you push and twist",
]

ELSEWHERE = [
    "car cigarette lighter socket",
    "electric car charging port",
    "sim card slot",
    "speaker wire spring clips",
    "smartwatch charging pins magnetic",
    "european wall plug two round pins",
    "surface connect",
    "my watch charger puck",
    "hole for a key lock on the side of the laptop",
]
"""What has a port that the guide does not have, by its name."""


ANSWERS = """asked => asked.map(([words, answers]) => {
    const form = document.querySelector(".sk-ask-port form");
    form.querySelector("[type=reset]").click();
    form.elements.words.value = words;
    form.elements.words.dispatchEvent(new Event("input", { bubbles: true }));
    for (const [name, value] of Object.entries(answers)) {
        const radio = form.querySelector(`[name=${name}][value="${value}"]`);
        radio.checked = true;
        radio.dispatchEvent(new Event("input", { bubbles: true }));
    }
    const verdict = document.querySelector(".sk-found-port p");
    return [
        verdict.textContent,
        [...verdict.querySelectorAll("a")].map((a) => a.pathname.split("/").at(-2)),
        [...document.querySelectorAll(".sk-which .sk-faces > li:not([hidden])")].map(({ dataset }) => dataset.id),
    ];
})"""
"""Asks for all at once, so that the browser does not draw each answer, which takes ten times as long as to find it."""


COVERED = """() => {
    const label = document.activeElement.closest("label").getBoundingClientRect();
    const verdict = document.querySelector(".sk-found-port").getBoundingClientRect();
    return label.bottom > verdict.top && label.top < verdict.bottom ? ["the verdict lies over what has the focus"] : [];
}"""


def said(at: Visit, asked: list[tuple[str, str]]) -> list[tuple[str, list[str], list[str]]]:
    """Tell the key what people see, in words and as answers; return its verdicts, the ports in them and those shown."""
    told = []
    for words, chosen in asked:
        given = zip(QUESTIONS, (one.strip().replace(" ", "-") for one in chosen.split(",")), strict=False)
        told.append([words, {name: value for name, value in given if value}])
    return [(verdict, named, shown) for verdict, named, shown in at.page.evaluate(ANSWERS, told)]


def judge(told: str, verdict: str, named: list[str], meant: str) -> list[str]:
    """Say what is wrong with a verdict: that it is sure of another port, or does not name the one that is meant."""
    right = meant.split()
    if verdict.startswith("Most likely") and named[0] not in right:
        return [f"{told}: sure of {named[0]}"]
    if not set(right) & set(named):
        return [f"{told}: {verdict}"]
    return []


def test_a_verdict_that_misleads_is_found() -> None:
    assert judge("it", "Most likely A, less likely B.", ["a", "b"], "b") == ["it: sure of a"]
    assert judge("it", "It may be A.", ["a"], "b") == ["it: It may be A."]
    assert judge("it", "It may be A or B.", ["a", "b"], "b") == []


def test_what_people_say_leads_to_the_port_and_never_surely_to_another(chromium: Chromium, served: str) -> None:
    first = 0

    def job(at: Visit) -> None:
        nonlocal first
        at.go(PAGE)
        asked = {(words, ""): meant for words, meant in IN_WORDS.items()}
        asked |= {("", chosen): meant for chosen, meant in CHOSEN.items()}
        for (told, meant), (verdict, named, _) in zip(asked.items(), said(at, list(asked)), strict=True):
            at.complaints += judge("".join(told), verdict, named, meant)
            first += bool({*named[:1]} & {*meant.split()})

    visit(chromium, served, job)
    assert first >= 0.9 * (len(IN_WORDS) + len(CHOSEN))


def test_a_name_is_answered_at_once(chromium: Chromium, served: str) -> None:
    def job(at: Visit) -> None:
        at.go(PAGE)
        told = said(at, [(name, "") for name in CALLED])
        for (name, ports), (verdict, named, shown) in zip(CALLED.items(), told, strict=True):
            if not (verdict.startswith("That's ") and ports == named == shown):
                at.complaints.append(f"{name}: {verdict}")
        # Who describes one by a word that is a name, too, is asked on.
        ((verdict, _, _),) = said(at, [("round charger", "")])
        assert not verdict.startswith("That's ")
        ((verdict, _, _),) = said(at, [("ethernet", "circle")])
        assert not verdict.startswith("That's ")

    visit(chromium, served, job)


def test_of_what_is_not_in_the_guide_the_key_is_never_sure(chromium: Chromium, served: str) -> None:
    def job(at: Visit) -> None:
        at.go(PAGE)
        for words, (verdict, _, _) in zip(
            UNKNOWN_IN_WORDS, said(at, [(words, "") for words in UNKNOWN_IN_WORDS]), strict=True
        ):
            if verdict.startswith("Most likely"):
                at.complaints.append(f"{words}: {verdict}")
        for words, (verdict, _, _) in zip(ELSEWHERE, said(at, [(words, "") for words in ELSEWHERE]), strict=True):
            if not verdict.startswith("Perhaps none"):
                at.complaints.append(f"{words}: {verdict}")
        for chosen, (verdict, _, _) in zip(UNKNOWN, said(at, [("", chosen) for chosen in UNKNOWN]), strict=True):
            if verdict.startswith("Most likely") or ("none" in chosen) != verdict.startswith("Perhaps none"):
                at.complaints.append(f"{chosen}: {verdict}")

    visit(chromium, served, job)


def test_what_fits_comes_before_what_is_common_and_fits_less(chromium: Chromium, served: str) -> None:
    def job(at: Visit) -> None:
        at.go(PAGE)
        told = "It may be USB-C, Lightning or MagSafe, less likely USB-A or USB-A (SuperSpeed)."
        ((verdict, _, _), (words, _, _)) = said(at, [("", "rounded ends"), ("round ends", "")])
        at.complaints += [one for one in (verdict, words) if one != told]

    visit(chromium, served, job)


def test_the_true_answers_lead_to_each_port(chromium: Chromium, served: str) -> None:
    ports = read_connectors(CATALOGUE)

    def job(at: Visit) -> None:
        at.go(PAGE)
        true = [", ".join(next(iter(options), "") for options in answers(port).values()) for port in ports]
        for port, (verdict, named, shown) in zip(ports, said(at, [("", one) for one in true]), strict=True):
            assert shown[: len(named)] == named
            at.complaints += judge(port.id, verdict, shown[: 2 * NAMED], port.id)
        for port, (_, named, _) in zip(ports, said(at, [(port.name, "") for port in ports]), strict=True):
            assert port.id == named[0]

    visit(chromium, served, job)


def test_what_a_reader_chooses_stands_against_the_words(chromium: Chromium, served: str) -> None:
    def job(at: Visit) -> None:
        page = at.page
        at.go(PAGE)
        page.get_by_role("searchbox", name="own words").fill("round, on the stereo, no pins")
        assert page.get_by_role("radio", name="circle").is_checked()
        assert page.get_by_role("radio", name="stereo").is_checked()
        assert page.get_by_role("group", name="What do you see inside?").get_by_label("I'm not sure").is_checked()
        page.get_by_role("radio", name="square").check(force=True)
        page.get_by_role("searchbox", name="own words").press_sequentially(" at all")
        assert page.get_by_role("radio", name="square").is_checked()
        page.get_by_role("button", name="Begin again").press("Enter")
        page.get_by_text(f"all {len(tomllib.loads(CATALOGUE))} ports").wait_for()
        assert not page.get_by_role("radio", name="square").is_checked()
        page.get_by_role("searchbox", name="own words").fill("garden hose")
        page.get_by_text("None of these words").wait_for()
        page.get_by_role("searchbox", name="own words").fill("wide, with little holes")
        assert page.get_by_role("radio", name="up to two coins").is_checked()

    visit(chromium, served, job)


def test_the_verdict_shows_what_it_names_and_asks_for_the_answer_that_helps_most(
    chromium: Chromium, served: str
) -> None:
    def job(at: Visit) -> None:
        page = at.page
        at.go(PAGE)
        words, verdict, more = page.get_by_role("searchbox", name="own words"), ".sk-found-port", ".sk-tells"
        assert not page.locator(f"{verdict} svg").count()
        words.fill("round hole charger")
        page.locator(verdict, has_text="or else Laptop barrel with a pin (Dell, HP).").wait_for()
        assert page.locator(f"{verdict} svg").count() == 1
        words.fill("rectangle")
        page.locator(more, has_text="Best of all: What do you see inside?").wait_for()
        words.fill("flat plug both ways")
        page.locator(more, has_text="Yours looks otherwise? Then answer: What do you see inside?").wait_for()

    visit(chromium, served, job)


@pytest.mark.parametrize("width", [390, 1280])
def test_the_verdict_is_in_sight_while_questions_are_answered(width: int, chromium: Chromium, served: str) -> None:
    def job(at: Visit) -> None:
        page = at.page
        at.go(PAGE)
        for name in QUESTIONS:
            page.locator(f".sk-ask-port input[name={name}]").nth(1).focus()
            page.keyboard.press("Space")
            at.complaints += page.evaluate(COVERED)
            box = page.locator(".sk-found-port").bounding_box()
            assert box
            assert 0 <= box["y"] < 800 - 40
            if box["height"] > BAR:
                at.complaints.append(f"the verdict is {box['height']:.0f} px high, and hides the next question")

    visit(chromium, served, job, width=width)


def test_without_scripts_tables_lead_to_every_port(chromium: Chromium, served: str) -> None:
    def job(at: Visit) -> None:
        page = at.page
        at.go(PAGE)
        links = page.locator(".sk-which table a").all()
        assert {str(link.get_attribute("href")).split("/")[-2] for link in links} == tomllib.loads(CATALOGUE).keys()
        assert not page.locator(".sk-ask-port input").count()

    visit(chromium, served, job, scripts=False, width=800)
