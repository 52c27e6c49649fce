"""The pictures that other sites show for a link to this one, one for each part.

`python -m sitebuild.pages.social` draws those that are not current.

A picture is a page of HTML in the site's own colours and face, seen by a browser. Each PNG says of which source it was
made, so that a test can tell, without a browser, whether it is current.
"""

from __future__ import annotations

import hashlib
import re
import shutil
import struct
import zlib
from base64 import b64encode
from pathlib import Path

WIDTH, HEIGHT = 1200, 630
"""Pixels, as those sites ask for."""

FOLDER = "docs/assets/social"
_FONT = "docs/assets/besley-700.woff2"
_COLOURS = "socktrace/ladder/run.css"

_RING = '<circle cx="{x}" cy="140" r="72" fill="none" stroke="var(--listener)" stroke-width="40"/>'
_DISC = '<circle cx="{x}" cy="140" r="{r}" fill="var(--socket)"/>'
_WIRE = '<path d="M{x} 140H{to}" stroke="var(--ink)" stroke-width="12"/>'
_TAG = (
    '<rect x="{x}" y="66" width="330" height="148" rx="44" fill="var(--tag)" stroke="var(--port)" stroke-width="12"/>'
    '<text x="{middle}" y="172" font-family="DejaVu Sans Mono, monospace" font-size="92" text-anchor="middle"'
    ' fill="var(--port)">{number}</text>'
)
_HEXAGON = '<path d="M{x} 140l54 -93h108l54 93l-54 93h-108z" fill="none" stroke="var(--hardware)" stroke-width="34"/>'
_WORD = (
    '<text x="{middle}" y="206" font-family="Besley" font-size="260" letter-spacing="-8" text-anchor="middle"'
    ' fill="var(--data)">hello</text>'
)

PARTS = {
    "home": (
        "What is a port?<br>What is a socket?",
        _TAG.format(x=8, middle=173, number=8080) + _DISC.format(x=560, r=92) + _HEXAGON.format(x=790),
    ),
    "start": (
        "Socket or port?",
        _TAG.format(x=8, middle=173, number=8080) + _WIRE.format(x=350, to=560) + _DISC.format(x=610, r=92),
    ),
    "hardware": ("What is this plug?", _HEXAGON.format(x=20)),
    "ports": ("Who has my port?", _TAG.format(x=8, middle=173, number=8080)),
    "sockets": (
        "What crosses<br>the wire?",
        _WIRE.format(x=94, to=520)
        + _WIRE.format(x=1190, to=1600)
        + _DISC.format(x=94, r=92)
        + _WORD.format(middle=850)
        + _DISC.format(x=1610, r=92),
    ),
    "many": (
        "Fifty callers,<br>one port?",
        _RING.format(x=94) + "".join(_DISC.format(x=270 + 120 * number, r=46) for number in range(6)),
    ),
    "servers": (
        "Still there<br>tomorrow?",
        _RING.format(x=94) + _TAG.format(x=230, middle=395, number=4712) + _DISC.format(x=690, r=60),
    ),
    "reference": ("Every word,<br>every source", _RING.format(x=94) + _DISC.format(x=290, r=92)),
}
"""What is asked in each part, and its signs."""

_PAGE = """<!doctype html>
<meta charset="utf-8">
<style>
@font-face {{ font-family: Besley; font-weight: 700; src: url(data:font/woff2;base64,{font}) }}
{colours}
:root {{ color-scheme: light }}
body {{ box-sizing: border-box; display: flex; flex-direction: column; width: 1200px; height: 630px; margin: 0;
  padding: 66px 84px 50px; background: var(--page); color: var(--ink); font-family: Besley }}
svg {{ width: 1030px; height: 144px; overflow: visible }}
h1 {{ margin: auto 0; font-size: 98px; line-height: 1.06; letter-spacing: -.025em }}
p {{ margin: 0; padding-top: 26px; border-top: 4px solid var(--line); font-size: 36px }}
</style>
<svg viewBox="0 0 1716 280" preserveAspectRatio="xMinYMid">{signs}</svg>
<h1>{question}</h1>
<p>Sockets and ports</p>
"""


def source(root: Path, part: str) -> str:
    """Return the page whose picture stands for a part.

    Args:
        root: The checkout's top folder.
        part: One of `PARTS`.

    Raises:
        OSError: The font or the colours cannot be read.
    """
    question, signs = PARTS[part]
    found = re.search(r"(?m)^:root \{$.*?^\}$", (root / _COLOURS).read_text(encoding="utf-8"), re.DOTALL)
    font = b64encode((root / _FONT).read_bytes()).decode()
    return _PAGE.format(font=font, colours=found[0] if found else "", signs=signs, question=question)


def digest(text: str) -> str:
    """Return what tells one source from another."""
    return hashlib.sha256(text.encode()).hexdigest()


_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_HEAD = len(_SIGNATURE) + 25
"""The bytes before the second chunk of a PNG file."""


def signed(png: bytes, text: str) -> bytes:
    """Return a picture that says of which source it was made.

    Source:
        PNG specification (W3C), 5.3 and 11.3.3.2: a chunk's layout, and textual data.
    """
    data = b"tEXt" + b"Source\0" + digest(text).encode()
    chunk = struct.pack(">I", len(data) - 4) + data + struct.pack(">I", zlib.crc32(data))
    return png[:_HEAD] + chunk + png[_HEAD:]


def is_current(png: bytes, text: str) -> bool:
    """Say whether a picture was made of a source."""
    return png.startswith(_SIGNATURE) and b"Source\0" + digest(text).encode() in png


def main() -> None:
    """Draw all pictures that are not current, with the browser that the tests use."""
    from playwright.sync_api import sync_playwright  # of the tests' dependencies, and of no use to a builder

    root = Path.cwd()
    (root / FOLDER).mkdir(parents=True, exist_ok=True)
    names = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
    chromium = next(filter(None, map(shutil.which, names)), None)
    with sync_playwright() as playwright:
        args = ["--no-sandbox", "--font-render-hinting=slight"]
        browser = playwright.chromium.launch(executable_path=chromium, args=args)
        page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT})
        for part in PARTS:
            text, file = source(root, part), root / FOLDER / f"{part}.png"
            if not file.is_file() or not is_current(file.read_bytes(), text):
                page.set_content(text)
                page.evaluate("document.fonts.ready")
                file.write_bytes(signed(page.screenshot(), text))
                print(f"drawn: {file.relative_to(root)}")


if __name__ == "__main__":
    main()
