"""Who is there, what they are up to, and what they have seen."""

from datetime import UTC, datetime

from tests.client.logs import page_of, said
from tkchat.client.events import (
    Came,
    Entered,
    Event,
    Live,
    Lost,
    Opened,
    PeopleHere,
    PresenceSet,
    Reset,
    SeenBy,
    Typing,
    Welcome,
    Went,
)
from tkchat.client.model import Model
from tkchat.client.presence import Presence, State
from tkchat.client.room import Changes
from tkchat.wire.names import GENERAL

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


def take(model: Model, *events: Event) -> Changes:
    changes = Changes()
    for event in events:
        model.apply(event, changes)
    return changes


def in_chat(*people: str) -> Model:
    model = Model("alice", now=lambda: NOON)
    page = page_of([said(1), said(2, author="alice"), said(3, author="eve")])
    take(
        model,
        Opened("alice", GENERAL, page),
        Welcome("alice", GENERAL, tagged=True),
        Live(),
        PeopleHere(("alice", *people), GENERAL),
    )
    return model


def test_who_says_nothing_is_here_and_who_is_not_there_has_no_presence() -> None:
    model = in_chat("bob")
    assert model.presence_of("bob") == Presence()
    assert model.presence_of("eve") is None
    changes = take(model, PresenceSet("bob", State.AWAY, "lunch"))
    assert changes.presence
    assert model.presence_of("bob") == Presence(State.AWAY, "lunch")
    take(model, PresenceSet("bob", State.HERE))
    assert (model.presence_of("bob"), model.presence) == (Presence(), {})


def test_who_leaves_all_rooms_is_forgotten() -> None:
    model = in_chat("bob")
    take(model, Came("bob", "ops"), PresenceSet("bob", State.BUSY))
    assert not take(model, Went("bob", "ops")).presence
    assert model.presence_of("bob") == Presence(State.BUSY)
    assert take(model, Went("bob", GENERAL)).presence
    assert model.presence_of("bob") is None
    assert take(model, Came("bob", GENERAL)).presence
    assert model.presence_of("bob") == Presence()


def test_without_a_connection_only_the_own_presence_is_known() -> None:
    model = in_chat("bob")
    take(model, PresenceSet("bob", State.AWAY), PresenceSet("alice", State.BUSY, "in a call"))
    take(model, Typing(GENERAL, "bob"))
    changes = take(model, Lost("cut", 1.0))
    assert changes.presence
    assert changes.people
    assert (model.presence_of("bob"), list(model.people), model.typists()) == (None, [], [])
    assert model.presence_of("alice") == Presence(State.BUSY, "in a call")


def test_who_has_seen_a_message() -> None:
    model = in_chat("bob", "eve", "Dan")
    first, second, third = model.room.messages
    changes = take(
        model,
        SeenBy(GENERAL, "eve", 3),
        SeenBy(GENERAL, "Dan", 2),
        SeenBy(GENERAL, "bob", 1),
        SeenBy(GENERAL, "alice", 3),
    )
    assert changes.seen
    assert model.seen_by(first) == ["Dan", "eve"]  # not its author
    assert model.seen_by(second) == ["Dan", "eve"]
    assert model.seen_by(third) == []
    take(model, SeenBy(GENERAL, "eve", 1))
    assert model.seen_by(second) == ["Dan", "eve"]  # nobody unreads
    assert not take(model, SeenBy("ops", "bob", 1)).seen


def test_what_was_seen_of_another_room_or_log_is_not_mixed_up() -> None:
    model = in_chat("bob")
    first = model.room.messages[0]
    take(model, SeenBy(GENERAL, "eve", 3), SeenBy("ops", "eve", 3), Entered("ops", page_of([])))
    assert model.seen_by(first) == []
    take(model, Entered(GENERAL, page_of([])), Reset(), SeenBy(GENERAL, "bob", 9))
    assert model.seen_by(first) == []


def test_what_somebody_says_of_themselves_is_told_as_it_is() -> None:
    model = in_chat("bob", "eve", "Dan")
    take(
        model,
        PresenceSet("bob", State.HERE, "at {home} {0}"),
        PresenceSet("eve", State.AWAY, "{status}"),
        PresenceSet("Dan", State.BUSY),
    )
    assert model.describe("bob") == "bob (at {home} {0})"
    assert model.describe("eve") == "eve (away: {status})"
    assert model.describe("Dan") == "Dan (busy)"
    assert model.describe("nobody") == "nobody"
