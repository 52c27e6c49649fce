"""Sixteen switches that make a port number."""

from __future__ import annotations

import pytest

from support.checkout import Checkout, fence, one, text_of


def test_the_switches_show_the_number(checkout: Checkout) -> None:
    block = one(checkout.page(fence("bits", "port: 8080", "ask: Turn *some*.")), ".sk-bits")
    switches = block.select("input")
    assert [int(str(switch["value"])) for switch in switches] == [2**bit for bit in reversed(range(16))]
    assert sum(int(str(switch["value"])) for switch in switches if switch.has_attr("checked")) == 8080
    assert text_of(block, "output") == "8080"
    assert text_of(block, ".sk-ask em") == "some"
    assert not block.select(".sk-byte > p, output > span")


def test_the_two_bytes_are_told_where_they_are_wanted_and_what_the_number_is_with_these_swapped(
    checkout: Checkout,
) -> None:
    block = one(checkout.page(fence("bits", "port: 8080", "ask: Turn some.", "bytes: yes")), ".sk-bits")
    assert [part.get_text() for part in block.select(".sk-byte > p")] == [
        "high byte: 1f in hex, 31 \u00d7 256",
        "low byte: 90 in hex, 144",
    ]
    assert [part.get_text() for part in block.select("output > *")] == ["8080", "with the bytes swapped: 36895"]


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        (("8080",), "a bits fence holds the options port and ask"),
        (("port: 65536", "ask: x"), "port is 65536; write a number from 0 to 65535"),
        (("port: 80", "ask: x", "bytes: both"), "bytes is both; write yes, or leave it out"),
        (("port: web", "ask: x"), "port is web; write a number from 0 to 65535"),
    ],
)
def test_a_mistake_is_told_with_its_cure(lines: tuple[str, ...], message: str, checkout: Checkout) -> None:
    assert message in text_of(checkout.page(fence("bits", *lines)), ".socktrace-error")
