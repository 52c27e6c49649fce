"""The programs of the chapters that the others take after: what a reader sees of each at first is soon read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import lxml.html
import pytest

from support import website

if TYPE_CHECKING:
    from pathlib import Path

MOST = 15
"""How many lines of a program stand in sight until the reader asks for all, blank ones among them."""

MODELS = (
    "start/the-words.md",
    "start/socket-or-port.md",
    "sockets/what-a-socket-is.md",
    "sockets/two-kinds-of-server-socket.md",
    "sockets/how-a-connection-opens.md",
    "sockets/how-a-connection-ends.md",
    "sockets/stream-has-no-messages.md",
    "sockets/bug-hunts.md",
    "sockets/more-bug-hunts.md",
    "ports/sixteen-bits.md",
    "ports/which-address.md",
    "ports/who-has-my-port.md",
    "ports/why-ports-exist.md",
)


def has(name: str) -> str:
    return f"contains(concat(' ', @class, ' '), ' {name} ')"


def long_ones(html: str) -> list[str]:
    """Return the programs of a page of which more is in sight, as the number of their lines and the first of them."""
    page = lxml.html.document_fromstring(html)
    programs = page.xpath(f"//*[{has('sk-run')}]//*[{has('sk-code')}]")
    assert programs, "the page runs no program"
    seen = [one.xpath(f".//*[{has('sk-line')} and not({has('sk-extra')})]") for one in programs]
    return [f"{len(lines)}: {lines[0].text_content().strip()}" for lines in seen if len(lines) > MOST]


@pytest.mark.parametrize("page", [website.Page(one) for one in MODELS], ids=lambda page: page.source)
def test_a_program_is_read_at_one_glance(site: Path, page: website.Page) -> None:
    assert long_ones((site / page.file).read_text(encoding="utf-8")) == []


def test_a_long_program_is_found() -> None:
    line, folded = "<span class='sk-line'>x = 1\n</span>", "<span class='sk-line sk-extra'>y = 2\n</span>"
    program = "<div class='sk-run'><div class='sk-code'>{}</div></div>"
    assert long_ones(program.format(15 * line + 9 * folded) + program.format(16 * line)) == ["16: x = 1"]
