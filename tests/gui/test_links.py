"""Which part of a text is a web address."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tkchat.gui.links import split_links


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("see http://example.org now", ["http://example.org"]),
        ("HTTPS://Example.org/A?b=c#d", ["HTTPS://Example.org/A?b=c#d"]),
        ("(https://example.org/wiki/Net_(x)).", ["https://example.org/wiki/Net_(x)"]),
        ("(see https://example.org/)", ["https://example.org/"]),
        ("https://a.org, https://b.org!", ["https://a.org", "https://b.org"]),
        ('<https://a.org> "https://b.org"', ["https://a.org", "https://b.org"]),
        ("https://a.org/ä/你好", ["https://a.org/ä/你好"]),
        ("javascript:alert(1) ftp://x file:///etc www.a.org xhttp://a.org", []),
        ("http:// https://... http://)", []),
    ],
)
def test_finding_links(text: str, links: list[str]) -> None:
    assert [part for part, is_link in split_links(text) if is_link] == links


@given(st.text("htps:/.()[]ab \n", max_size=80))
def test_nothing_is_lost(text: str) -> None:
    assert "".join(part for part, _ in split_links(text)) == text


def test_a_hostile_text_takes_no_time() -> None:
    began = time.process_time()
    list(split_links("http://" + "(" * 4000 + ")" * 8000 + "http://" * 500))
    assert time.process_time() - began < 0.5
