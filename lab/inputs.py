"""What the machine is made of: files from elsewhere, each with its digest, and the recipe's own."""

from __future__ import annotations

import gzip
import hashlib
import io
import shutil
import tarfile
import tomllib
import urllib.request
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parent
_LOCK = HERE / "inputs.toml"
_RECIPE = ("inputs.toml", "kernel.config", "hardware.mjs", "boot.mjs", "build.py", "rootfs.py", "library.py")
_FOLDERS = ("steps", "guest")


@dataclass(frozen=True, slots=True)
class Pinned:
    """A file from elsewhere, and what it must be.

    Args:
        url: Where it is fetched.
        sha256: Its digest.
    """

    url: str
    sha256: str

    def fetched(self, folder: Path) -> Path:
        """Return the file in a folder; fetch it if it is not there.

        Args:
            folder: Where it is kept.

        Raises:
            ValueError: It is not the file that it should be.
        """
        file = folder / self.url.rpartition("/")[2]
        if not file.exists():
            print(f"fetching {self.url}", flush=True)
            part = file.with_name(file.name + ".part")
            with urllib.request.urlopen(self.url) as response, part.open("wb") as target:
                shutil.copyfileobj(response, target)
            part.rename(file)
        with file.open("rb") as opened:
            digest = hashlib.file_digest(opened, "sha256").hexdigest()
        if digest != self.sha256:
            raise ValueError(f"{file} has the digest {digest}, not {self.sha256}: remove it and try again")
        return file


@dataclass(frozen=True, slots=True)
class Input:
    """A part of the machine.

    Args:
        name: What it is called here.
        file: What it is made of.
        licence: Its licence, as SPDX writes it.
        sources: What that was compiled from, if it is no source itself.
    """

    name: str
    file: Pinned
    licence: str
    sources: tuple[Pinned, ...] = ()


def inputs() -> tuple[Input, ...]:
    """Return the parts of the machine that come from elsewhere."""
    rows = tomllib.loads(_LOCK.read_text(encoding="utf-8"))
    return tuple(
        Input(
            name,
            Pinned(row["url"], row["sha256"]),
            row["licence"],
            tuple(Pinned(*source) for source in row.get("sources", ())),
        )
        for name, row in rows.items()
    )


def recipe_files() -> list[Path]:
    """Return all that says how the machine is built, but for socktrace."""
    folders = (file for folder in _FOLDERS for file in (HERE / folder).rglob("*"))
    return sorted([*(HERE / name for name in _RECIPE), *(file for file in folders if file.suffix in (".py", ".sh"))])


def socktrace_files() -> list[Path]:
    """Return the files of socktrace, of which a copy is in the machine."""
    return sorted((ROOT / "socktrace").rglob("*.py"))


def complete_source(folder: Path) -> list[str]:
    """Put all that the image was made of into a folder, and what that was compiled from.

    Args:
        folder: The folder, which is made if it is not there.

    Returns:
        A line for each file that could not be fetched.

    Raises:
        ValueError: A file is not what it should be.
    """
    folder.mkdir(parents=True, exist_ok=True)
    lacking = []
    for one in inputs():
        for file in (one.file, *one.sources):
            try:
                file.fetched(folder)
            except OSError as error:
                lacking.append(f"{file.url}: {error}; Debian keeps what it once had at https://snapshot.debian.org")
    archive_recipe(folder / "recipe.tar.gz")
    return lacking


def archive_recipe(target: Path) -> None:
    """Pack the recipe, with the socktrace that goes into the machine; the same each time."""
    more = [HERE / name for name in ("machine.mjs", "__main__.py", "README.md")]
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as archive:
        for file in [*recipe_files(), *more, *socktrace_files()]:
            entry = tarfile.TarInfo(f"recipe/{file.relative_to(ROOT).as_posix()}")
            entry.size = file.stat().st_size
            with file.open("rb") as opened:
                archive.addfile(entry, opened)
    target.write_bytes(gzip.compress(packed.getvalue(), mtime=0))


def recipe_digest() -> str:
    """Return one digest of all that says how the machine is built, but for socktrace."""
    return _digest(recipe_files())


def socktrace_digest() -> str:
    """Return one digest of socktrace."""
    return _digest(socktrace_files())


def _digest(files: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for file in files:
        text = file.read_bytes()
        digest.update(f"{file.relative_to(ROOT).as_posix()} {len(text)}\n".encode() + text)
    return digest.hexdigest()
