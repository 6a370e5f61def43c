"""What a person sees of a plain host, event by event; of a tagged one: test_model_tagged.py."""

from datetime import UTC, datetime, timedelta

import pytest

from tkchat.client.events import (
    Came,
    Connecting,
    Entered,
    Event,
    Lost,
    Noticed,
    NotIn,
    PeopleHere,
    Problem,
    RoomsThere,
    Said,
    Welcome,
    Went,
)
from tkchat.client.message import Delivery, Kind
from tkchat.client.model import Link, Model
from tkchat.client.room import KEPT_MESSAGES, Changes
from tkchat.net.address import Address
from tkchat.wire.names import GENERAL
from tkchat.wire.requests import Say

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
AWAY = "You were away for a moment; what was said then is not shown."


def model_in_chat() -> Model:
    model = Model("alice", now=lambda: NOON)
    apply(model, Welcome("alice", GENERAL), Came("alice"))
    return model


def apply(model: Model, *events: Event) -> Changes:
    changes = Changes()
    for event in events:
        model.apply(event, changes)
    return changes


def say(model: Model, *texts: str) -> Changes:
    changes = Changes()
    model.said_here([Say(model.room.name, text) for text in texts], changes)
    return changes


def texts(changes: Changes) -> list[str]:
    return [message.text for message in changes.added]


@pytest.mark.parametrize(
    ("event", "kind", "author", "text", "own"),
    [
        (Said("bob", "hi"), Kind.SAID, "bob", "hi", False),
        (Said("alice", "from elsewhere"), Kind.SAID, "alice", "from elsewhere", True),
        (Came("bob"), Kind.PRESENCE, "bob", "joined", False),
        (Went("bob"), Kind.PRESENCE, "bob", "left", False),
        (Noticed("news"), Kind.NOTICE, "", "news", False),
    ],
)
def test_an_event_becomes_a_message(
    event: Event, kind: Kind, author: str, text: str, own: bool
) -> None:
    model = model_in_chat()
    (message,) = apply(model, event).added
    found = (message.kind, message.author, message.text, message.own)
    assert found == (kind, author, text, own)
    assert message.delivery is Delivery.SENT
    assert message.at == NOON
    assert model.room.messages[-1] is message


def test_what_is_said_on_the_way_belongs_to_the_room_that_is_entered() -> None:
    model = model_in_chat()
    (before,) = say(model, "before").added
    model.moving()
    (there,) = say(model, "there").added
    apply(model, Said("alice", "before"), Entered("ops"))
    assert there in model.room.messages
    assert before in model.rooms[GENERAL].messages
    assert there not in model.rooms[GENERAL].messages
    apply(model, Said("alice", "there"))
    assert there.delivery is Delivery.SENT


def test_what_was_asked_for_by_hand_is_shown_once() -> None:
    model = model_in_chat()
    model.asked_for(PeopleHere)
    model.asked_for(RoomsThere)
    event = (PeopleHere(("alice", "bob")), RoomsThere(((GENERAL, 2), ("ops", 1))))
    assert texts(apply(model, *event)) == [
        "In general: alice, bob",
        "Rooms: general (2), ops (1)",
    ]
    assert texts(apply(model, *event)) == []


def test_a_longer_absence_is_told_with_its_times() -> None:
    now = NOON
    model = Model("alice", now=lambda: now)
    apply(model, Welcome("alice", GENERAL), Said("bob", "hi"), Lost("cut", 1.0))
    now = NOON.replace(hour=13)
    changes = apply(model, Welcome("alice", GENERAL))
    assert texts(changes) == ["You were away from 12:00 to 13:00; what was said then is not shown."]


def test_keys_are_never_reused() -> None:
    model = model_in_chat()
    apply(model, Said("bob", "one"), Entered("ops"), Said("bob", "two"), Entered(GENERAL))
    messages = [message for room in model.rooms.values() for message in room.messages]
    assert len({message.key for message in messages}) == len(messages) == 4


def test_the_echo_confirms_what_was_said_once() -> None:
    model = model_in_chat()
    (message,) = say(model, "hi").added
    assert (message.own, message.author, message.delivery) == (True, "alice", Delivery.WAITING)
    changes = apply(model, Said("alice", "hi"))
    assert (changes.added, changes.delivered) == ([], [message])
    assert message.delivery is Delivery.SENT
    assert texts(apply(model, Said("alice", "hi"))) == ["hi"]  # said from somewhere else


def test_of_the_same_text_twice_the_older_is_confirmed_first() -> None:
    model = model_in_chat()
    first, second = say(model, "hi", "hi").added
    assert apply(model, Said("alice", "hi")).delivered == [first]
    assert apply(model, Said("alice", "hi")).delivered == [second]


def test_somebody_elses_words_confirm_nothing() -> None:
    model = model_in_chat()
    (message,) = say(model, "hi").added
    assert texts(apply(model, Said("bob", "hi"))) == ["hi"]
    assert message.delivery is Delivery.WAITING


def test_what_was_not_confirmed_before_a_loss_is_doubtful_for_good() -> None:
    model = model_in_chat()
    (message,) = say(model, "hi").added
    assert apply(model, Lost("gone", 1.0)).delivered == [message]
    assert message.delivery is Delivery.DOUBTFUL
    changes = apply(model, Welcome("alice", GENERAL), Said("alice", "hi"))
    assert message.delivery is Delivery.DOUBTFUL
    assert texts(changes) == [AWAY, "hi"]


def test_a_confirmation_also_counts_after_leaving_the_room() -> None:
    model = model_in_chat()
    (message,) = say(model, "hi").added
    apply(model, Entered("ops"), Said("alice", "hi"))
    assert message.delivery is Delivery.SENT


def test_the_link() -> None:
    model = Model("alice", now=lambda: NOON)
    states = [model.link]
    for event in (
        Connecting(Address("h")),
        Welcome("alice", GENERAL),
        Lost("cut", 4.0),
        Connecting(Address("h")),
        NotIn(Problem.NOBODY_LISTENS),
    ):
        assert apply(model, event).link
        states.append(model.link)
    online, lost = Link.ONLINE, Link.LOST
    assert states == [Link.CONNECTING, Link.CONNECTING, online, lost, Link.CONNECTING, lost]


def test_a_loss_tells_why_and_when_the_next_try_is() -> None:
    model = model_in_chat()
    apply(model, PeopleHere(("bob",)), Lost("cut", 4.0))
    assert (model.lost_why, model.retry_at) == ("cut", NOON + timedelta(seconds=4))
    assert model.people == []
    apply(model, NotIn(Problem.NO_ANSWER))
    assert (model.lost_why, model.retry_at) == ("no answer", None)


def test_people_are_listed_with_this_person_first() -> None:
    model = model_in_chat()
    apply(model, PeopleHere(("zoe", "Bob")), PeopleHere(("carol", "alice")), Came("adam"))
    assert model.people == ["alice", "adam", "Bob", "carol", "zoe"]
    assert apply(model, Went("Bob")).people
    assert model.people == ["alice", "adam", "carol", "zoe"]


def test_the_host_may_change_the_spelling_of_the_name() -> None:
    model = Model("ALICE")
    apply(model, Welcome("alice", GENERAL), Came("alice"), Said("alice", "hi"))
    assert model.user == "alice"
    assert model.room.messages[-1].own


def test_another_room_has_its_own_messages_and_people() -> None:
    model = model_in_chat()
    apply(model, PeopleHere(("bob",)), Said("bob", "here"))
    changes = apply(model, Said("bob", "stale"), Entered("ops"), Came("alice"), Said("eve", "yo"))
    assert changes.entered
    assert texts(changes) == ["joined", "yo"]
    assert (model.room.name, model.people) == ("ops", ["alice"])
    changes = apply(model, Entered(GENERAL))
    assert changes.entered
    assert texts(changes) == [AWAY]
    assert [m.text for m in model.room.messages] == ["joined", "here", "stale", AWAY]


def test_a_reconnect_keeps_the_messages_and_forgets_the_people() -> None:
    model = model_in_chat()
    apply(model, PeopleHere(("bob",)), Said("bob", "here"))
    changes = apply(model, Lost("cut", 1.0), Welcome("alice", GENERAL), Came("alice"))
    assert not changes.entered
    assert model.people == ["alice"]
    assert [m.text for m in model.room.messages] == ["joined", "here", AWAY, "joined"]


def test_the_rooms_are_those_last_listed() -> None:
    model = model_in_chat()
    apply(model, RoomsThere((("general", 3), ("ops", 1))))
    assert apply(model, RoomsThere((("general", 2), ("dev", 1)))).rooms
    assert model.room_counts == {"general": 2, "dev": 1}


def test_a_list_of_rooms_in_several_pieces_is_one_list() -> None:
    model = model_in_chat()
    first = (("general", 1), *((f"r{n}", 1) for n in range(99)))
    apply(model, RoomsThere((("old", 1),)), RoomsThere(first), RoomsThere((("last", 1),)))
    assert len(model.room_counts) == 101
    assert "old" not in model.room_counts


def test_the_own_room_is_among_the_rooms_also_when_the_list_is_older() -> None:
    model = model_in_chat()
    apply(model, Entered("ops"), RoomsThere((("general", 3),)))
    assert model.room_counts == {"general": 3, "ops": 0}


def test_who_spoke_last_comes_first_and_who_left_not_at_all() -> None:
    model = model_in_chat()
    apply(model, PeopleHere(("bob", "carol", "dave", "eve")))
    apply(model, Said("dave", "1"), Said("carol", "2"), Said("bob", "3"), Said("carol", "4"))
    apply(model, Said("alice", "5"), Went("dave"))
    assert model.recent_speakers() == ["carol", "bob", "eve"]


def test_the_oldest_messages_go() -> None:
    model = model_in_chat()
    apply(model, *(Said("bob", str(n)) for n in range(KEPT_MESSAGES * 2)))
    assert KEPT_MESSAGES <= len(model.room.messages) <= KEPT_MESSAGES * 1.1
    assert model.room.messages[-1].text == str(KEPT_MESSAGES * 2 - 1)


def test_a_message_that_is_trimmed_away_is_still_confirmed() -> None:
    model = model_in_chat()
    (message,) = say(model, "hi").added
    apply(model, *(Said("bob", str(n)) for n in range(KEPT_MESSAGES * 2)), Said("alice", "hi"))
    assert message.delivery is Delivery.SENT


def test_time_is_local_and_aware() -> None:
    model = Model("alice")
    (message,) = apply(model, Said("bob", "hi")).added
    assert message.at.utcoffset() is not None
