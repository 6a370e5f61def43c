"""The table of limits: how each is changed, and that administrators read the same numbers."""

import re
from dataclasses import fields

import pytest

from tests.support import CHECKOUT
from tkchat.server.limits import BadLimit, Limits, with_limit
from tkchat.wire.limits import MAX_LINE_BYTES


def test_a_limit_is_changed_by_its_name() -> None:
    limits = with_limit(with_limit(Limits(), "connections-per-address=3"), "flood_per_second=0.5")
    assert (limits.connections_per_address, limits.flood_per_second) == (3, 0.5)
    assert Limits().connections_per_address == 64


@pytest.mark.parametrize(
    "written",
    [
        *("", "x=1", "connections", "connections=", "connections=many", "connections=0"),
        *("connections=-1", "connections=1.5", "flood_per_second=inf", "flood_per_second=nan"),
        f"line_bytes={MAX_LINE_BYTES + 1}",
    ],
)
def test_what_is_no_limit_is_refused(written: str) -> None:
    with pytest.raises(BadLimit):
        with_limit(Limits(), written)


def test_the_table_for_administrators_is_this_one() -> None:
    text = (CHECKOUT / "docs" / "security.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `([a-z_]+)` \| ([0-9,.]+) \| .+ \|$", text, re.MULTILINE)
    in_table = {name: float(number.replace(",", "")) for name, number in rows}
    assert in_table == {each.name: float(getattr(Limits(), each.name)) for each in fields(Limits)}
