"""Makes the machine's file system: what is in it, and the archive that the kernel unpacks."""

from __future__ import annotations

import shutil
import stat
import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path

from lab.inputs import HERE, ROOT

LIBRARY = "usr/lib/python3.13"
_NAMES = (
    "test tests idlelib tkinter turtledemo turtle.py ensurepip pydoc_data pydoc.py unittest venv doctest.py sqlite3 "
    "curses dbm xmlrpc pdb.py bdb.py pstats.py profile.py cProfile.py trace.py zipapp.py zipfile tarfile.py _pyrepl "
    "_ios_support.py _android_support.py _apple_support.py _osx_support.py _aix_support.py mailbox.py plistlib.py "
    "imaplib.py poplib.py pyclbr.py pickletools.py webbrowser.py antigravity.py this.py __phello__ "
    "asyncio/windows_events.py asyncio/windows_utils.py multiprocessing/popen_spawn_win32.py ctypes/macholib "
    "_pydatetime.py _pyio.py rlcompleter.py http/cookiejar.py optparse.py configparser.py multiprocessing/managers.py "
    "logging/config.py statistics.py fractions.py decimal.py _pydecimal.py importlib/_bootstrap.py "
    "importlib/_bootstrap_external.py asyncio/proactor_events.py ssl.py wave.py modulefinder.py tracemalloc.py "
    "zoneinfo gzip.py bz2.py lzma.py tomllib colorsys.py compileall.py py_compile.py tabnanny.py fileinput.py "
    "filecmp.py netrc.py sched.py shelve.py cmd.py code.py codeop.py csv.py symtable.py xml/dom xml/sax "
    "html/parser.py _markupbase.py email/_header_value_parser.py email/headerregistry.py email/contentmanager.py "
    "email/mime importlib/metadata wsgiref/validate.py urllib/robotparser.py graphlib.py ctypes/wintypes.py "
    "ctypes/_aix.py sysconfig/__main__.py asyncio/__main__.py json/tool.py difflib.py nturl2path.py _compression.py "
    "ftplib.py getpass.py pty.py sre_compile.py sre_constants.py sre_parse.py xml/etree/ElementInclude.py "
    "xml/etree/cElementTree.py"
)
_FROZEN = (
    "abc.py codecs.py io.py _collections_abc.py _sitebuiltins.py genericpath.py ntpath.py posixpath.py site.py stat.py "
    "importlib/util.py importlib/machinery.py runpy.py zipimport.py __hello__.py"
)
"""Modules that Python has in its own program; without a file of `os.py` it would not find its library."""
_LEFT_OUT = [*_NAMES.split(), *_FROZEN.split()]
"""What of Python's library no lesson about sockets imports, or is there already."""
_OTHERS = "pytest_plugin session __main__.py bytecode.py canonical.py cli.py consistency.py output.py report.py"
_AT_A_TERMINAL = _OTHERS.split()
"""What of socktrace nobody asks for here: its command, its report, and what compares recordings."""
_ENCODINGS = (
    "__init__ aliases ascii base64_codec cp1252 hex_codec idna iso8859_1 iso8859_15 latin_1 punycode "
    "raw_unicode_escape undefined unicode_escape utf_16 utf_16_be utf_16_le utf_32 utf_8 utf_8_sig"
)
_CODECS = _ENCODINGS.split()
_FILES = {
    "etc/hosts": "127.0.0.1 localhost\n::1 localhost ip6-localhost ip6-loopback\n127.0.1.1 lab\n",
    "etc/hostname": "lab\n",
    "etc/nsswitch.conf": "passwd: files\ngroup: files\nhosts: files dns\nservices: files\nprotocols: files\n",
    "etc/host.conf": "multi on\n",
    # An address for documentation (RFC 5737): no way leads there. Without one the C library asks 127.0.0.1.
    "etc/resolv.conf": "nameserver 192.0.2.53\n",
    "etc/passwd": "root:x:0:0:root:/root:/bin/sh\nnobody:x:65534:65534:nobody:/nonexistent:/bin/false\n",
    "etc/group": "root:x:0:\nnogroup:x:65534:\n",
    "init": '#!/usr/bin/python3\nimport sys\nsys.path[0] = "/lib/lab"\nimport agent\nagent.main()\n',
}
_FOLDERS = ("dev/pts", "proc", "sys", "tmp", "srv", "root", "run", "var/run", f"{LIBRARY}/lib-dynload")
_LINKS = {"usr/bin/python": "python3", "usr/bin/python3.13": "python3"}


def fill(root: Path, built: Path, python: Path, packages: Path) -> None:
    """Put everything into the file system's folder.

    Args:
        root: The folder, which is made anew.
        built: Where `python`, `dash` and `ss` are.
        python: The source of Python.
        packages: Where the unpacked packages are.
    """
    shutil.rmtree(root, ignore_errors=True)
    for name in _FOLDERS:
        (root / name).mkdir(parents=True)
    for name, text in _FILES.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)
    (root / "init").chmod(0o755)
    for name, source in {
        "usr/bin/python3": built / "python",
        "bin/sh": built / "dash",
        "usr/bin/ss": built / "ss",
        "lib/ld-linux.so.2": packages / "glibc/lib32/ld-linux.so.2",
        "lib/libc.so.6": packages / "glibc/lib32/libc.so.6",
        "lib/libm.so.6": packages / "glibc/lib32/libm.so.6",
        "etc/services": packages / "netbase/etc/services",
        "etc/protocols": packages / "netbase/etc/protocols",
    }.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(source.resolve(), root / name)
    for name, target in _LINKS.items():
        (root / name).symlink_to(target)
    rows = "".join(f"{root / target}c\t{source}\t/{target}\n" for target, source in _modules(python / "Lib"))
    # the very Python that loads them compiles them, and orders the sets among their constants the same each time
    subprocess.run(
        [python / "python", "-P", "-s", HERE / "library.py"],
        input=rows,
        text=True,
        check=True,
        env={"PYTHONHASHSEED": "0"},
    )


def _modules(library: Path) -> Iterator[tuple[str, Path]]:
    """Yield the modules in the machine: where each is, and its source."""
    for file in sorted(library.rglob("*.py")):
        name = file.relative_to(library)
        if not _is_left_out(name):
            yield f"{LIBRARY}/{name}", file
    for file in sorted((ROOT / "socktrace").rglob("*.py")):
        name = file.relative_to(ROOT)
        if name.parts[1] not in _AT_A_TERMINAL:
            yield f"{LIBRARY}/site-packages/{name}", file
    for file in sorted((HERE / "guest").glob("*.py")):
        yield f"lib/lab/{file.name}", file


def _is_left_out(name: Path) -> bool:
    if name.parts[0] == "encodings":
        return name.stem not in _CODECS
    beginnings = {str(name), *map(str, name.parents)}
    return any(part in ("test", "tests", "__pycache__") for part in name.parts) or not beginnings.isdisjoint(_LEFT_OUT)


def archive(root: Path) -> bytes:
    """Return a folder as a cpio archive in the format that the kernel unpacks ("newc"), the same each time.

    Args:
        root: The folder.
    """
    made = bytearray()
    for number, path in enumerate(_paths(root), 1):
        name, mode = str(path.relative_to(root)), path.lstat().st_mode
        data = b""
        if path.is_symlink():
            data = str(path.readlink()).encode()
        elif path.is_file():
            data = path.read_bytes()
        made += _entry(name, number, stat.S_IFMT(mode) | (0o755 if path.is_dir() or mode & 0o100 else 0o644), data)
    # the kernel opens it for the first process's streams before that has mounted anything (console(4))
    made += _entry("dev/console", 0, stat.S_IFCHR | 0o600, b"", (5, 1))
    return bytes(made + _entry("TRAILER!!!", 0, 0, b""))


def _paths(root: Path) -> Iterable[Path]:
    return sorted(root.rglob("*"))


def _entry(name: str, number: int, mode: int, data: bytes, device: tuple[int, int] = (0, 0)) -> bytes:
    text = name.encode() + b"\0"
    fields = (number, mode, 0, 0, 1, 0, len(data), 0, 0, *device, len(text), 0)
    head = b"070701" + b"".join(b"%08X" % field for field in fields) + text
    return head + bytes(-len(head) % 4) + data + bytes(-len(data) % 4)
