"""What of a room is on this computer, read from beginning to end."""

import tracemalloc
from pathlib import Path

import pytest

from tests.client.chats import change, history, said
from tkchat.client.export import stored_messages as module
from tkchat.client.export.stored_messages import stored_messages
from tkchat.client.history import History
from tkchat.client.message import Kind as Shown
from tkchat.client.message import Message
from tkchat.wire.entry import Entry, Kind


def read(chat: History, room: str = "general") -> list[Message]:
    return list(stored_messages(chat, room))


def told(chat: History, room: str = "general") -> list[str]:
    return [m.text if m.kind is Shown.SAID else f"({m.text})" for m in read(chat, room)]


def complete(chat: History, entries: list[Entry]) -> None:
    """Store all that there ever was in general."""
    chat.take(entries, entries[-1].seq)
    chat.take_page("general", [], True, entries[0].seq)


def test_messages_come_as_they_read_now(tmp_path: Path) -> None:
    with history(tmp_path) as chat:
        complete(
            chat,
            [
                said(1, "first", author="alice"),
                change(2, Kind.REPLY, 1, "second"),
                change(3, Kind.EDIT, 2, "changed"),
                change(4, Kind.REACT, 1, "👍"),
                said(5, "gone"),
                change(6, Kind.DELETE, 5),
                said(7, "elsewhere", room="design"),
            ],
        )
        first, second, gone = read(chat)
    assert (first.text, first.author, first.own, first.seq) == ("first", "alice", True, 1)
    assert first.reactions == {"👍": ["bob"]}
    assert (second.text, second.edited, second.answers) == ("changed", True, 1)
    assert second.quote == ("alice", "first")
    assert (gone.text, gone.deleted) == ("", True)
    assert first.at.tzinfo is not None
    assert first.at.timestamp() == 1


def test_pages_follow_on_each_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "PAGE", 3)
    with history(tmp_path) as chat:
        complete(chat, [*map(said, range(1, 11)), change(11, Kind.REPLY, 2, "m11")])
        found = read(chat)
    assert [message.text for message in found] == [f"m{seq}" for seq in range(1, 12)]
    assert len({message.key for message in found}) == 11
    assert found[-1].quote == ("bob", "m2")


def test_what_is_missing_is_marked(tmp_path: Path) -> None:
    only_there = "(Some messages here may be only on the host.)"
    with history(tmp_path) as chat:
        chat.take([said(5), said(6)], 6)
        assert told(chat) == [only_there, "m5", "m6"]
        chat.take_page("general", [said(1)], True, 3)
        assert told(chat) == ["m1", only_there, "m5", "m6"]
        chat.gap(5, 5)
        chat.forget_floor("general")
        assert told(chat)[0] == only_there


def test_what_comes_later_may_be_missing_too(tmp_path: Path) -> None:
    with history(tmp_path) as chat:
        complete(chat, [said(1)])
        chat.forget_floor("general")
        chat.take_page("general", [said(1)], True, 2)
        assert told(chat) == ["m1", "(Newer messages may be only on the host.)"]


def test_former_logs_come_first(tmp_path: Path) -> None:
    with history(tmp_path) as chat:
        complete(chat, [said(1, "old")])
        chat.welcomed("another log", "alice", "token")
        complete(chat, [said(1, "new")])
        found = read(chat)
    assert [m.text for m in found] == ["old", "The host began anew here.", "new"]
    assert [m.era for m in found if m.seq] == [0, 1]


def test_of_an_unknown_room_there_is_nothing(tmp_path: Path) -> None:
    with history(tmp_path) as chat:
        assert read(chat, "nowhere") == []
        assert list(stored_messages(History(chat.database, "192.0.2.7:1", "bob"), "general")) == []


def test_memory_does_not_grow_with_them(tmp_path: Path) -> None:
    with history(tmp_path) as chat:
        complete(chat, [said(seq, "words " * 20) for seq in range(1, 10_001)])
        tracemalloc.start()
        count = sum(1 for _ in stored_messages(chat, "general"))
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert count == 10_000
    assert peak < 2_500_000
