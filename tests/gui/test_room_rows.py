"""Which rooms the sidebar lists."""

from tkchat.client import events
from tkchat.client.model import Model
from tkchat.client.room import Changes
from tkchat.gui.room_list import RoomRow
from tkchat.gui.room_rows import people_shown, room_rows
from tkchat.wire.entry import Entry


def told(*what: events.Event) -> Model:
    model = Model("alice")
    for event in what:
        model.apply(event, Changes())
    return model


def entry(seq: int, room: str, text: str) -> events.Arrived:
    return events.Arrived((Entry(seq, 1_700_000_000_000, room, "bob", text),), live=True)


def test_own_rooms_come_with_what_is_unread() -> None:
    model = told(
        events.Welcome("alice", "general", tagged=True),
        events.Live(),
        *(events.RoomJoined(room) for room in ("general", "lab", "design")),
        events.RoomsThere((("general", 2), ("attic", 7), ("lab", 1))),
        entry(1, "lab", "hello"),
        entry(2, "lab", "again"),
        entry(3, "design", "look here, alice"),
        entry(4, "@bob", "psst"),
        entry(5, "general", "seen"),
    )
    assert room_rows(model) == [
        RoomRow("general"),
        RoomRow("design", 1, news=True, strong=True),
        RoomRow("lab", 2, news=True),
        RoomRow("@bob", 1, news=True, strong=True),
        RoomRow("attic", elsewhere=True),
    ]


def test_offline_all_known_rooms_are_own_ones() -> None:
    model = told(
        events.Welcome("alice", "general", tagged=True),
        events.RoomJoined("lab"),
        events.RoomLeft("lab"),
        events.Lost("gone", 4),
    )
    assert [row.room for row in room_rows(model)] == ["general", "lab"]


def test_with_a_plain_host_rooms_come_with_their_people() -> None:
    model = told(
        events.Welcome("alice", "general"),
        events.PeopleHere(("alice", "bob")),
        events.RoomsThere((("general", 1), ("lab", 3))),
    )
    assert room_rows(model) == [RoomRow("general", 2), RoomRow("lab", 3)]


def test_in_a_conversation_the_two_are_listed_as_far_as_they_are_there() -> None:
    model = told(
        events.Welcome("alice", "general", tagged=True),
        events.PeopleHere(("alice", "bob", "carol"), "general"),
        events.Entered("@bob"),
    )
    assert list(people_shown(model)) == ["alice", "bob"]
    model.apply(events.Went("bob", "general"), Changes())
    assert list(people_shown(model)) == ["alice"]
