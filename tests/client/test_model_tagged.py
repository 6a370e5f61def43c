"""What a person sees of a host that keeps a log, event by event."""

from datetime import UTC, datetime

from tests.client.logs import mid, own, page_of, said
from tkchat.client.events import (
    Arrived,
    Came,
    Connecting,
    Entered,
    Event,
    Found,
    GapFound,
    Jumped,
    Live,
    Lost,
    Noticed,
    Opened,
    PeopleHere,
    PresenceSet,
    RoomJoined,
    RoomLeft,
    RoomsThere,
    TopicSet,
    Typing,
    Welcome,
    Went,
)
from tkchat.client.message import Kind
from tkchat.client.model import Link, Model
from tkchat.client.presence import State
from tkchat.client.room import Changes
from tkchat.net.address import Address
from tkchat.wire import entry as wire
from tkchat.wire.names import GENERAL
from tkchat.wire.requests import Say

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
LOG = [said(seq) for seq in range(1, 10)]


def apply(model: Model, *events: Event) -> Changes:
    changes = Changes()
    for event in events:
        model.apply(event, changes)
    return changes


def model_in_chat() -> Model:
    model = Model("alice", now=lambda: NOON)
    apply(model, Opened("alice", GENERAL, page_of(LOG)), Welcome("alice", GENERAL, True), Live())
    return model


def test_the_window_opens_with_what_is_here_and_stays_through_a_loss() -> None:
    model = Model("alice")
    changes = apply(model, Connecting(Address("h")), Opened("alice", GENERAL, page_of(LOG)))
    assert changes.entered
    assert model.is_tagged
    assert len(model.room.messages) == len(LOG)
    changes = apply(model, Lost("gone", 1.0), Welcome("alice", GENERAL, True), Live())
    assert not changes.added  # no notice of an absence: what was missed comes
    assert (model.link, model.is_live) == (Link.ONLINE, True)
    assert not apply(model, Lost("gone", 1.0)).entered
    assert (model.link, model.is_live) == (Link.LOST, False)


def test_who_is_there_after_a_reconnect_is_no_news() -> None:
    model = Model("alice", now=lambda: NOON)
    apply(model, Welcome("alice", GENERAL, True), Came("bob", GENERAL))
    assert model.room.messages == []
    changes = apply(model, Live(), PeopleHere(("alice", "bob"), GENERAL), Came("eve", GENERAL))
    assert [(m.kind, m.author) for m in changes.added] == [(Kind.PRESENCE, "eve")]
    assert model.people == ["alice", "bob", "eve"]
    changes = apply(model, Went("bob", GENERAL), Went("x", "ops"))
    assert model.people == ["alice", "eve"]
    assert len(changes.added) == 1
    apply(model, Lost("gone", 1.0))
    assert model.people == []


def test_another_room_is_entered_with_what_is_here() -> None:
    model = model_in_chat()
    ops = [said(seq, room="ops") for seq in range(20, 25)]
    apply(model, Arrived(tuple(ops), live=True), RoomJoined("ops"))
    assert model.rooms["ops"].unread == 5
    changes = apply(model, Entered("ops", page_of(ops)))
    assert changes.entered
    assert changes.added == []
    assert model.rooms["ops"].unread == 0
    assert [m.seq for m in model.room.messages] == list(range(20, 25))
    assert apply(model, RoomLeft("ops")).rooms
    assert not model.rooms["ops"].joined


def test_what_waits_is_counted_in_all_rooms() -> None:
    model = model_in_chat()
    changes = Changes()
    says = [Say(GENERAL, "here", mid(1)), Say("ops", "there", mid(2))]
    model.said_here(says, changes)
    assert changes.waiting
    assert model.waiting_count == 2
    apply(model, Arrived((own(10, says[0]),), live=True))
    assert model.waiting_count == 1
    apply(model, Lost("gone", 1.0))
    assert model.waiting_count == 1  # it is safe: nothing doubtful about it


def test_what_can_be_done_to_which_message() -> None:
    model = model_in_chat()
    apply(model, Arrived((said(10, author="alice"),), live=True), Noticed("hello"))
    theirs, mine, notice = model.room.messages[-3:]
    assert (model.can_edit(theirs), model.can_answer(theirs)) == (False, True)
    assert (model.can_edit(mine), model.can_answer(mine)) == (True, True)
    assert (model.can_edit(notice), model.can_answer(notice)) == (False, False)
    delete = wire.Entry(11, 0, GENERAL, "alice", "", wire.Kind.DELETE, 10)
    assert apply(model, Arrived((delete,), live=True)).changed == [mine]
    assert (mine.deleted, model.can_answer(mine)) == (True, False)


def test_typing_ends_with_the_message() -> None:
    model = model_in_chat()
    assert apply(model, Typing(GENERAL, "bob")).typing
    assert model.typists() == ["bob"]
    assert apply(model, Arrived((said(10),), live=True)).typing
    assert model.typists() == []


def test_a_jump_and_the_way_back() -> None:
    model = model_in_chat()
    apply(model, GapFound(10, 100), Arrived((said(101),), live=True))
    far = [said(seq) for seq in range(40, 60)]
    changes = apply(model, Jumped("elsewhere", page_of(far), 50))
    assert changes.jumped is None
    changes = apply(model, Jumped(GENERAL, page_of(far), 50))
    assert changes.jumped is not None
    assert model.room.place is not None
    changes = Changes()
    model.back_to_now(changes)
    assert changes.entered
    assert model.room.place is None


def test_results_go_to_the_view() -> None:
    found = Found(1, (), "here", done=True)
    assert apply(model_in_chat(), found).results is found


def test_a_topic_is_news_when_somebody_sets_it() -> None:
    model = model_in_chat()
    assert not apply(model, TopicSet(GENERAL, "Old things", "bob")).added  # it came with the rooms
    apply(model, RoomsThere(((GENERAL, 2),)))
    changes = apply(model, TopicSet(GENERAL, "All things", "bob"), TopicSet("ops", "News", "bob"))
    assert changes.topic
    assert (model.room.topic, model.rooms["ops"].topic) == ("All things", "News")
    assert [message.text for message in changes.added] == ["bob set the topic: All things"]
    assert not apply(model, TopicSet(GENERAL, "All things", "bob")).added  # the host says it again
    changes = apply(model, TopicSet(GENERAL, "", "bob"))
    assert [message.text for message in changes.added] == ["bob cleared the topic."]
    changes = apply(model, TopicSet(GENERAL, "Else"))  # nobody knows when
    assert (changes.topic, changes.added) == (True, [])


def test_the_last_own_message_that_can_be_edited() -> None:
    model = model_in_chat()
    assert model.last_own() is None
    entries = [
        own(10, Say(GENERAL, "one", mid(1))),
        own(11, Say(GENERAL, "two", mid(2))),
        own(12, Say(GENERAL, "", mid(3), wire.Kind.DELETE, 11)),
        said(13),
        own(14, Say("ops", "elsewhere", mid(4))),
    ]
    apply(model, *(Arrived((each,), True) for each in entries))
    model.said_here([Say(GENERAL, "waits", mid(5))], Changes())
    for room, text in ((None, "one"), (model.rooms["ops"], "elsewhere")):
        message = model.last_own(room)
        assert message is not None
        assert message.text == text


def test_names_are_offered_from_the_room_first_and_then_from_the_chat() -> None:
    model = model_in_chat()
    apply(model, PeopleHere(("alice", "bob", "Eve", "dan", "carol"), GENERAL))
    apply(model, PeopleHere(("alice", "dan"), "ops"), Entered("ops", page_of([])))
    apply(model, Arrived((said(20, author="carol", room="ops"),), True))
    assert model.recent_speakers() == ["carol", "dan", "bob", "Eve"]


def test_people_are_listed_with_what_they_are_up_to() -> None:
    model = model_in_chat()
    apply(
        model,
        PresenceSet("bob", State.AWAY, "lunch"),
        PresenceSet("eve", State.BUSY),
        PresenceSet("dan", State.HERE, "in Paris"),
    )
    model.asked_for(PeopleHere)
    (told,) = apply(model, PeopleHere(("alice", "bob", "dan", "eve"), GENERAL)).added
    assert told.text == "In general: alice, bob (away: lunch), dan (in Paris), eve (busy)"
