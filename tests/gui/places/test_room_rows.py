"""Which rooms and people the sidebar lists."""

from tkchat.client import events
from tkchat.client.model import Model
from tkchat.client.presence import Presence, State
from tkchat.client.room import Changes, Level
from tkchat.gui.places.room_list import RoomRow
from tkchat.gui.places.room_rows import (
    count_others,
    few,
    names_here,
    other_rooms,
    people_shown,
    room_rows,
)
from tkchat.wire.entry import Entry

WELCOME = events.Welcome("alice", "general", tagged=True)


def told(*what: events.Event) -> Model:
    model = Model("alice")
    for event in what:
        model.apply(event, Changes())
    return model


def entry(seq: int, room: str, text: str) -> events.Arrived:
    return events.Arrived((Entry(seq, 1_700_000_000_000, room, "bob", text),), live=True)


def busy() -> Model:
    return told(
        WELCOME,
        events.Live(),
        *(events.RoomJoined(room) for room in ("general", "lab", "design")),
        events.RoomsThere((("general", 2), ("attic", 7), ("lab", 1))),
        events.PeopleHere(("alice", "bob"), "general"),
        entry(1, "lab", "hello"),
        entry(2, "lab", "again"),
        entry(3, "design", "look here, alice"),
        entry(4, "@bob", "psst"),
    )


def test_own_rooms_come_with_what_is_unread() -> None:
    assert room_rows(busy()) == [
        RoomRow("general"),
        RoomRow("design", 1, news=True, strong=True),
        RoomRow("lab", 2, news=True),
        RoomRow("@bob", 1, news=True, strong=True, presence=Presence()),
    ]


def test_others_are_listed_apart() -> None:
    assert other_rooms(busy()) == [RoomRow("attic", elsewhere=True)]


def test_of_many_others_a_few_are_listed() -> None:
    rows = [RoomRow(str(number)) for number in range(9)]
    assert few(rows[:4]) == (rows[:4], 0)
    assert few(rows[:5]) == (rows[:3], 2)
    assert few(rows) == (rows[:3], 6)


def test_the_latest_conversation_comes_first() -> None:
    model = told(WELCOME, events.Live(), entry(1, "@zoe", "hi"), entry(2, "@bob", "hi"))
    assert [row.room for row in room_rows(model)] == ["general", "@bob", "@zoe"]
    model.apply(entry(3, "@zoe", "again"), Changes())
    assert [row.room for row in room_rows(model)] == ["general", "@zoe", "@bob"]


def test_what_a_person_does_not_want_to_hear_of_is_not_counted() -> None:
    model = busy()
    model.set_level("lab", Level.MUTED)
    model.set_level("design", Level.MENTIONS)
    model.apply(entry(5, "design", "for anybody"), Changes())
    rows = {row.room: row for row in room_rows(model)}
    assert rows["lab"] == RoomRow("lab", muted=True)
    assert rows["design"] == RoomRow("design", 1, news=True, strong=True)


def test_topics_drafts_and_presences_are_told() -> None:
    model = busy()
    model.apply(events.TopicSet("lab", "Experiments"), Changes())
    model.apply(events.PresenceSet("bob", State.AWAY, "lunch"), Changes())
    model.rooms["lab"].draft = "half a"
    model.rooms["general"].draft = "in the box, to be seen"
    rows = {row.room: row for row in room_rows(model)}
    assert (rows["lab"].topic, rows["lab"].draft) == ("Experiments", True)
    assert not rows["general"].draft
    assert rows["@bob"].presence == Presence(State.AWAY, "lunch")


def test_offline_all_known_rooms_are_own_ones() -> None:
    model = told(WELCOME, events.RoomJoined("lab"), events.RoomLeft("lab"), events.Lost("gone", 4))
    assert [row.room for row in room_rows(model)] == ["general", "lab"]
    assert other_rooms(model) == []


def test_with_a_plain_host_rooms_come_with_their_people() -> None:
    model = told(
        events.Welcome("alice", "general"),
        events.PeopleHere(("alice", "bob")),
        events.RoomsThere((("general", 1), ("lab", 3))),
    )
    assert room_rows(model) == [RoomRow("general", 2), RoomRow("lab", 3)]
    assert other_rooms(model) == []


def test_in_a_conversation_everybody_is_listed() -> None:
    model = told(
        WELCOME,
        events.PeopleHere(("alice", "bob"), "general"),
        events.PeopleHere(("alice", "carol"), "lab"),
    )
    assert list(names_here(model)) == ["alice", "bob"]
    assert not people_shown(model, ["alice"]).everywhere
    model.apply(events.Entered("@bob"), Changes())
    assert list(names_here(model)) == ["alice", "bob", "carol"]
    assert people_shown(model, ["alice"]).everywhere


def test_others_are_counted_in_all_rooms() -> None:
    model = Model("alice")
    model.apply(events.Welcome("alice", "general", tagged=True), Changes())
    assert count_others(model) == 0
    model.apply(events.PeopleHere(("alice", "bob", "carol"), "general"), Changes())
    assert count_others(model) == 2
    model.apply(events.RoomsThere((("general", 3), ("attic", 5))), Changes())
    assert count_others(model) == 5
