"""What is typed into the search box, taken apart."""

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.client.chats import said
from tkchat.client.query import Query, day_of, parse

NOW = datetime(2026, 11, 21, 17, 30).astimezone()  # a Saturday


def day(*numbers: int) -> datetime:
    return datetime(*numbers).astimezone()  # type: ignore[arg-type]  # three numbers at least


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", Query()),
        ("lunch today", Query("lunch today")),
        ("from:alice", Query(author="alice")),
        ("from:@alice FROM:Bob", Query(author="Bob")),
        ("in:#design plan", Query("plan", room="design")),
        ("in:@bob hi", Query("hi", room="@bob")),
        ("has:link", Query(has_link=True)),
        ('"exact phrase" word', Query('"exact phrase" word')),
        ('from:alice "open', Query('"open', author="alice")),
        ('from:"alice" x', Query("x", author="alice")),
        ('From:"two words" x', Query("x", author="two words")),
        ("from: in: after: x", Query("x")),  # not typed to the end yet
        ("http://x.y size:10 12:30 :+1: a:b", Query("http://x.y size:10 12:30 :+1: a:b")),
        ("before:2026-11-01", Query(before=day(2026, 11, 1))),
        ("after:yesterday", Query(after=day(2026, 11, 20))),
        ("on:today", Query(after=day(2026, 11, 21), before=day(2026, 11, 22))),
        ("on:2026-02", Query(after=day(2026, 2, 1), before=day(2026, 3, 1))),
    ],
)
def test_filters_are_told_from_words(text: str, expected: Query) -> None:
    assert parse(text, NOW) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-11-01", day(2026, 11, 1)),
        ("2026-7-4", day(2026, 7, 4)),
        ("2025-12", day(2025, 12, 1)),
        ("today", day(2026, 11, 21)),
        ("Yesterday", day(2026, 11, 20)),
        ("saturday", day(2026, 11, 21)),
        ("friday", day(2026, 11, 20)),
        ("sun", day(2026, 11, 15)),
        ("7d", day(2026, 11, 14)),
        ("2w", day(2026, 11, 7)),
        ("12h", day(2026, 11, 21, 5, 30)),
        ("2026-02-30", None),
        ("2026-13", None),
        ("0000-01-01", None),
        ("9999999d", None),
        ("9999d", day(1999, 7, 7)),
        ("tomorrow", None),
        ("su", None),
        ("", None),
    ],
)
def test_days_have_many_names(text: str, expected: datetime | None) -> None:
    found = day_of(text, NOW)
    assert (found[0] if found else None) == expected


def test_a_day_ends_where_the_next_begins() -> None:
    assert day_of("2026-03-29", NOW) == (day(2026, 3, 29), day(2026, 3, 30))
    assert day_of("2025-12", NOW) == (day(2025, 12, 1), day(2026, 1, 1))


def test_a_filter_that_makes_no_sense_is_explained_and_left_out() -> None:
    query = parse("after:someday has:legs lunch", NOW)
    assert (query.words, query.after, query.has_link) == ("lunch", None, False)
    assert ["someday" in query.problems[0], "has:link" in query.problems[1]] == [True, True]
    assert "7d" in query.problems[0]


@pytest.mark.parametrize(
    ("text", "is_empty"),
    [
        ("in:lab", False),
        ("   ", True),
        ("x", False),
        ("from:a", False),
        ("-x", True),
        ("in:", True),
    ],
)
def test_a_room_alone_is_enough_to_look_for(text: str, is_empty: bool) -> None:
    assert parse(text, NOW).is_empty is is_empty


@pytest.mark.parametrize(
    ("query", "fits"),
    [
        (Query(), True),
        (Query("only words are not looked at"), True),
        (Query(author="BOB"), True),
        (Query(author="carol"), False),
        (Query('"red  Apple"'), True),
        (Query('"apple red"'), False),
        (Query('x"apple red"'), True),  # no phrase: the quotes are amid a word
        (Query('"cafe'), True),
        (Query(has_link=True), True),
        (Query(after=datetime.fromtimestamp(5).astimezone()), True),
        (Query(after=datetime.fromtimestamp(5.5).astimezone()), False),
        (Query(before=datetime.fromtimestamp(5).astimezone()), False),
        (Query(before=datetime.fromtimestamp(5.5).astimezone()), True),
    ],
)
def test_what_applies_to_a_message(query: Query, fits: bool) -> None:
    assert query.fits(said(5, "A red apple in the Café, http://x.y")) is fits


def test_what_cannot_be_sent_is_not_looked_for() -> None:
    found = parse("from:a\ud800 \0b", NOW)
    assert (found.author, found.words) == ("a\ufffd", "\ufffdb")


@given(st.text(max_size=60))
def test_no_text_is_too_strange(text: str) -> None:
    query = parse(text, NOW)
    query.fits(said(1, text))


@pytest.mark.parametrize(
    ("text", "words", "without"),
    [
        ("lunch -monday", "lunch", ("monday",)),
        ('-"red apple" lunch', "lunch", ('"red apple"',)),
        ("--force x-ray - -", "--force x-ray - -", ()),
        ("-5", "", ("5",)),
        ('lunch -"', "lunch", ()),
    ],
)
def test_a_minus_is_for_what_must_not_be_there(
    text: str, words: str, without: tuple[str, ...]
) -> None:
    query = parse(text, NOW)
    assert (query.words, query.without) == (words, without)


@pytest.mark.parametrize(
    ("without", "text", "fits"),
    [
        ("café", "At the CAFE!", False),
        ("caf", "At the cafe", True),
        ('"red apple"', "a red, apple", False),
        ('"red apple"', "red apples", True),
        ("検索", "全文検索です", False),
        ("検閲", "全文検索です", True),
    ],
)
def test_unwanted_words_are_whole_ones(without: str, text: str, fits: bool) -> None:
    assert Query(without=(without,)).fits(said(5, text)) is fits
