"""Every link of the built site leads somewhere: to a file, to an anchor in it, or by https to another site.

A source is linked at the address at which it was read, and old texts are often to be had by http only.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING
from urllib.parse import unquote, urljoin, urlsplit

import lxml.html
import pytest

if TYPE_CHECKING:
    from pathlib import Path

HOME = "https://site.example/"


def broken(site: Path) -> list[str]:
    """Return what is wrong with the links of a site, as `page: address: reason`."""
    anchors: dict[Path, set[str]] = {}
    links: list[tuple[str, str]] = []
    sources: set[str] = set()
    twice: list[str] = []
    for file in sorted(site.rglob("*.html")):
        path = file.relative_to(site).as_posix()
        page = lxml.html.document_fromstring(file.read_bytes())
        ids = [str(one) for one in page.xpath("//@id")]
        links += [(path, str(one)) for one in page.xpath("//@href | //@src")]
        sources |= {str(one) for one in page.xpath("//a[contains(concat(' ', @class, ' '), ' sk-source ')]/@href")}
        twice += [f"{path}: #{one}: is there twice" for one, times in sorted(Counter(ids).items()) if times > 1]
        anchors[file] = {*ids, *(str(one) for one in page.xpath("//@name"))}
    secure = (
        (page, address, address.replace("http:", "https:") if address in sources else address)
        for page, address in links
    )
    reasons = ((page, address, _wrong(site, page, target, anchors)) for page, address, target in secure)
    return twice + [f"{page}: {address}: {reason}" for page, address, reason in dict.fromkeys(reasons) if reason]


def _wrong(site: Path, page: str, address: str, anchors: dict[Path, set[str]]) -> str | None:
    if address.startswith("data:"):
        return None
    target = urljoin(HOME + page.removesuffix("index.html"), address)
    if not target.startswith(HOME):
        parts = urlsplit(target)
        return None if parts.scheme == "https" and "." in parts.netloc and " " not in target else "is no https address"
    parts = urlsplit(target)
    file = site / unquote(parts.path).lstrip("/")
    if parts.path.endswith("/"):
        file /= "index.html"
    if not file.is_file():
        return "there is no such file"
    if parts.fragment and unquote(parts.fragment) not in anchors.get(file, set()):
        return "there is no such anchor"
    return None


@pytest.mark.alone
def test_every_link_leads_somewhere(site: Path) -> None:
    wrong = broken(site)
    if wrong:
        pytest.fail("\n".join(wrong), pytrace=False)


@pytest.mark.parametrize(
    ("html", "complaint"),
    [
        ('<a href="other/">x</a>', "index.html: other/: there is no such file"),
        ('<a href="page/#c">x</a>', "index.html: page/#c: there is no such anchor"),
        ('<a href="#c">x</a>', "index.html: #c: there is no such anchor"),
        ('<img src="a.svg">', "index.html: a.svg: there is no such file"),
        ('<a href="http://www.rfc-editor.org/">x</a>', "index.html: http://www.rfc-editor.org/: is no https address"),
        ('<a href="https://nowhere">x</a>', "index.html: https://nowhere: is no https address"),
        ('<a href="javascript:void(0)">x</a>', "index.html: javascript:void(0): is no https address"),
        ('<p id="a">x</p><p id="a">y</p>', "index.html: #a: is there twice"),
        ('<a href="page/?class#c">x</a>', "index.html: page/?class#c: there is no such anchor"),
        ('<a href="page/">x</a> <a href="page/?class#b">x</a> <a href="page/#b">x</a> <a href="#a" id="a">x</a>', None),
        ('<a href="https://www.rfc-editor.org/rfc/rfc9293#section-3.5">x</a> <a href="data:,x">x</a>', None),
        ('<a class="sk-source" href="http://www.rfc-editor.org/">x</a>', None),
        ('<a class="sk-source" href="http://nowhere">x</a>', "index.html: http://nowhere: is no https address"),
    ],
)
def test_a_broken_link_is_found(html: str, complaint: str | None, tmp_path: Path) -> None:
    (tmp_path / "page").mkdir()
    (tmp_path / "index.html").write_text(html, encoding="utf-8")
    (tmp_path / "page" / "index.html").write_text('<p id="b">y</p>', encoding="utf-8")
    assert broken(tmp_path) == ([complaint] if complaint else [])
