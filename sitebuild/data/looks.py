"""What the key asks of a hardware port: questions, their answers, and the words and pictures for each. Pure data.

People call one outline by several names, look past a tongue, and misjudge a width. So an answer says which others are
near to it: a port that has one of those is less likely, and not ruled out.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Answer:
    """What somebody may say of a port.

    Args:
        says: The answer, as a phrase.
        words: What people call it, in small letters, with commas between: for those who describe a port in their own.
        near: Other answers to the same question that people give for the same thing.
        line: The outline of its picture, as SVG path data on a sheet of 40 by 28; empty if it has no picture.
        fill: What is filled in that picture.
    """

    says: str
    words: str = ""
    near: tuple[str, ...] = ()
    line: str = ""
    fill: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """Something that the key asks.

    Args:
        ask: The question.
        answers: What may be answered, by short names.
        near: How likely it is that somebody gives an answer near to one that is true, beside one that is, 0 to 1.
        miss: How likely it is that somebody gives an answer that is neither, 0 to 1.
    """

    ask: str
    answers: dict[str, Answer]
    near: float
    miss: float


_BOX = "M4 4H36V24H4Z"
_DISC = "M20 4A10 10 0 1 1 20 24A10 10 0 1 1 20 4Z"
_COIN = "M20 1A9 9 0 1 1 20 19A9 9 0 1 1 20 1Z"

SHAPES = {
    "rectangle": Answer(
        says="rectangle",
        words="rectangle, rectangular, boxy, oblong, block shaped, brick, bar",
        near=("square", "cut corners", "d", "stepped", "rounded ends", "slot"),
        line="M4 9H36V19H4Z",
    ),
    "square": Answer(
        says="square",
        words="square, squarish, cube",
        near=("rectangle", "stepped", "cut corners"),
        line="M11 5H29V23H11Z",
    ),
    "rounded ends": Answer(
        says="round ends",
        words=(
            "oval, pill, rounded, round ends, rounded ends, rounded corners, round corners, corners are rounded, "
            "ellipse, lozenge, capsule, racetrack"
        ),
        near=("rectangle", "cut corners", "slot", "d", "eight"),
        line="M9 9H31A5 5 0 0 1 31 19H9A5 5 0 0 1 9 9Z",
    ),
    "cut corners": Answer(
        says="corners cut off",
        words=(
            "cut corner, corner cut, corner cut off, corners cut off, corner missing, bevelled, beveled, "
            "chamfered, slanted corner, house shaped, like a house, six sided, hexagon, hexagonal, tapered, "
            "one sloping side, one slanted side, corners missing, angled corner, slanted lower corner, "
            "slanted bottom corner, lower corners cut"
        ),
        near=("rectangle", "square", "d", "stepped", "rounded ends"),
        line="M4 8H36V15L31 20H9L4 15Z",
    ),
    "d": Answer(
        says="D or trapezoid",
        words=(
            "d shaped, d shape, like a d, letter d, trapeze, trapezoid, trapezium, trapezoidal, "
            "narrower at the bottom, "
            "wider at the top, wider on top, narrower below, slanted side, sloping side, slant, wider on one side"
        ),
        near=("cut corners", "rectangle", "rounded ends"),
        line="M6 7H34Q37 7 36 10L34 18Q33 21 30 21H10Q7 21 6 18L4 10Q3 7 6 7Z",
    ),
    "stepped": Answer(
        says="steps, or a notch",
        words="notch, clip, latch, stepped, steps, tab, clicks in, two parts, t shaped, staircase",
        near=("rectangle", "square", "cut corners"),
        line="M7 4H33V17H26V20H23V24H17V20H14V17H7Z",
    ),
    "circle": Answer(
        says="circle",
        words="round, circle, circular, ring, tube, disc, barrel, cylinder",
        near=("eight",),
        line=_DISC,
    ),
    "eight": Answer(
        says="eight or clover",
        words=(
            "figure of eight, figure eight, figure 8, like an 8, clover, cloverleaf, clover leaf, three leaf, "
            "shamrock, "
            "mickey mouse, "
            "three circles, two circles, snowman, infinity"
        ),
        near=("rounded ends", "circle"),
        line="M20 9.1A7 7 0 1 0 20 18.9A7 7 0 1 0 20 9.1Z",
    ),
    "slot": Answer(
        says="long, thin slot",
        words="slot, slit, card slot, long and thin, narrow slot",
        near=("rectangle", "rounded ends"),
        line="M2 12H38V16H2Z",
    ),
}
"""The outlines."""

INSIDES = {
    "tongue": Answer(
        says="thin tongue",
        words=(
            "tongue, thin strip, plastic strip, strip, white strip, plastic bar, flat piece, blade of plastic, "
            "thin plate, wafer"
        ),
        near=("block", "card edge", "springs", "empty"),
        line=_BOX,
        fill="M9 12H31V15H9Z",
    ),
    "block": Answer(
        says="thick block",
        words="thick block, block in the middle, square block, lump, chunk, plastic block",
        near=("tongue",),
        line=_BOX,
        fill="M12 8H28V20H12Z",
    ),
    "springs": Answer(
        says="metal springs",
        words=(
            "springs, wires, gold wires, gold strips, metal strips, gold contacts, little wires, metal fingers, "
            "gold fingers, golden lines"
        ),
        near=("tongue", "pins", "empty", "card edge"),
        line=_BOX,
        fill="M8 4H10V13H8Z M14 4H16V13H14Z M20 4H22V13H20Z M26 4H28V13H26Z",
    ),
    "pins": Answer(
        says="pins or blades",
        words="pins, prongs, blades, needles, spikes, pegs, metal sticks, posts",
        near=("holes", "springs", "block", "bare pins"),
        line=_BOX,
        fill="M9 12H12V16H9Z M18.5 12H21.5V16H18.5Z M28 12H31V16H28Z",
    ),
    "holes": Answer(
        says="holes or slits",
        words="holes, little holes, small holes, slits, perforated, pinholes",
        near=("pins",),
        line=_BOX
        + (
            "M9 14A2 2 0 1 1 13 14A2 2 0 1 1 9 14Z M18 14A2 2 0 1 1 22 14A2 2 0 1 1 18 14Z M27 14A2 2 0 1 1 31 "
            "14A2 2 0 1 1 27 14Z"
        ),
    ),
    "centre": Answer(
        says="one pin, or a ring",
        words=(
            "pin in the middle, one pin, a pin in the centre, pin in the center, single pin, ring around a hole, "
            "metal ring, centre pin, center pin"
        ),
        near=("screw", "empty", "pins"),
        line=_DISC,
        fill="M20 11A3 3 0 1 1 20 17A3 3 0 1 1 20 11Z",
    ),
    "screw": Answer(
        says="screw thread or lugs outside",
        words=(
            "thread, threaded, screw on, screws on to, screws onto, screw thread, twist, twists on, bayonet, "
            "lugs, you screw it on, screwed on, turn and lock"
        ),
        near=("centre", "empty"),
        line=_DISC + "M7 10H10M7 14H10M7 18H10M30 10H33M30 14H33M30 18H33",
        fill="M20 12A2 2 0 1 1 20 16A2 2 0 1 1 20 12Z",
    ),
    "empty": Answer(
        says="nothing, a flap, or light",
        words=(
            "nothing, empty, flap, light, red light, glows, glowing, plain hole, just a hole, hollow, door, "
            "shutter, dust cap"
        ),
        near=("springs", "centre", "tongue"),
        line=_BOX,
    ),
    "card edge": Answer(
        says="slit with contacts",
        words="contacts on both sides, slit with contacts, edge connector, card edge, circuit board goes in",
        near=("tongue", "springs"),
        line=_BOX,
        fill=(
            "M8 13H32V15H8Z M10 9H12V12H10Z M16 9H18V12H16Z M22 9H24V12H22Z M28 9H30V12H28Z M10 16H12V19H10Z M16 "
            "16H18V19H16Z M22 16H24V19H22Z M28 16H30V19H28Z"
        ),
    ),
    "bare pins": Answer(
        says="pins without a wall around them",
        words=(
            "bare pins, open pins, free pins, naked pins, pins sticking up, pins stick up, pins sticking out, pin "
            "header, no wall around, without a wall, rows of pins on the board"
        ),
        near=("pins",),
        line="M6 18H34V22H6Z",
        fill="M9 6H11V18H9Z M15 6H17V18H15Z M21 6H23V18H21Z M27 6H29V18H27Z",
    ),
}
"""What may be inside."""

WIDTHS = {
    "half": Answer(
        says="up to half a coin",
        words=(
            "tiny, very small, small, smaller, little, pencil, mini, micro, fingernail, half a coin, centimetre, "
            "less than a centimetre"
        ),
        near=("coin",),
        line=_COIN,
        fill="M15.5 22H24.5V26H15.5Z",
    ),
    "coin": Answer(
        says="up to a coin",
        words="a coin, thumb, as wide as a coin, thumbnail, inch, an inch, two centimetres, finger",
        near=("half", "two"),
        line=_COIN,
        fill="M11 22H29V26H11Z",
    ),
    "two": Answer(
        says="up to two coins",
        words="wide, big, large, two coins, broad, matchbox",
        near=("coin", "more"),
        line="M11 1A9 9 0 1 1 11 19A9 9 0 1 1 11 1Z M29 1A9 9 0 1 1 29 19A9 9 0 1 1 29 1Z",
        fill="M2 22H38V26H2Z",
    ),
    "more": Answer(
        says="wider",
        words="very wide, very big, very long, huge, long, hand wide, very large",
        near=("two",),
        line="M8 6A5 5 0 1 1 8 16A5 5 0 1 1 8 6Z M18.5 6A5 5 0 1 1 18.5 16A5 5 0 1 1 18.5 6Z",
        fill="M2 22H38V26H2Z",
    ),
}
"""How wide, against a coin."""

PLACES = {
    "laptop": Answer(
        says="laptop",
        words="laptop, notebook, macbook, chromebook, ultrabook",
        near=("desktop",),
    ),
    "desktop": Answer(
        says="desktop computer",
        words="desktop, pc, tower, computer, mac mini, imac, graphics card, workstation",
        near=("laptop", "inside"),
    ),
    "phone": Answer(
        says="phone or tablet",
        words="phone, tablet, iphone, ipad, smartphone, android, kindle",
        near=("gadget",),
    ),
    "gadget": Answer(
        says="external disk, hub, headphones or a gadget",
        words=(
            "external disk, hard drive, external drive, hub, dock, headphones, headset, speaker, gadget, lamp, "
            "toy, e reader, controller, power bank, earbuds, microphone, shaver, drone"
        ),
        near=("phone", "camera", "console"),
    ),
    "screen": Answer(
        says="TV, monitor or projector",
        words="tv, television, telly, monitor, screen, display, projector, beamer",
        near=("console",),
    ),
    "console": Answer(
        says="game console, set-top box or player",
        words=(
            "game console, console, playstation, xbox, switch dock, nintendo, set top box, receiver box, cable "
            "box, dvd player, blu ray, video recorder, vcr, chromecast, apple tv, satellite receiver"
        ),
        near=("screen", "stereo"),
    ),
    "network gear": Answer(
        says="router, modem or switch",
        words="router, modem, wifi, access point, switch, internet box, fritzbox, server, nas, antenna",
        near=("wall", "desktop"),
    ),
    "wall": Answer(
        says="a socket in the wall",
        words="wall, wall socket, wall plate, in the wall",
        near=("network gear", "screen"),
    ),
    "stereo": Answer(
        says="stereo, AV receiver or loudspeaker",
        words=(
            "stereo, hifi, hi fi, amplifier, amp, av receiver, receiver, soundbar, loudspeaker, turntable, record "
            "player, cd player, tape deck, radio"
        ),
        near=("stage", "console", "screen"),
    ),
    "stage": Answer(
        says="mixer, instrument or microphone",
        words=(
            "mixer, mixing desk, instrument, keyboard piano, synth, synthesizer, guitar, guitar amp, piano, audio "
            "interface, microphone, drum machine, stage, pa system"
        ),
        near=("stereo",),
    ),
    "car": Answer(
        says="car",
        words="car, dashboard, truck, car radio, van",
        near=("stereo", "power supply"),
    ),
    "camera": Answer(
        says="camera",
        words="camera, camcorder, webcam, action camera, gopro, go pro",
        near=("gadget",),
    ),
    "printer": Answer(
        says="printer or scanner",
        words="printer, scanner, copier, fax",
        near=("gadget",),
    ),
    "power supply": Answer(
        says="power supply or charger",
        words="power supply, charger, power brick, adapter, adaptor, psu, power strip, ups",
        near=("desktop", "screen"),
    ),
    "inside": Answer(
        says="inside the case",
        words=(
            "motherboard, mainboard, inside the case, inside the computer, inside the pc, inside my pc, on the "
            "board, internal, ssd"
        ),
    ),
}
"""Where a port may be met. Any port may be met anywhere, so this says least."""

QUESTIONS = {
    "shape": Question("What outline has it?", SHAPES, near=0.2, miss=0.04),
    "inside": Question("What do you see inside?", INSIDES, near=0.2, miss=0.04),
    "width": Question("How wide is it, without screws?", WIDTHS, near=0.25, miss=0.04),
    "where": Question("What is it on?", PLACES, near=0.6, miss=0.3),
}
"""What the key asks, in its order."""

ELSEWHERE = (
    "electric car, ev, e bike, cigarette lighter, smartwatch, smart watch, apple watch, fitness band, sim card, "
    "sim tray, kensington, lock hole, wall outlet, power outlet, schuko, europlug, european wall plug, "
    "british wall plug, washing machine, key lock, security lock, watch charger, wireless charger, mechanic, "
    "speaker wire, speaker terminal, spring clips, banana plug, controller port, "
    "game boy, gameboy, link cable, cartridge, ipod, 30 pin, 30 pin dock, dock connector, iphone 3g, iphone 3gs, "
    "iphone 4, iphone 4s, surface connect, psp, nintendo ds, fitbit, garmin watch, hearing aid, toothbrush, "
    "obd, obd2, trailer, car diagnostic, type 2 charger, ccs charger, tesla"
)
"""What people ask about that has a port, none of which is in the catalogue."""

SAME = {
    "tv": "television set, television, telly",
    "small": "tiny, little, wee",
    "phone": "smartphone, smart phone, mobile phone, mobile, cell phone, cellphone, handset",
    "internet": "broadband",
    "clip": "lever, latch, hook",
    "storey": "attic, upper floor",
    "screen": "monitor, display",
    "synth": "synthesizer, synthesiser",
    "sat nav": "satnav, navi, tomtom, gps",
    "usb stick": "flash drive, thumb drive, memory stick, pen drive, usb key",
    "sound": "audio, music",
    "picture": "video, image",
    "electric": "electrical",
    "pedal": "foot switch, footswitch",
    "cable": "lead, cord, flex",
    "hard drive": "hard disk, harddisk, hard disc, harddrive, hdd",
    "power supply": "power pack, psu",
    "graphics card": "graphic card, video card, gpu",
    "mainboard": "motherboard, main board, mother board",
    "projector": "beamer",
    "router": "wifi box, wi fi box, internet box, modem router, fritzbox",
    "power button": "start button, on button, on off button, power switch",
    "fibre": "fibre optic, fiber optic, glass fibre, glass fiber, fiber",
    "laptop": "notebook, lap top",
    "headphones": "earphones, ear phones, head phones",
    "hi fi": "hifi",
    "wall": "wall plate",
    "thumb screw": "thumbscrew",
    "player": "video player",
    "uk": "london, british, england, english, britain, united kingdom, bt",
    "germany": "german, deutschland",
    "telephone": "telefon, phone line, landline",
    "centre": "center, middle",
}
"""What people call the same thing, by the word that the key goes by."""
