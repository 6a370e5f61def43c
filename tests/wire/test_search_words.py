"""What is found by which words, in a real index."""

import contextlib
import sqlite3
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.wire.strategies import names
from tkchat.wire.names import name_key
from tkchat.wire.search_words import author_word, has_link, index_text, query_words


@contextlib.contextmanager
def index(*texts: str) -> Iterator[sqlite3.Connection]:
    """Make an index of ``texts``, whose numbers begin at 0."""
    with contextlib.closing(sqlite3.connect(":memory:")) as connection:
        connection.execute(
            "CREATE VIRTUAL TABLE said USING fts5 "
            "(text, content = '', tokenize = 'unicode61 remove_diacritics 2')"
        )
        for number, text in enumerate(texts):
            row = (number, index_text(text))
            connection.execute("INSERT INTO said (rowid, text) VALUES (?, ?)", row)
        yield connection


def find(connection: sqlite3.Connection, text: str) -> list[int]:
    query = query_words(text)
    rows = connection.execute("SELECT rowid FROM said WHERE said MATCH ?", (query or '""',))
    return [number for (number,) in rows]


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        ("今天我们去吃午饭吧", "午饭"),
        ("今天我们去吃午饭吧", "饭"),
        ("今天我们去吃午饭吧", "午饭 今天"),
        ("日本語のテキスト", "本語"),
        ("日本語のテキスト", "キスト"),
        ("version2をリリース", "version2をリ"),
        ("ｶﾞｲﾄﾞ", "ガイド"),
        ("ガイド", "ｶﾞｲﾄﾞ"),
        ("か\u3099い", "がい"),
        ("𠮷野家で食べた", "野家"),
        ("학교에서 만나요", "교에"),
        ("ภาษาไทยง่าย", "ไทย"),
        ("ພາສາລາວ", "ລາວ"),
        ("မြန်မာစာ", "မာ"),
        ("ភាសាខ្មែរ", "ខ្មែរ"),
        ("ｈｅｌｌｏ", "hello"),
        ("Hello Wörld", "world HEL"),
        ("Don't", "don't"),
        ("see C++, C# and a.b_c", "c++"),
        ("lunch at 12", "lunch 😀 at 1"),
        ("to be or not to be", '"not to" be'),
        ("to be or not to be", '"not to b'),
        ("to be or not to be", 'to "be"'),
    ],
)
def test_what_is_found(said: str, asked: str) -> None:
    with index("another", said) as connection:
        assert find(connection, asked) == [1]


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        ("今天我们去吃午饭吧", "饭午"),
        ("今天我们去吃午饭吧", "午吃"),
        ("日本語", "本日"),
        ("hello world", "ello"),
        ("hello world", "hel world"),
        ("hello world", '"hel" world'),
        ("to be or not to be", '"to not"'),
        ("hello", ""),
        ("hello", "😀"),
        ("hello", '"" * - ^'),
        ("hello", "\0"),
        ("hello", "\ud800"),
    ],
)
def test_what_is_not_found(said: str, asked: str) -> None:
    with index(said) as connection:
        assert find(connection, asked) == []


@given(st.text(), st.text())
def test_no_text_breaks_the_query(said: str, asked: str) -> None:
    with index(said.encode("utf-8", "replace").decode()) as connection:
        assert find(connection, asked) in ([], [0])


@given(st.text(st.sampled_from("日本語이다ไทยab1 "), min_size=1))
def test_what_was_said_is_found_by_itself(said: str) -> None:
    with index(said) as connection:
        assert find(connection, said) == ([0] if said.strip() else [])


@pytest.mark.parametrize(
    "text", ["a http://b", "(HTTPS://x.org)", "www.example.org", "x https://y"]
)
def test_what_is_a_link(text: str) -> None:
    assert has_link(text)


@pytest.mark.parametrize("text", ["", "http:// alone", "https is safe", "awww.no", "ftp://x"])
def test_what_is_no_link(text: str) -> None:
    assert not has_link(text)


@given(names)
def test_a_person_has_one_word_however_the_name_is_written(name: str) -> None:
    word = author_word(name)
    assert word == author_word(name_key(name))
    assert word.isascii()
    assert word.isalnum()


@given(names, names)
def test_two_people_have_two_words(one: str, other: str) -> None:
    assert (author_word(one) == author_word(other)) == (name_key(one) == name_key(other))
