"""The style of an exported page."""

import re

from tkchat.client.export.html_style import STYLE


def test_every_colour_that_is_used_is_defined() -> None:
    used = set(re.findall(r"var\((--[\w-]+)\)", STYLE))
    defined = set(re.findall(r"(--[\w-]+):", STYLE))
    assert used - defined == {"--hue"}  # which each author has


def test_it_is_balanced_and_loads_nothing() -> None:
    assert STYLE.count("{") == STYLE.count("}")
    assert "url(" not in STYLE
    assert "<" not in STYLE
