"""The site as the tests see it: its pages, built by either builder from a copy of the sources, served on loopback."""

from __future__ import annotations

import functools
import os
import shutil
import subprocess
import sys
import threading
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

ROOT = Path(__file__).resolve().parents[2]
SOURCES = ("docs", "snippets", "socktrace", "sitebuild", "mkdocs.yml")

Builder = Literal["mkdocs", "zensical"]


@dataclass(frozen=True)
class Page:
    """A page of the site.

    Args:
        source: Its Markdown file, relative to `docs/`, with slashes.
    """

    source: str

    @property
    def url(self) -> str:
        """Its address, relative to the site's."""
        path = self.source.removesuffix(".md")
        return "" if path == "index" else path.removesuffix("/index") + "/"

    @property
    def file(self) -> str:
        """The file that the builders make of it, relative to the site's folder."""
        return f"{self.url}index.html"


@dataclass(frozen=True)
class Build:
    """What a builder left: the site, what it said, and its exit status."""

    folder: Path

    @property
    def site(self) -> Path:
        """The built site."""
        return self.folder / "site"

    @property
    def output(self) -> str:
        """What the builder printed, standard error included."""
        return (self.folder / "output.txt").read_text(encoding="utf-8")

    @property
    def status(self) -> int:
        """The builder's exit status."""
        return int((self.folder / "status.txt").read_text(encoding="utf-8"))


def pages(root: Path = ROOT) -> list[Page]:
    """List the pages of the site, in the order of their paths."""
    docs = root / "docs"
    sources = (path.relative_to(docs).as_posix() for path in docs.rglob("*.md"))
    return [Page(source) for source in sorted(sources) if not source.startswith("overrides/")]


PUBLISHING = ("REPO_URL", "EDIT_URI", "SITE_URL")
"""The variables by which the workflow that publishes the site says where it and its sources are."""


def build(builder: Builder, folder: Path, root: Path = ROOT, published: Mapping[str, str] | None = None) -> Build:
    """Build a copy of the sources in `folder`, so that no file of the project is touched.

    Args:
        builder: With what.
        folder: Where; it is made.
        root: The project's top folder.
        published: The variables of the workflow that publishes the site; none of them is set otherwise.
    """
    folder.mkdir()
    for name in SOURCES:
        copy = shutil.copytree if (root / name).is_dir() else shutil.copyfile
        copy(root / name, folder / name)
    # Material announces its end of life at every start; these pages build with its successor already.
    environment = {name: value for name, value in os.environ.items() if name not in PUBLISHING}
    environment |= {"PYTHONUTF8": "1", "NO_MKDOCS_2_WARNING": "1", **(published or {})}
    # With -P the builder's extension is that of this checkout, whose bytecode is there already, and not its copy.
    command = [sys.executable, "-P", "-W", "error", "-m", builder, "build", "--strict"]
    done = subprocess.run(  # standard error joins the output, where its place tells what it is about
        command, cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
    )
    result = Build(folder)
    (folder / "output.txt").write_text(done.stdout, encoding="utf-8")
    (folder / "status.txt").write_text(str(done.returncode), encoding="utf-8")
    return result


AXE = "axe.min.js"
"""Lies beside every site that is served, though no page asks for it: what comes from an address, the browser compiles
once for all pages."""
_AXE = str(files("axe_playwright_python").joinpath(AXE))


class _Quiet(SimpleHTTPRequestHandler):
    def __init__(self, *args: Any, headers: Mapping[str, str], **more: Any) -> None:
        self._more = headers
        super().__init__(*args, **more)

    def log_message(self, format: str, *args: object) -> None:
        pass

    def translate_path(self, path: str) -> str:
        return _AXE if path == f"/{AXE}" else super().translate_path(path)

    def end_headers(self) -> None:
        for name, value in self._more.items():
            self.send_header(name, value)
        super().end_headers()


@contextmanager
def serve(folder: Path, headers: Mapping[str, str] | None = None) -> Iterator[str]:
    """Serve a folder on a loopback port that the kernel chooses, and give its address, which ends with a slash.

    Args:
        folder: The folder.
        headers: What each answer says besides.
    """
    handler = functools.partial(_Quiet, directory=str(folder), headers=headers or {})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()
