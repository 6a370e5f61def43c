"""Rooms, who may read them, and what of that lasts."""

import pytest

from tkchat.server.log_records import Account, Batch, Membership, State, StoredRoom
from tkchat.server.member import Person, Room
from tkchat.server.rooms import Rooms, find_label, is_called, party
from tkchat.wire.errors import RemoteError

ALICE, BOB = 1, 2


@pytest.fixture
def batch() -> Batch:
    return Batch()


@pytest.fixture
def rooms(batch: Batch) -> Rooms:
    return Rooms(State([], [], [], {}), batch)


def test_there_is_always_general_and_it_lasts(rooms: Rooms, batch: Batch) -> None:
    assert rooms.find("#General") is rooms.general
    assert batch.rooms == [StoredRoom(1, "general", "general")]
    assert rooms.get(1) is rooms.general
    assert rooms.labels(ALICE) == {1: "general"}
    assert rooms.of(ALICE) == [rooms.general]


def test_a_room_begins_when_somebody_goes_there(rooms: Rooms) -> None:
    room = rooms.open("Games")
    assert rooms.open("#games") is room
    assert rooms.find("GAMES") is room
    assert (room.name, room.key, room.id) == ("Games", "games", 0)
    assert [each.name for each in rooms] == ["general", "Games"]


@pytest.mark.parametrize(
    ("name", "code"),
    [("nowhere", "no-room"), ("a b", "bad-name"), ("", "bad-name"), ("#", "bad-name")],
)
def test_what_is_no_room(rooms: Rooms, name: str, code: str) -> None:
    with pytest.raises(RemoteError) as refused:
        rooms.find(name)
    assert refused.value.code == code


def test_one_s_own_room(rooms: Rooms) -> None:
    alice = Person("alice", "alice", rooms={rooms.general: None})
    rooms.open("games")
    assert rooms.find_own(alice, "general") is rooms.general
    with pytest.raises(RemoteError, match="not in games") as refused:
        rooms.find_own(alice, "games")
    assert refused.value.code == "not-allowed"


def test_a_topic_lasts_and_so_does_its_room(rooms: Rooms, batch: Batch) -> None:
    games = rooms.open("Games")
    rooms.set_topic(games, "chess", "bob", batch)
    rooms.set_topic(rooms.general, "all", "carol", batch)
    assert batch.rooms[1:] == [
        StoredRoom(2, "games", "Games", "chess", "bob"),
        StoredRoom(1, "general", "general", "all", "carol"),
    ]
    loaded = Rooms(State([], batch.rooms[1:], [], {}), Batch()).find("games")
    assert (loaded.topic, loaded.topic_by) == ("chess", "bob")


def test_who_may_read_a_room(rooms: Rooms, batch: Batch) -> None:
    games = rooms.open("games")
    rooms.add_label(ALICE, games, "games", batch)
    rooms.add_label(BOB, games, "games", batch)
    assert sorted(rooms.readers(games.id)) == [ALICE, BOB]
    rooms.remove_label(ALICE, games, batch)
    assert list(rooms.readers(games.id)) == [BOB]
    state = State([], batch.rooms, batch.joined, {})
    assert list(Rooms(state, Batch()).readers(games.id)) == [BOB]
    assert list(rooms.readers(99)) == []


def test_a_room_is_forgotten_if_nobody_is_in_it_and_nothing_lasts(
    rooms: Rooms, batch: Batch
) -> None:
    empty, used, stored = (rooms.open(name) for name in ("empty", "used", "stored"))
    used.people["alice"] = Person("alice", "alice")
    rooms.store(stored, batch)
    for room in (empty, used, stored, rooms.general):
        rooms.forget_unused(room)
    assert [room.name for room in rooms] == ["general", "used", "stored"]


def test_a_conversation_is_one_room_for_both_and_in_no_list(rooms: Rooms) -> None:
    room = rooms.conversation("1", "2")
    assert rooms.conversation("2", "1") is room
    assert rooms.conversation("1", "3") is not room
    assert rooms.conversation("1", "~bob") is not room
    assert rooms.conversation("1", "1") is not rooms.conversation("1", "11")
    assert room.is_conversation
    assert list(rooms) == [rooms.general]


def test_an_account_s_number_and_a_plain_client_s_name_stand_for_them() -> None:
    assert party("bob", None) == "~bob"
    assert party("bob", Account(7, "Bob", "bob", b"", "", 0)) == "7"


def test_what_an_account_may_read(rooms: Rooms, batch: Batch) -> None:
    before = rooms.labels(ALICE)
    games, talk = rooms.open("Games"), rooms.conversation("1", "2")
    assert rooms.add_label(ALICE, games, "Games", batch)
    assert rooms.add_label(ALICE, talk, "@bob", batch)
    assert not rooms.add_label(ALICE, talk, "@bob", batch)
    assert rooms.labels(ALICE) == {1: "general", 2: "Games", 3: "@bob"}
    assert rooms.labels(BOB) == {1: "general"}
    assert before == {1: "general"}, "another thread may be reading it"
    assert rooms.of(ALICE) == [rooms.general, games]
    assert batch.joined == [Membership(ALICE, 2, "Games"), Membership(ALICE, 3, "@bob")]


def test_leaving_what_was_joined_in_the_same_batch_leaves_nothing_to_do(
    rooms: Rooms, batch: Batch
) -> None:
    games = rooms.open("games")
    rooms.add_label(ALICE, games, "games", batch)
    rooms.remove_label(ALICE, games, batch)
    assert not batch.joined
    assert not batch.left
    assert rooms.labels(ALICE) == {1: "general"}


def test_coming_back_into_what_was_left_in_the_same_batch_leaves_nothing_to_do(
    rooms: Rooms, batch: Batch
) -> None:
    games = rooms.open("games")
    rooms.add_label(ALICE, games, "games", Batch())
    rooms.remove_label(ALICE, games, batch)
    rooms.add_label(ALICE, games, "games", batch)
    assert not batch.left
    assert not batch.joined
    assert games.id in rooms.labels(ALICE)
    rooms.remove_label(ALICE, games, batch)
    assert batch.left == [(ALICE, games.id)]
    assert not batch.joined


def test_everything_is_as_it_was_after_loading() -> None:
    batch = Batch()
    stored = [StoredRoom(4, "general", "general"), StoredRoom(9, "games", "Games")]
    memberships = [Membership(ALICE, 9, "Games")]
    rooms = Rooms(State([], stored, memberships, {}), batch)
    assert batch.is_empty
    assert rooms.general.id == 4
    assert rooms.labels(ALICE) == {4: "general", 9: "Games"}
    assert [room.name for room in rooms.of(ALICE)] == ["general", "Games"]
    new = rooms.open("lab")
    rooms.store(new, batch)
    rooms.store(new, batch)
    assert batch.rooms == [StoredRoom(10, "lab", "lab")]
    assert isinstance(rooms.get(10), Room)
    assert rooms.get(11) is None


@pytest.mark.parametrize(
    ("asked", "label", "is_it"),
    [
        ("general", "general", True),
        ("#General", "general", True),
        ("\uff47eneral", "general", True),
        ("@BOB", "@bob", True),
        ("@bob", "bob", False),
        ("bob", "@bob", False),
        ("strasse", "straße", False),
    ],
)
def test_what_a_room_is_called(asked: str, label: str, is_it: bool) -> None:
    assert is_called(asked, label) is is_it
    assert find_label({5: label, 6: "other"}, asked) == ([5] if is_it else [])


def test_the_newest_of_two_conversations_with_one_name_is_the_last() -> None:
    assert find_label({9: "@bob", 3: "general", 4: "@bob"}, "@bob") == [4, 9]
    with pytest.raises(RemoteError) as refused:
        find_label({3: "general"}, "a b")
    assert refused.value.code == "bad-name"
