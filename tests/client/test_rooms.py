"""All rooms that a person has seen."""

from datetime import UTC, datetime

import pytest

from tests.client.logs import said
from tkchat.client import rooms as rooms_module
from tkchat.client.message import Kind, Message
from tkchat.client.pages import Cursor
from tkchat.client.room import Answered, Changes, Level
from tkchat.client.rooms import Rooms
from tkchat.wire.entry import Entry
from tkchat.wire.names import GENERAL

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


def make(entry: Entry, era: int) -> Message:
    message = Message(entry.seq, Kind.SAID, entry.author, entry.text, NOON)
    message.seq, message.era = entry.seq, era
    return message


@pytest.fixture
def rooms() -> Rooms:
    return Rooms("alice", lambda: NOON, make)


def test_one_begins_in_general(rooms: Rooms) -> None:
    assert rooms.current is rooms.get(GENERAL)
    assert rooms.get("ops") is rooms.get("ops")


def test_what_changed_in_the_room_that_is_left_is_not_to_be_drawn(rooms: Rooms) -> None:
    changes = Changes()
    rooms.tell(rooms.current, Kind.NOTICE, "", "hello", changes)
    assert [message.text for message in changes.added] == ["hello"]
    assert rooms.enter("ops", changes)
    assert changes.entered
    assert changes.added == []
    assert not rooms.enter("ops", changes)
    rooms.tell(rooms.get(GENERAL), Kind.NOTICE, "", "elsewhere", changes)
    assert changes.added == []


def test_a_room_that_the_host_spells_in_another_way_is_the_same(rooms: Rooms) -> None:
    rooms.enter("OPS", Changes())
    typed = rooms.current
    typed.waiting.append(rooms.message(Kind.SAID, "alice", "waits"))
    typed.draft, typed.level = "unfinished", Level.MUTED
    typed.answered = Answered(7, "bob", "a question")
    rooms.get("ops").waiting.append(rooms.message(Kind.SAID, "alice", "waits too"))
    rooms.enter("ops", Changes())
    room = rooms.current
    assert list(rooms.by_name) == [GENERAL, "ops"]
    assert [message.text for message in room.messages] == ["waits too", "waits"]
    assert (room.draft, room.level, room.answered) == ("unfinished", Level.MUTED, typed.answered)


def test_a_room_in_which_something_was_said_is_not_taken_for_another(rooms: Rooms) -> None:
    rooms.enter("@Bob", Changes())
    rooms.current.timeline.put([said(1)], 0)
    rooms.enter("@bob", Changes())  # who has the name now
    assert list(rooms.by_name) == [GENERAL, "@Bob", "@bob"]
    assert rooms.current.messages == []


def test_what_was_scrolled_back_to_is_kept_until_the_room_is_left(
    rooms: Rooms, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rooms_module, "KEPT_MESSAGES", 10)
    room = rooms.current
    room.timeline.put([said(seq) for seq in range(1, 31)], 0)
    room.scrolled_back = 20
    rooms.trim(room)
    assert len(room.messages) == 30
    rooms.enter("ops", Changes())
    assert len(room.messages) == 10
    assert (room.has_older, room.cursor) == (True, Cursor(0, 21))


def test_what_is_forgotten_of_an_earlier_log_is_looked_for_there(rooms: Rooms) -> None:
    room = rooms.current
    rooms.era = 3
    room.timeline.put([said(seq) for seq in range(1, 31)], 1)
    room.timeline.put([said(seq) for seq in range(1, 6)], 3)
    rooms.forget_oldest(room, 15)
    assert room.cursor == Cursor(0, 21, age=2)
