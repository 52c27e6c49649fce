"""The block of claims: what the article says, what is true, and the run that shows it."""

from __future__ import annotations

import posixpath
from collections import Counter
from collections.abc import Iterator
from itertools import groupby
from xml.etree.ElementTree import Element, SubElement

from markdown.util import AtomicString

from sitebuild.data.claims import VERDICTS, Claim
from sitebuild.kit.block import Spot, Whole
from sitebuild.kit.library import Library, Proof
from sitebuild.markup import links
from sitebuild.markup.unlisted import UNLISTED
from sitebuild.markup.unsought import UNSOUGHT
from sitebuild.reading.options import PageError

FILE = "claims.toml"

_PICTURES = {
    "kept": "This site keeps the picture.",
    "mended": "This site keeps the picture, mended.",
    "dropped": "This site drops the picture.",
}
_CLASSES = dict(zip(VERDICTS, ("sk-right", "sk-caveat", "sk-misleading", "sk-wrong"), strict=True))

_GUIDE = """\
## The claims

An empty `claims` fence prints every claim of the article that this site checks, with buttons to choose among them by verdict, and a box that hides the verdicts, each of which can then be shown. A link to the page that ends in `?class` opens it with that box ticked, for a class that is to vote. It stands below a heading of the second level. The claims are kept in `docs/data/claims.toml`:

```toml
["C05"]
part = 1
said = "A port identifies the machine."
verdict = "wrong"
true = "The [[IP address]] names the host's interface; the [[port number]] leads to a socket within the host [@rfc9293-3.1]."
why = "A phone number does both jobs at once, so the picture carries over."
proof = ["ports/same_port_other_address.py"]
```

- `part` is the paragraph of the article, and `said` what it says there, in our words.
- `verdict` is one of `right`, `right with a caveat`, `misleading` and `wrong`. All but `right` need a `why`: a reader who said so too had a reason.
- `proof` names the programs or sessions that show it. Each becomes a link to its block, so each must stand on a page. If no run can show it, `unproven` says why instead.
- `picture` is for comparisons: `kept`, `mended` or `dropped`.

Texts are Markdown, with terms and sources. `tests/sitebuild/data/test_claims.py` has a list of its own of all claims and verdicts, so that none falls off the page.
"""


def texts(library: Library) -> Iterator[tuple[str, str]]:
    """Yield each text that is Markdown, with the name of its entry.

    Raises:
        PageError: The file is missing or wrong.
    """
    for claim in library.claims:
        for text in (claim.said, claim.true, claim.why, claim.unproven):
            yield claim.id, text


def mistakes(library: Library) -> list[str]:
    """Return which proofs are none, each as `docs/data/claims.toml:12: what is wrong`.

    Raises:
        PageError: The file is missing or wrong.
    """
    names = ((claim.id, name) for claim in library.claims for name in claim.proof)
    return library.unknown(FILE, "claim", names, library.proof)


def render(library: Library, page: str) -> Element:
    """Return all claims as elements, whose texts are Markdown still. Proofs that are none are left out.

    Args:
        library: The checkout.
        page: The page they are to stand on, relative to the folder of the pages.

    Raises:
        PageError: The file is missing or wrong.
    """
    block = Element("div", {"class": "sk-claims wide"})
    _filter(block, Counter(claim.verdict for claim in library.claims))
    for part, claims in groupby(library.claims, key=lambda claim: claim.part):
        section = SubElement(block, "section", {"class": "sk-part"})
        SubElement(section, f"{UNLISTED}h3", {"id": f"paragraph-{part}"}).text = f"Paragraph {part}"
        for claim in claims:
            _claim(SubElement(section, "div", {"class": f"sk-check {_CLASSES[claim.verdict]}"}), claim, library, page)
    return block


def _filter(block: Element, counts: Counter[str]) -> None:
    """Add the counts, which are buttons: a style sheet is all that they need."""
    box = SubElement(block, "fieldset", {"class": "sk-filter", "data-search-exclude": ""})
    SubElement(box, "legend").text = "Show claims by verdict"
    # "all" comes last, so that whoever tries one after the other sees each do something.
    for verdict, name in [*_CLASSES.items(), ("all", "sk-all")]:
        label = SubElement(box, "label", {"class": name})
        button = SubElement(label, "input", {"type": "radio", "name": "sk-verdict", "value": name})
        if name == "sk-all":
            button.set("checked", "")
        button.tail = f" {counts.total() if name == 'sk-all' else counts[verdict]} "
        SubElement(label, "span", {"class": "sk-verdict"}).text = verdict
    _switch(block, "sk-blind", "Hide the verdicts, to vote on them first")
    # A teacher's link has them hidden before the first claim is there to be seen.
    opened = "if (location.search == '?class') document.querySelector('.sk-blind input').checked = true"
    SubElement(block, "script").text = AtomicString(opened)


def _switch(parent: Element, name: str, words: str) -> None:
    """Add a box to tick, of which the style sheet makes what it says."""
    label = SubElement(parent, "label", {"class": name, "data-search-exclude": ""})
    SubElement(label, "input", {"type": "checkbox"}).tail = f" {words}"


def _claim(card: Element, claim: Claim, library: Library, page: str) -> None:
    head = SubElement(card, f"{UNLISTED}h4", {"id": claim.slug})
    number = SubElement(head, "a", {"class": "sk-number", "href": f"#{claim.slug}"})
    number.text, number.tail = claim.id, " "
    verdict = SubElement(head, "span", {"class": "sk-vh"})  # a search shows the heading, and who hears it wants to know
    verdict.text, verdict.tail = claim.verdict, " "
    said = SubElement(head, "span", {"class": "sk-quoted"})
    said.text = "It says: "
    SubElement(said, "em").text = claim.said
    _switch(card, "sk-unblind", "Show the verdict")
    SubElement(card, "p", {"class": "sk-verdict", UNSOUGHT: ""}).text = claim.verdict  # the heading has it
    _sentence(card, "sk-true", "True:", claim.true)
    if claim.why:
        _sentence(card, "sk-why", "Why people say it:", claim.why).set(UNSOUGHT, "")
    if claim.picture:
        SubElement(card, "p", {"class": "sk-picture", UNSOUGHT: ""}).text = _PICTURES[claim.picture]
    if claim.unproven:
        _sentence(card, "sk-proof", "No run shows it:", claim.unproven).set(UNSOUGHT, "")
    for proof in _proofs(claim, library):
        run = _sentence(card, "sk-proof", "See the run:", " ")
        run.set(UNSOUGHT, "")  # these are the words of another page
        link = SubElement(run, "a", {"href": _address(proof, page)})
        link.text = AtomicString(links.plain(proof.says))


def _sentence(card: Element, name: str, label: str, text: str) -> Element:
    paragraph = SubElement(card, "p", {"class": name})
    bold = SubElement(paragraph, "strong")
    bold.text, bold.tail = label, f" {text}"
    return paragraph


def _proofs(claim: Claim, library: Library) -> list[Proof]:
    found = []
    for name in claim.proof:
        try:
            found.append(library.proof(name))
        except PageError:
            continue  # `mistakes` has said so
    return found


def _address(proof: Proof, page: str) -> str:
    place = proof.place
    file = "" if place.page == page else posixpath.relpath(place.page, posixpath.dirname(page) or ".")
    return f"{file}#{place.anchor}"


class Claims(Whole):
    """What the article says, what is true, and the run that shows it."""

    name = "claims"
    guide = _GUIDE
    file = FILE

    def render(self, asked: None, spot: Spot) -> Element:
        return render(spot.library, spot.page)

    def mistakes(self, library: Library) -> list[str]:
        return mistakes(library)

    def entries(self, library: Library) -> Iterator[tuple[str, str]]:
        return texts(library)


BLOCK = Claims()
