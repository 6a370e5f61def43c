"""Events in the database, and the words that follow them."""

import random
import sqlite3
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.client.chats import change, history, said
from tkchat.client.database import DatabaseError
from tkchat.client.database_schema import END, SPAN
from tkchat.client.history import History
from tkchat.client.stored import (
    current_text,
    event_id,
    find_room,
    newest_message,
    room_id,
    select_entries,
    store,
)
from tkchat.wire.entry import Entry, Kind

EDITED = [
    said(1, "apple"),
    change(2, Kind.EDIT, 1, "banana"),
    change(3, Kind.EDIT, 1, "cherry"),
    change(4, Kind.REACT, 1, "durian"),
    said(5, "elder"),
    change(6, Kind.DELETE, 5),
    change(7, Kind.EDIT, 5, "fig"),
]


def words(connection: sqlite3.Connection) -> dict[str, int]:
    """Return which fruit the index finds, and where."""
    names = ["apple", "banana", "cherry", "durian", "elder", "fig"]
    found = {}
    for name in names:
        for (id_,) in connection.execute("SELECT rowid FROM word WHERE word MATCH ?", (name,)):
            found[name] = id_ % SPAN
    return found


def test_entries_come_out_as_they_went_in(tmp_path: Path) -> None:
    entries = [
        Entry(1, 1_700_000_000_123, "@böb", "alice", "one\ntwo ☃", mid="0" * 32),
        Entry(2, 0, "lab", "bob", "", Kind.REPLY, 1),
        change(10**12, Kind.REACT, 1, "🙂"),
    ]
    with history(tmp_path) as chat, chat.database.writing() as connection:
        store(connection, chat.chat or 0, entries)
        assert select_entries(connection, "event.id > ? ORDER BY event.id", (0,)) == entries


@pytest.mark.parametrize("seed", range(10))
def test_only_the_newest_text_is_found_in_whatever_order_it_came(tmp_path: Path, seed: int) -> None:
    order = [*EDITED, *EDITED]
    random.Random(seed).shuffle(order)
    with history(tmp_path) as chat, chat.database.writing() as connection:
        for entry in order:
            store(connection, chat.chat or 0, [entry])
        assert words(connection) == {"cherry": 1}
        connection.execute("INSERT INTO word (word) VALUES ('integrity-check')")
        newest = current_text(connection, event_id(chat.chat or 0, 1))
        assert newest is not None
        assert newest[1] == "cherry"
        assert current_text(connection, event_id(chat.chat or 0, 5)) is None


def test_rooms_are_made_once_and_are_of_one_chat(tmp_path: Path) -> None:
    with history(tmp_path) as chat, chat.database.writing() as connection:
        assert find_room(connection, 1, "lab") is None
        lab = room_id(connection, 1, "lab")
        assert room_id(connection, 1, "lab") == find_room(connection, 1, "lab") == lab
        assert room_id(connection, 2, "lab") != lab


def test_the_newest_message_of_a_room(tmp_path: Path) -> None:
    with history(tmp_path) as chat, chat.database.writing() as connection:
        number = chat.chat or 0
        store(connection, number, [said(1), said(2, room="lab"), said(3), change(4, Kind.EDIT, 3)])
        general = find_room(connection, number, "general")
        assert newest_message(connection, number, general) == 3
        assert newest_message(connection, number, general, 3) == 1
        assert newest_message(connection, number, general, 1) == 0
        assert newest_message(connection, number, None) == 0


def take(chat: History, entry: Entry) -> None:
    chat.take([entry], entry.seq)


@pytest.mark.parametrize(
    "entry", [said(END), said(10**18 - 1), change(1, Kind.EDIT, 10**18 - 1, "x")]
)
def test_a_seq_beyond_all_bounds_is_refused(tmp_path: Path, entry: Entry) -> None:
    with history(tmp_path) as chat:
        with pytest.raises(DatabaseError, match="unusual"):
            take(chat, entry)
        assert chat.head is None
        assert chat.rooms() == []


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=20))
def test_any_text_is_kept(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    with history(tmp_path_factory.mktemp("chat")) as chat:
        take(chat, Entry(1, 0, "general", "bob", text))
        assert [entry.text for entry in chat.page("general", None, 5).entries] == [text]
