"""All rooms that a person has seen."""

from datetime import UTC, datetime

import pytest

from tests.client.logs import said
from tkchat.client import rooms as rooms_module
from tkchat.client.message import Kind, Message
from tkchat.client.room import Changes
from tkchat.client.rooms import Rooms, trim
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
    rooms.current.waiting.append(rooms.message(Kind.SAID, "alice", "waits"))
    rooms.enter("ops", Changes())
    assert list(rooms.by_name) == [GENERAL, "ops"]
    assert [message.text for message in rooms.current.messages] == ["waits"]


def test_what_was_scrolled_back_to_is_kept_until_the_room_is_left(
    rooms: Rooms, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rooms_module, "KEPT_MESSAGES", 10)
    room = rooms.current
    room.timeline.put([said(seq) for seq in range(1, 31)], 0)
    room.scrolled_back = 20
    trim(room)
    assert len(room.messages) == 30
    rooms.enter("ops", Changes())
    assert len(room.messages) == 10
    assert (room.has_older, room.cursor) == (True, 21)
