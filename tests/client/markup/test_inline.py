"""Emphasis, code and links in a line."""

import pytest

from tkchat.client.markup.blocks import Span, Style
from tkchat.client.markup.inline import Inline

BOLD, ITALIC, STRIKE, CODE = Style.BOLD, Style.ITALIC, Style.STRIKE, Style.CODE


def merged(source: str) -> list[Span]:
    """Return the spans with neighbours of one look made one."""
    found: list[Span] = []
    for span in Inline().spans(source):
        last = found[-1] if found else None
        if last and (last.style, last.url) == (span.style, span.url):
            found[-1] = Span(last.text + span.text, span.style, span.url)
        else:
            found.append(span)
    return found


def links(source: str) -> list[tuple[str, str]]:
    return [(span.text, span.url) for span in merged(source) if span.url]


@pytest.mark.parametrize(
    "plain",
    [
        "**",
        "* a *",
        "2*3*4 and 2**3**4",
        "snake_case_name and __init__",
        "~/x ~y~ ~~",
        r"C:\dir\_x \*no\*",
        "a * b * c",
        "¯\\_(ツ)_/¯",
        "*a",
        "`a",
        "``a`",
        "[a] (b) [c](d) [e](javascript:alert(1)) [f](http://)",
        "<b>x</b> &amp; <a@b>",
        "![x] [](http://a.org)"[:4],
        "a  b   c",
        "main.py, README.md and 3.14",
        "note: this, time: 12:30",
        "ftp://x file:///etc xhttp://a.org javascript:alert(1)",
        "http:// https://... http://)",
    ],
)
def test_what_is_no_markup_stays_as_it_is(plain: str) -> None:
    assert merged(plain) == [Span(plain)]


@pytest.mark.parametrize(
    ("source", "spans"),
    [
        ("**a b**", [Span("a b", BOLD)]),
        ("*a* _b_", [Span("a", ITALIC), Span(" "), Span("b", ITALIC)]),
        ("***a***", [Span("a", BOLD | ITALIC)]),
        ("**a *b* c**", [Span("a ", BOLD), Span("b", BOLD | ITALIC), Span(" c", BOLD)]),
        ("~~a~~!", [Span("a", STRIKE), Span("!")]),
        ("**~~a~~**", [Span("a", BOLD | STRIKE)]),
        ("**a\n b**", [Span("a\n b", BOLD)]),
        ("(*a*)", [Span("("), Span("a", ITALIC), Span(")")]),
        ("*2*3*", [Span("2*3", ITALIC)]),
        ("中文**粗体**中文", [Span("中文"), Span("粗体", BOLD), Span("中文")]),
        ("`*a*`", [Span("*a*", CODE)]),
        ("**`a`**", [Span("a", BOLD | CODE)]),
        ("`` a`b ``", [Span("a`b", CODE)]),
        ("` a `", [Span(" a ", CODE)]),
        ("```a```", [Span("a", CODE)]),
        ("`a\n  b`", [Span("a\n  b", CODE)]),
        ("*a `b*`", [Span("*a "), Span("b*", CODE)]),
    ],
)
def test_emphasis_and_code(source: str, spans: list[Span]) -> None:
    assert merged(source) == spans


@pytest.mark.parametrize(
    ("source", "addresses"),
    [
        ("see http://example.org now", ["http://example.org"]),
        ("HTTPS://Example.org/A?b=c#d", ["HTTPS://Example.org/A?b=c#d"]),
        ("(https://example.org/wiki/Net_(x)).", ["https://example.org/wiki/Net_(x)"]),
        ("(see https://example.org/)", ["https://example.org/"]),
        ("https://a.org, https://b.org!", ["https://a.org", "https://b.org"]),
        ('<https://a.org> "https://b.org"', ["https://a.org", "https://b.org"]),
        ("https://a.org/ä/你好", ["https://a.org/ä/你好"]),
        ("**https://a.org** ~~https://b.org~~", ["https://a.org", "https://b.org"]),
        ("https://a.org/_x_/*y*z", ["https://a.org/_x_/*y*z"]),
        ("http://localhost:8000/x http://192.168.0.1/", ["http://localhost:8000/x", "http://192.168.0.1/"]),
        ("mailto:a@b.org", ["mailto:a@b.org"]),
    ],
)  # fmt: skip
def test_addresses(source: str, addresses: list[str]) -> None:
    assert links(source) == [(address, address) for address in addresses]


def test_addresses_without_a_scheme() -> None:
    found = links("www.a.org/x, python.org, bob@example.org: good")
    assert found == [
        ("www.a.org/x", "http://www.a.org/x"),
        ("python.org", "http://python.org"),
        ("bob@example.org", "mailto:bob@example.org"),
    ]


def test_code_has_no_links() -> None:
    assert merged("`https://a.org www.a.org`") == [Span("https://a.org www.a.org", CODE)]


def test_links_with_words() -> None:
    assert links("[the wiki](https://a.org/Net_(x)) [b](HTTP://b) [c](mailto:c@d.org)") == [
        ("the wiki", "https://a.org/Net_(x)"),
        ("b", "HTTP://b"),
        ("c", "mailto:c@d.org"),
    ]
    assert merged("[**a** `b`](http://x)") == [
        Span("a", BOLD, "http://x"),
        Span(" ", url="http://x"),
        Span("b", CODE, "http://x"),
    ]
    assert links("[a](http://x)[b](http://y)") == [("a", "http://x"), ("b", "http://y")]
    assert links("[see www.a.org](http://a.org/x)") == [("see www.a.org", "http://a.org/x")]


@pytest.mark.parametrize(
    ("source", "note"),
    [
        ("[paypal.com](http://evil.example/paypal.com)", "evil.example"),
        ("[https://paypal.com/x](https://evil.example)", "evil.example"),
        ("[pay **pal.com**](https://evil.example)", "evil.example"),
        ("[paypal.com](https://paypal.com@evil.example)", "evil.example"),
        ("https://paypal.com@evil.example/", "evil.example"),
        ("[bob@a.org](mailto:eve@b.org)", "b.org"),
        ("[a.org](http://[x)", "http://[x"),
    ],
)
def test_a_link_that_pretends_says_where_it_leads(source: str, note: str) -> None:
    found = merged(source)
    assert found[0].url
    assert found[-1] == Span(f" ({note})")


@pytest.mark.parametrize(
    "honest",
    [
        "[a.org](https://a.org/deep/link)",
        "[www.a.org](https://A.ORG)",
        "[a.org](https://www.a.org)",
        "[the wiki](https://a.org)",
        "https://a.org/b.html",
        "[bob@a.org](mailto:bob@a.org)",
        "mailto:bob.jones@a.org",
        "https://a.org/@bob.jones",
    ],
)
def test_an_honest_link_does_not(honest: str) -> None:
    assert len({span.url for span in merged(honest)}) == 1


def test_of_a_program_only_addresses_are_looked_at() -> None:
    found = Inline().addresses("*Hello* <a> https://a.org and b.org")
    assert [(span.text, span.url) for span in found] == [
        ("*Hello* <a> ", ""),
        ("https://a.org", "https://a.org"),
        (" and ", ""),
        ("b.org", "http://b.org"),
    ]
