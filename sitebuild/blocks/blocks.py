"""The block of blocks: how to use each of them, on a page for contributors."""

from __future__ import annotations

from collections.abc import Iterator

from sitebuild import blocks
from sitebuild.kit.block import Spot, Whole

_GUIDE = """\
## This guide

An empty `blocks` fence prints what you are reading: the guide of each kind of block, which stands in the module of that block.
"""


class Blocks(Whole):
    """The guides of all blocks."""

    name = "blocks"
    guide = _GUIDE

    def markdown(self, asked: None, spot: Spot) -> str:
        return "\n\n".join(guide.replace("\n", " { .part }\n", 1) for guide in self._guides())

    def texts(self, asked: None) -> Iterator[str]:
        return self._guides()

    def _guides(self) -> Iterator[str]:
        return (block.guide.strip() for block in blocks.registry().values())


BLOCK = Blocks()
