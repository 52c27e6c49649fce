"""The pictures that other sites show for a link: current, as large as they say, and known by their source."""

from __future__ import annotations

import struct
import zlib

import pytest

from sitebuild.pages import social
from support.website import ROOT


@pytest.mark.parametrize("part", social.PARTS)
def test_the_picture_of_a_part_is_current(part: str) -> None:
    png = (ROOT / social.FOLDER / f"{part}.png").read_bytes()
    assert social.is_current(png, social.source(ROOT, part)), "run: uv run python -m sitebuild.pages.social"
    assert struct.unpack(">II", png[16:24]) == (social.WIDTH, social.HEIGHT)


def test_every_picture_is_of_a_part() -> None:
    assert {file.stem for file in (ROOT / social.FOLDER).iterdir()} == set(social.PARTS)


def test_a_picture_says_of_which_source_it_was_made() -> None:
    bare = (ROOT / social.FOLDER / "home.png").read_bytes()
    signed = social.signed(bare, "one")
    assert social.is_current(signed, "one")
    assert not social.is_current(signed, "two")
    assert not social.is_current(b"no picture", "one")
    size, kind = struct.unpack(">I4s", signed[33:41])
    data, (check,) = signed[37 : 41 + size], struct.unpack(">I", signed[41 + size : 45 + size])
    assert (kind, zlib.crc32(data)) == (b"tEXt", check)
