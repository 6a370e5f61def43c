"""One room as a person sees it."""

from datetime import UTC, datetime, timedelta

import pytest

from tkchat.client.message import Kind, Message
from tkchat.client.room import Room, mentions
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


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("hi alice", True),
        ("@Alice: look", True),
        ("alices", False),
        ("malice", False),
        ("", False),
    ],
)
def test_who_is_named(text: str, expected: bool) -> None:
    assert mentions(text, "alice") is expected
