"""Builds the machine: fetches what it is made of, compiles it, boots it once and saves its state."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from lab import rootfs
from lab.inputs import HERE, Input, archive_recipe, inputs, recipe_digest, socktrace_digest

IMAGE = HERE / "image"
_TOOLS = ("gcc", "make", "flex", "bison", "bc", "tar", "xz", "zstd", "dpkg-deb", "node")
_PACKAGES = "gcc-multilib make flex bison bc xz-utils zstd dpkg nodejs"
_BOOTS = 3
"""How often the machine is booted at most: v86 was once seen to stumble while it booted."""


def build(work: Path, image: Path = IMAGE) -> None:
    """Build the machine. What has been done already in the folder is not done again.

    Args:
        work: A folder for all that is fetched and compiled, outside of the checkout.
        image: Where what readers fetch is put.
    """
    missing = [tool for tool in _TOOLS if shutil.which(tool) is None]
    if missing:
        sys.exit(f"missing: {' '.join(missing)}; on Debian 12: apt-get install --no-install-recommends {_PACKAGES}")
    recipe, socktrace = recipe_digest(), socktrace_digest()
    fetched, sources, packages, out = (work / name for name in ("fetched", "sources", "packages", "out"))
    for folder in (fetched, sources, packages, out):
        folder.mkdir(parents=True, exist_ok=True)
    known = {one.name: one for one in inputs()}
    with _step("fetch and unpack"):
        for one in known.values():
            _unpack(one, fetched, sources, packages)
    linux, python = _one(sources, "linux-source-*"), _one(sources, "Python-*")
    with _step("Python"):
        _once(out / "python", HERE / "steps/python.sh", sources, out)
    with _step("shell and ss"):
        _once(out / "ss", HERE / "steps/tools.sh", sources, out)
    with _step("file system"):
        rootfs.fill(work / "root", out, python, packages)
        (out / "root.cpio").write_bytes(rootfs.archive(work / "root"))
    with _step("kernel"):
        _run(HERE / "steps/kernel.sh", linux, HERE / "kernel.config", out / "root.cpio", out)
    with _step("boot and save"):
        v86, bios = packages / "v86/package/build", packages / "seabios/usr/share/seabios/bios.bin"
        _boot(v86, bios, out)
    with _step("pack"):
        _publish(image, v86, out, {"recipe": recipe, "socktrace": socktrace})


@contextmanager
def _step(name: str) -> Iterator[None]:
    began = time.monotonic()
    print(f"{name} ...", flush=True)
    yield
    print(f"{name}: {time.monotonic() - began:.0f} s", flush=True)


def _one(folder: Path, pattern: str) -> Path:
    (found,) = folder.glob(pattern)
    return found


def _run(*words: Path | str) -> None:
    """Run a step.

    Raises:
        CalledProcessError: It failed; its log is in the folder `out`.
    """
    subprocess.run(["sh", *words] if str(words[0]).endswith(".sh") else words, check=True)


def _once(target: Path, step: Path, *words: Path) -> None:
    """Run a step unless what it makes is there, made by the very same step."""
    mark = target.with_name(f"{target.name}.made-by")
    digest = hashlib.sha256(step.read_bytes()).hexdigest()
    if not target.exists() or not mark.exists() or mark.read_text() != digest:
        _run(step, *words)
        mark.write_text(digest)


def _unpack(one: Input, fetched: Path, sources: Path, packages: Path) -> None:
    """Fetch a file and unpack it: sources among the sources, packages beside each other."""
    file = one.file.fetched(fetched)
    mark = packages / f"{one.name}-{one.file.sha256[:16]}"
    if mark.exists():
        return
    if one.name == "linux":
        _run("dpkg-deb", "-x", str(file), str(packages / "linux"))
        _run("tar", "-xf", _one(packages / "linux/usr/src", "*.tar.xz"), "-C", sources)
        shutil.rmtree(packages / "linux")
    elif file.suffix == ".deb":
        _run("dpkg-deb", "-x", str(file), str(packages / one.name))
    elif file.suffix == ".tgz":
        (packages / one.name).mkdir(exist_ok=True)
        _run("tar", "-xf", file, "-C", packages / one.name)
    else:
        _run("tar", "-xf", file, "-C", sources)
    mark.touch()


def _boot(v86: Path, bios: Path, out: Path) -> None:
    """Boot the machine and save its state.

    Raises:
        CalledProcessError: It did not get ready.
    """
    words = ("node", str(HERE / "boot.mjs"), v86, bios, out / "bzImage", out / "state")
    for left in reversed(range(_BOOTS)):
        try:
            _run(*words)
        except subprocess.CalledProcessError:
            if not left:
                raise
        else:
            return


def _publish(image: Path, v86: Path, out: Path, digests: dict[str, str]) -> None:
    """Pack the state, and put all that a page fetches into one folder, with a list of it."""
    image.mkdir(exist_ok=True)
    _run("zstd", "-q", "-f", "--ultra", "-22", "--long=27", "-T1", out / "state", "-o", image / "state.zst")
    for name in ("v86.wasm", "libv86.mjs"):
        shutil.copy(v86 / name, image / name)
    shutil.copy(HERE / "NOTICES.md", image / "NOTICES.txt")
    archive_recipe(image / "recipe.tar.gz")
    files = {file.name: _listed(file) for file in sorted(image.iterdir()) if file.name != "manifest.json"}
    manifest = {**digests, "compiler": _compiler(), "files": files}
    (image / "manifest.json").write_text(json.dumps(manifest, indent=2) + "\n")
    print(f"{sum(file.stat().st_size for file in image.iterdir()):,} bytes in {image}")


def _listed(file: Path) -> dict[str, int | str]:
    data = file.read_bytes()
    return {"bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}


def _compiler() -> str:
    return subprocess.run(["gcc", "--version"], capture_output=True, text=True, check=True).stdout.partition("\n")[0]
