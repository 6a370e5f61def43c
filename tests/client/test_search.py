"""Messages found by their words."""

import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.client.chats import change, history, said
from tkchat.client.database_schema import MIGRATIONS, SPAN
from tkchat.client.history import History
from tkchat.client.query import Query
from tkchat.wire.entry import Kind
from tkchat.wire.search_words import index_text


def find(chat: History, text: str, room: str = "", limit: int = 50) -> list[int]:
    return [hit.entry.seq for hit in chat.search(Query(text), room, limit)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("lunch", [4, 1]),
        ("LUNCH Today", [1]),
        ("today lunch", [1]),
        ("lu", [4, 1]),
        ("lu today", []),  # only the last word may be unfinished
        ("cafe", [2]),
        ("don't", [3]),
        ("Привет", [5]),
        ("!!! lunch", [4, 1]),
        ("", []),
        (" \n ", []),
        ("!!!", []),
        ("lunch OR café", []),
        ('"', []),
        ("lunch*", [4, 1]),
        ("text:lunch", []),
        ("NEAR(", []),
        ("a\0b", []),
        ("\ud800", []),
    ],
)
def test_words_are_found_and_nothing_is_an_operator(
    tmp_path: Path, text: str, expected: list[int]
) -> None:
    with history(tmp_path) as chat:
        texts = ["Lunch, today?", "the Café", "I don't", "lunch tomorrow", "привет всем"]
        chat.take([said(seq, each) for seq, each in enumerate(texts, 1)], 5)
        assert find(chat, text) == expected
        assert find(chat, text, "general") == expected
        assert find(chat, text, "lab") == []


@given(st.text(max_size=30))
def test_no_text_is_too_strange_to_search_for(
    tmp_path_factory: pytest.TempPathFactory, text: str
) -> None:
    with history(tmp_path_factory.mktemp("chat")) as chat:
        chat.take([said(1, "hello")], 1)
        assert find(chat, text) in ([], [1])


def test_the_newest_come_first_and_not_too_many(tmp_path: Path) -> None:
    with history(tmp_path) as chat:
        rooms = {seq: "lab" if seq % 3 == 0 else "general" for seq in range(1, 31)}
        chat.take([said(seq, "same", room) for seq, room in rooms.items()], 30)
        chat.take_page("general", [], complete=False)
        assert find(chat, "same", limit=4) == [30, 29, 28, 27]
        assert find(chat, "same", "lab", limit=4) == [30, 27, 24, 21]
        assert find(chat, "same", "general", limit=2) == [29, 28]


def test_an_edited_message_is_shown_with_its_newest_text(tmp_path: Path) -> None:
    with history(tmp_path) as chat:
        chat.take([said(1, "old"), change(2, Kind.EDIT, 1, "new"), said(3, "old new")], 3)
        chat.take([change(4, Kind.DELETE, 3)], 4)
        assert find(chat, "old") == []
        assert [(hit.entry.seq, hit.entry.text) for hit in chat.search(Query("new"))] == [
            (1, "new")
        ]


def test_a_hit_leads_to_its_place_in_an_earlier_log_too(tmp_path: Path) -> None:
    with history(tmp_path, "old") as chat:
        chat.take([said(seq, f"apple {seq}") for seq in range(1, 10)], 9)
        chat.welcomed("new", "alice", "token")
        chat.take([said(seq, f"apple {seq}") for seq in range(1, 3)], 2)
        hits = chat.search(Query("apple"))
        assert [(hit.era, hit.entry.seq) for hit in hits][:4] == [(0, 2), (0, 1), (1, 9), (1, 8)]
        assert [hit.era for hit in chat.search(Query("apple"), "general", 3)] == [0, 0, 1]
        page = chat.page_around("general", hits[5].at, 4)
        assert (page.era, [entry.seq for entry in page.entries]) == (1, [5, 6, 7, 8])


def at(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        (Query(author="Alice"), [6, 1]),
        (Query("lunch", author="alice"), [1]),
        (Query(author="nobody"), []),
        (Query(author="Zoë"), [4]),
        (Query("look", author="ZOË"), [4]),
        (Query("look", author="Zoé"), []),
        (Query("lunch", room="lab"), [3]),
        (Query(after=at(3), before=at(5)), [4, 3]),
        (Query("lunch", after=at(2)), [3, 2]),
        (Query(before=at(1)), []),
        (Query(has_link=True), [6, 4]),
        (Query("see", has_link=True, author="alice"), [6]),
        (Query('"the lunch"'), [2]),
        (Query('"lunch the"'), []),
        (Query("!!!", author="alice"), []),
    ],
)
def test_filters_and_words_all_apply(tmp_path: Path, query: Query, expected: list[int]) -> None:
    with history(tmp_path) as chat:
        entries = [
            said(1, "lunch", author="alice"),
            said(2, "the lunch"),
            said(3, "lunch", room="lab"),
            said(4, "look: HTTPS://a.b/c", author="zoë"),
            said(5, "http://gone.example"),
            said(6, "see", author="alice"),
            change(7, Kind.EDIT, 6, "see www.example.com"),
            change(8, Kind.EDIT, 5, "nothing"),
            said(9, "http://deleted.example"),
            change(10, Kind.DELETE, 9),
        ]
        chat.take(entries, 10)
        assert [hit.entry.seq for hit in chat.search(query)] == expected


def test_the_room_in_the_query_goes_before_the_one_that_is_looked_at(tmp_path: Path) -> None:
    with history(tmp_path) as chat:
        chat.take([said(1, "x", "lab"), said(2, "x")], 2)
        assert [hit.entry.seq for hit in chat.search(Query("x", room="lab"), "general")] == [1]
        assert chat.search(Query(author="bob", room="nowhere")) == []
        assert [hit.entry.seq for hit in chat.search(Query(room="lab"))] == [1]
        assert chat.search(Query(room="lab", without=("x",))) == []


@pytest.mark.parametrize("text", ["晚饭", "饭吃", "今天 什么", "今"])
def test_words_of_scripts_without_spaces_are_found_in_the_middle(tmp_path: Path, text: str) -> None:
    with history(tmp_path) as chat:
        chat.take([said(1, "今天晚饭吃什么"), said(2, "早饭")], 2)
        assert find(chat, text) == [1]
        chat.take([change(3, Kind.EDIT, 1, "x")], 3)
        assert find(chat, text) == []


def test_an_older_file_learns_to_find_them(tmp_path: Path) -> None:
    with history(tmp_path) as chat:
        texts = {1: "lunch", 2: "今天晚饭", 3: "饭", 4: "饭"}
        chat.take([said(seq, text) for seq, text in texts.items()], 4)
        chat.take([change(5, Kind.EDIT, 3, "早饭"), change(6, Kind.DELETE, 4)], 6)
        where = chat.chat
    file = tmp_path / "chats.sqlite3"
    old = {1: "lunch", 2: "今天晚饭", 3: "早饭"}
    with sqlite3.connect(file, isolation_level=None) as connection:
        connection.execute("INSERT INTO word (word) VALUES ('delete-all')")
        for seq, text in old.items():
            connection.execute(
                "INSERT INTO word (rowid, room, text) VALUES (?, 1, ?)",
                ((where or 0) * SPAN + seq, text),
            )
        connection.create_function("index_text", 1, index_text)
        for statement in (each for each in MIGRATIONS[1] if "reworded" in each):
            connection.execute(statement)
    connection.close()
    with history(tmp_path) as chat:
        assert find(chat, "饭") == [3, 2]
        assert find(chat, "lunch") == [1]
        chat.take([change(7, Kind.DELETE, 2)], 7)
        assert find(chat, "饭") == [3]
