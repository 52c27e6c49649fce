"""The image that readers get is the one that the recipe makes."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from lab import inputs
from lab.build import IMAGE
from lab.machine import manifest


def test_the_image_was_built_by_this_recipe() -> None:
    assert manifest()["recipe"] == inputs.recipe_digest(), "build it anew: python -m lab build"


def test_the_image_is_whole() -> None:
    there = {file.name for file in IMAGE.iterdir()} - {"manifest.json"}
    listed = manifest()["files"]
    assert there == set(listed)
    for name, row in listed.items():
        data = (IMAGE / name).read_bytes()
        assert (len(data), hashlib.sha256(data).hexdigest()) == (row["bytes"], row["sha256"]), name


def test_the_digest_notices_a_change(monkeypatch: pytest.MonkeyPatch) -> None:
    before = inputs.recipe_digest()
    monkeypatch.setattr(inputs, "_RECIPE", inputs._RECIPE[1:])
    assert inputs.recipe_digest() != before


def test_every_input_is_pinned_and_licensed() -> None:
    for one in inputs.inputs():
        assert one.licence, one.name
        for file in (one.file, *one.sources):
            assert len(file.sha256) == 64, file.url


def test_what_must_come_with_its_source_does() -> None:
    """The GPL and the LGPL ask for it; a file of Debian's that ends in `.orig.tar` is source, and so is its kernel."""
    for one in inputs.inputs():
        if "GPL" in one.licence and one.name != "linux":
            assert all(".tar" in file.url for file in one.sources or (one.file,)), one.name


def test_what_of_the_source_cannot_be_fetched_is_told_and_the_rest_is_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    there = tmp_path / "there.tar"
    there.write_bytes(b"source")
    good = inputs.Pinned(there.as_uri(), hashlib.sha256(b"source").hexdigest())
    gone = inputs.Pinned((tmp_path / "gone.tar").as_uri(), "0" * 64)
    monkeypatch.setattr(inputs, "inputs", lambda: (inputs.Input("one", gone, "MIT", (good,)),))
    (line,) = inputs.complete_source(tmp_path / "all")
    assert line.startswith(gone.url)
    assert {file.name for file in (tmp_path / "all").iterdir()} == {"there.tar", "recipe.tar.gz"}
