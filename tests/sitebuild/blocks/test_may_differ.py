"""The list of what may differ is the one by which the comparisons go."""

from __future__ import annotations

from socktrace.canonical import MAY_DIFFER, MAY_DIFFER_TOGETHER
from socktrace.session import canonical as session
from support.checkout import Checkout, fence


def test_the_page_shows_each_field_that_may_differ(checkout: Checkout) -> None:
    page = checkout.page(fence("may-differ"))
    shown = [
        (" ".join(code.get_text() for code in row.select("code")), cell.get_text())
        for row in page.select("tbody tr")
        for cell in row.select("td")
    ]
    rows = [*MAY_DIFFER.items(), *MAY_DIFFER_TOGETHER.items(), *session.MAY_DIFFER.items()]
    assert shown == [(fields.replace(", ", " "), what) for fields, what in rows]
