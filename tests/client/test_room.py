"""One room as a person sees it."""

from datetime import UTC, datetime, timedelta

from tkchat.client.message import Kind, Message
from tkchat.client.room import Level, Room
from tkchat.client.timeline import Timeline

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


def room(name: str = "ops") -> Room:
    return Room(name, Timeline(lambda entry, era: message(entry.text), lambda: "alice"))


def message(text: str) -> Message:
    return Message(0, Kind.SAID, "bob", text, NOON)


def test_what_waits_comes_last() -> None:
    it = room()
    it.waiting.append(message("waits"))
    it.timeline.append(message("said"))
    assert [each.text for each in it.messages] == ["said", "waits"]


def test_nobody_types_for_long() -> None:
    it = room()
    it.typing = {"eve": NOON, "Bob": NOON, "old": NOON - timedelta(seconds=10)}
    assert it.typists(NOON + timedelta(seconds=1)) == ["Bob", "eve"]
    assert it.typists(NOON + timedelta(seconds=10)) == []


def test_a_conversation_is_a_room_of_two() -> None:
    assert room("@bob").is_conversation
    assert not room("bob").is_conversation


def test_its_level_says_what_counts_and_what_disturbs() -> None:
    it = room()
    it.unread, it.mentions = 5, 2
    found = {}
    for level in Level:
        it.level = level
        found[level] = (it.news, it.wants(False), it.wants(True))
    assert found == {
        Level.ALL: (5, True, True),
        Level.MENTIONS: (2, False, True),
        Level.MUTED: (0, False, False),
    }
