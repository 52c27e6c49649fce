"""What the machine is made of: files from elsewhere, each with its digest, and the recipe's own."""

from __future__ import annotations

import hashlib
import shutil
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
class Input:
    """A file from elsewhere.

    Args:
        name: What it is called here.
        url: Where it is fetched.
        sha256: Its digest.
        licence: Its licence, as SPDX writes it.
        source: Where its complete source lies, if it is no source itself.
    """

    name: str
    url: str
    sha256: str
    licence: str
    source: str = ""

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


def inputs() -> tuple[Input, ...]:
    """Return the files from elsewhere."""
    rows = tomllib.loads(_LOCK.read_text(encoding="utf-8"))
    return tuple(Input(name, **row) for name, row in rows.items())


def recipe_digest() -> str:
    """Return one digest of all that says how the machine is built, but for socktrace."""
    folders = (file for folder in _FOLDERS for file in (HERE / folder).rglob("*"))
    return _digest([*(HERE / name for name in _RECIPE), *(file for file in folders if file.suffix in (".py", ".sh"))])


def socktrace_digest() -> str:
    """Return one digest of socktrace, of which a copy is in the machine."""
    return _digest((ROOT / "socktrace").rglob("*.py"))


def _digest(files: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for file in sorted(files):
        text = file.read_bytes()
        digest.update(f"{file.relative_to(ROOT).as_posix()} {len(text)}\n".encode() + text)
    return digest.hexdigest()
