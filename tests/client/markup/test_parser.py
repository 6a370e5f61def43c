"""Whole messages: nothing but marks is lost, and no text takes long."""

import time
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tkchat.client.markup import (
    MAX_CHARS,
    Block,
    Code,
    ListItem,
    Markup,
    Paragraph,
    Quote,
    Span,
    Style,
    as_plain,
    plain_text,
)

MARKS = "*_~`>-• \n"


@pytest.fixture(scope="module")
def markup() -> Markup:
    return Markup()


def all_said(blocks: Sequence[Block]) -> str:
    """Return every word of the blocks: markers and languages too."""
    said = []
    for block in blocks:
        if isinstance(block, Quote):
            said.append(all_said(block.blocks))
        else:
            said += [block.language] if isinstance(block, Code) else []
            said.append(plain_text([block]))
    return "\n".join(said)


def without_marks(text: str) -> str:
    return "".join(char for char in text if char not in MARKS)


def mentions_in(blocks: Sequence[Block]) -> list[tuple[str, str]]:
    spans = [
        span for block in blocks if isinstance(block, Paragraph | ListItem) for span in block.spans
    ]
    return [(span.text, span.mention) for span in spans if span.mention]  # fmt: skip


def test_a_message_with_everything(markup: Markup) -> None:
    source = "Hello **you**\n> said\n\n1. one\n```py\nx*y*z\n```\nsee a.org"
    assert markup.parse(source) == [
        Paragraph((Span("Hello "), Span("you", Style.BOLD))),
        Quote((Paragraph((Span("said"),)),)),
        Paragraph(()),
        ListItem(0, "1.", (Span("one"),)),
        Code("py", "x*y*z"),
        Paragraph((Span("see "), Span("a.org", url="http://a.org"))),
    ]


@pytest.mark.parametrize("text", ["", "hello", "a\n\n  b  c\n", "  /\\_/\\\n ( o.o )\n  > ^ <"])
def test_plain_text_is_one_paragraph(markup: Markup, text: str) -> None:
    assert plain_text(markup.parse(text)) == text
    assert len(markup.parse(text)) == 1


def test_no_mark_reaches_over_a_blank_line(markup: Markup) -> None:
    text = "*a\n \nb* `c\n\nd`"
    assert plain_text(markup.parse(text)) == text


@given(st.text(st.characters(codec="utf-8", exclude_characters="*_~`[<>-•@:1234567890.")))
def test_text_without_marks_stays_as_it_is(text: str) -> None:
    assert plain_text(Markup().parse(text, ["ab"])) == text


@given(st.text("ab 1.)*_~`>-\n", max_size=80), st.booleans())
def test_nothing_is_lost_but_marks(text: str, is_cut: bool) -> None:
    said = all_said(Markup().parse(text, ["ab"], is_cut=is_cut))
    assert without_marks(said) == without_marks(text)


@given(st.text("ab[]()<>:/.@whtps\n*_`", max_size=120))
def test_no_text_fails(text: str) -> None:
    Markup().parse(text, ["ab", "w"])


@pytest.mark.parametrize("text", ["\0", "a\ud800*b*", "*\u202e*", "[\n](http://a)", "\r\n> a\r\n"])
def test_odd_texts_are_taken(markup: Markup, text: str) -> None:
    assert markup.parse(text)


def test_mentions(markup: Markup) -> None:
    text = "**@ada** and Linus, `@ada` not, nor https://a.org/@ada; @all"
    assert mentions_in(markup.parse(text, ["ada", "linus"])) == [
        ("@ada", "ada"),
        ("Linus", "linus"),
        ("@all", "all"),
    ]
    assert mentions_in(markup.parse("hello ada!", ["ada"])) == [("ada", "ada")]
    assert mentions_in(markup.parse("- ask ada", ["ada"])) == [("ada", "ada")]
    assert mentions_in(markup.parse("hello ada!")) == []


def test_only_addresses(markup: Markup) -> None:
    assert markup.addresses("- *a*") == [Span("- *a*")]
    assert markup.addresses("see http://a") == [Span("see "), Span("http://a", url="http://a")]


def test_a_very_long_text_stays_as_it_is(markup: Markup) -> None:
    text = "**a**".ljust(MAX_CHARS)
    assert len(markup.parse(text)[0].spans) == 2  # type: ignore[union-attr]  # a paragraph
    assert markup.parse(f"{text} ") == [Paragraph((Span(f"{text} "),))]


def test_after_very_many_marks_no_more_are_looked_for(markup: Markup) -> None:
    text = "**a**\n\n" * 200 + "> *b*"
    *_, before, last = markup.parse(text)
    assert last == Quote((Paragraph((Span("*b*"),)),))
    assert isinstance(before, Paragraph)
    assert before.spans[0] == Span("a", Style.BOLD)
    assert "**a**" in before.spans[-1].text


HOSTILE = [
    "*", "*a ", "**a _b ", "_a_ ", "a*", "中*", "~~a", "~", "`", "` `` ``` ", "_`", "[", "[a](",
    "[ab", "](", "[a](http://", "[a](http://a(", "<", "<http://a", "http:", "http://", "http://a(",
    ":", "mailto:a@", "www.", "www.a.org ", "a@b", "a@b.com ", "a.com", "@ab ", "> ", ">\n",
    "> > > > > > x\n", "- a\n", "- - - ", "1. a\n", "```a\n", "```\n", "> ```\n",
    "\n*", "*\n\n", " \n", "• ",
]  # fmt: skip


@pytest.mark.parametrize("unit", HOSTILE)
def test_hostile_texts_take_no_time(markup: Markup, unit: str) -> None:
    text = unit * (4_000 // len(unit))
    markup.parse(text, ["ab"])
    times = []
    for _ in range(5):
        began = time.process_time()
        markup.parse(text, ["ab"])
        times.append(time.process_time() - began)
    assert min(times) < 0.02


@pytest.mark.parametrize(
    "text", ["http://" + "(" * 2_000 + ")" * 1_900, "".join("`" * n + " " for n in range(88))]
)
def test_hostile_texts_of_growing_parts_take_no_time(markup: Markup, text: str) -> None:
    began = time.process_time()
    markup.parse(text)
    assert time.process_time() - began < 0.1


def test_what_a_text_says_without_its_marks() -> None:
    assert as_plain("**now** see `make` and [docs](http://x.org)\n- one") == (
        "now see make and docs\n• one"
    )
    assert as_plain("2 * 3 * 4") == "2 * 3 * 4"
