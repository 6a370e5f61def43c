"""Messages found by their words."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.client.chats import change, history, said
from tkchat.client.history import History
from tkchat.wire.entry import Kind


def find(chat: History, text: str, room: str = "", limit: int = 50) -> list[int]:
    return [hit.entry.seq for hit in chat.search(text, room, limit)]


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
        assert [(hit.entry.seq, hit.entry.text) for hit in chat.search("new")] == [(1, "new")]


def test_a_hit_leads_to_its_place_in_an_earlier_log_too(tmp_path: Path) -> None:
    with history(tmp_path, "old") as chat:
        chat.take([said(seq, f"apple {seq}") for seq in range(1, 10)], 9)
        chat.welcomed("new", "alice", "token")
        chat.take([said(seq, f"apple {seq}") for seq in range(1, 3)], 2)
        hits = chat.search("apple")
        assert [(hit.era, hit.entry.seq) for hit in hits][:4] == [(0, 2), (0, 1), (1, 9), (1, 8)]
        assert [hit.era for hit in chat.search("apple", "general", 3)] == [0, 0, 1]
        page = chat.page_around("general", hits[5].at, 4)
        assert (page.era, [entry.seq for entry in page.entries]) == (1, [5, 6, 7, 8])
